/**
 * OperationOutcome: how this service says what went wrong.
 *
 * Spec: https://hl7.org/fhir/R4/operationoutcome.html
 *
 * The HTTP status travels beside the outcome, not inside it, so the JSON a client receives holds only what FHIR
 * defines. Issue codes are the R4 `issue-type` codes; any other string does not compile.
 */
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';

export type IssueCode = OperationOutcomeIssue['code'];

/** A failure whose wording is safe and useful to the client. Everything else becomes a 500. */
export class FhirError extends Error {
  readonly status: number;
  readonly outcome: OperationOutcome;
  /** Extra response headers, such as `Retry-After` or `ETag`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    issues: OperationOutcomeIssue[],
    options?: ErrorOptions & { headers?: Record<string, string> },
  ) {
    super(issues.map((i) => i.diagnostics ?? i.code).join('; '), options);
    this.name = 'FhirError';
    this.status = status;
    this.outcome = { resourceType: 'OperationOutcome', issue: issues };
    this.headers = options?.headers ?? {};
  }
}

/** One error issue. `diagnostics` is a sentence that says what to do; `expression` is the FHIRPath of the element. */
export function issue(code: IssueCode, diagnostics: string, expression?: string): OperationOutcomeIssue {
  return { severity: 'error', code, diagnostics, ...(expression && { expression: [expression] }) };
}

export const resourceNotFound = (type: string, id: string): FhirError =>
  new FhirError(404, [issue('not-found', `${type}/${id} was not found.`)]);

export const resourceDeleted = (type: string, id: string): FhirError =>
  new FhirError(410, [issue('deleted', `${type}/${id} was deleted.`)]);

export const resourceInvalid = (issues: OperationOutcomeIssue[]): FhirError => new FhirError(422, issues);

export const badRequest = (code: IssueCode, diagnostics: string, expression?: string): FhirError =>
  new FhirError(400, [issue(code, diagnostics, expression)]);

export const versionConflict = (type: string, id: string, found: string): FhirError =>
  new FhirError(412, [
    issue('conflict', `${type}/${id} is now at version ${found}. Read it again and repeat the change on that version.`),
  ]);

export const bodyTypeMismatch = (expected: string, received: string): FhirError =>
  new FhirError(400, [issue('invalid', `Expected a ${expected}, received ${received}.`, 'resourceType')]);
