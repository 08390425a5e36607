/**
 * The answers that several interactions share.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#ops, #create, #update
 */
import { badRequest } from '../outcome/fhir-error.ts';
import { type Finding, toIssue } from '../outcome/finding.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import { versionHeaders } from './etag.ts';
import type { FhirAnswer, FhirRequest } from './fhir-parts.ts';
import type { Written } from './write-resources.ts';

export const locationOf = (version: StoredVersion, baseUrl: string): string =>
  `${baseUrl}/${version.resourceType}/${version.id}/_history/${version.versionId}`;

/** The answer to a create or update, as `Prefer: return` asks. Findings travel with `return=OperationOutcome`. */
export function writtenAnswer(written: Written, request: FhirRequest, baseUrl: string): FhirAnswer {
  const { version, created, findings } = written;
  if (!version) throw new Error('A create or update came back without a version');
  const headers = {
    ...versionHeaders(version),
    ...(created && { Location: locationOf(version, baseUrl) }),
  };
  const status = created ? 201 : 200;
  if (request.prefer.return === 'minimal') return { status, headers };
  const body = request.prefer.return === 'OperationOutcome' ? outcomeText(findings) : version.content;
  return { status, headers, body };
}

/** Findings as an OperationOutcome; without any, the one issue that the cardinality asks for. */
export function outcomeText(findings: readonly Finding[]): string {
  const issues =
    findings.length > 0
      ? findings.map(toIssue)
      : [{ severity: 'information', code: 'informational', diagnostics: 'Stored. Nothing was found to object to.' }];
  return JSON.stringify({ resourceType: 'OperationOutcome', issue: issues });
}

/** Throws a FhirError (400) for parameters that this interaction does not take, unless the client is lenient. */
export function requireNoParameters(request: FhirRequest, taken: readonly string[] = []): void {
  for (const [name, value] of request.query) {
    if (taken.includes(name)) continue;
    // `_summary=false` asks for what is done anyway.
    if (name === '_summary' && value === 'false') continue;
    if (name === '_summary' || name === '_elements') {
      throw badRequest('not-supported', `${name} is not offered here yet; read the whole resource.`);
    }
    if (request.prefer.handling === 'lenient') continue;
    const known = ['_format', '_pretty', ...taken].join(', ');
    throw badRequest('not-supported', `A parameter of the query is not known here. Known: ${known}.`);
  }
}
