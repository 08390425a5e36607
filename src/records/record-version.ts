/**
 * The version of a record as an ETag, and the one a client expects.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1 (If-Match), https://hl7.org/fhir/R4/http.html#concurrency
 */
import { badRequest, FhirError, issue } from '../outcome/fhir-error.ts';
import type { SourceRecord } from '../store/resource-store.ts';

/** A version number, 0 for "must not be here", `any` for "must be here". */
export type ExpectedVersion = number | 'any';

export const recordETag = (version: number): string => `W/"${version}"`;

/** What `If-Match` and `If-None-Match` ask for; undefined when neither is there. Throws FhirError 400. */
export function expectedVersion(
  ifMatch: string | undefined,
  ifNoneMatch: string | undefined,
): ExpectedVersion | undefined {
  if (ifMatch !== undefined) {
    if (ifMatch.trim() === '*') return 'any';
    const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
    if (version === undefined) throw badRequest('value', 'If-Match must be the ETag of the record, such as W/"3".');
    return Number(version);
  }
  if (ifNoneMatch === undefined) return undefined;
  if (ifNoneMatch.trim() !== '*')
    throw badRequest('value', 'If-None-Match can only be * here: the record must not exist.');
  return 0;
}

/** Throws FhirError 412 when the record is not at the version the client expects. */
export function requireExpectedVersion(
  request: { kind: string; sourceId: string; expectedVersion?: ExpectedVersion | undefined },
  record: SourceRecord | undefined,
): void {
  const expected = request.expectedVersion;
  const found = record && !record.deleted ? record.version : 0;
  if (expected === undefined || expected === found || (expected === 'any' && found > 0)) return;
  const now = found === 0 ? 'is not here' : `is at version ${found}`;
  throw new FhirError(412, [
    issue(
      'conflict',
      `The record ${request.kind}/${request.sourceId} ${now}, which is not what you expect. Read it again and repeat the change.`,
    ),
  ]);
}
