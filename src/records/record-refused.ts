/**
 * A record that can not be taken: the findings, which become the issues of an OperationOutcome.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#Status-Codes (422: understood, but against the rules)
 */

import { FhirError } from '../outcome/fhir-error.ts';
import { type Finding, isError, toIssue } from '../outcome/finding.ts';

export class RecordRefused extends FhirError {
  readonly findings: readonly Finding[];

  /** Errors are listed before warnings. */
  constructor(findings: readonly Finding[]) {
    const sorted = [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))];
    super(422, sorted.map(toIssue));
    this.name = 'RecordRefused';
    this.findings = sorted;
  }
}
