/**
 * The version of a record as an ETag, and the one a client expects.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1 (If-Match), https://hl7.org/fhir/R4/http.html#concurrency
 *
 * A record is read from its FHIR resources of now, so a partner's change of one of them is a change of the record too,
 * though the agency sent nothing: `W/"2-7"` is the record's own version and the sum of its resources' versions. Between
 * two versions of the record its resources stay the same ones and their versions only grow, so no two states of a record
 * share a tag.
 */
import { badRequest, FhirError, issue } from '../outcome/fhir-error.ts';
import type { RecordState, SourceRecord } from '../store/resource-store.ts';

/** The record at this ETag, `present` for "must be here", `absent` for "must not be here". */
export type ExpectedVersion = { etag: string } | 'present' | 'absent';

/** `version` is the record's own; `versionIds` are those of all resources it owns. */
export const recordETag = (version: number, versionIds: readonly number[]): string =>
  `W/"${version}-${versionIds.reduce((sum, versionId) => sum + versionId, 0)}"`;

/** The ETag of a record as the store holds it. */
export const storedETag = ({ version }: SourceRecord, { owned }: Pick<RecordState, 'owned'>): string =>
  recordETag(
    version,
    owned.map(({ current }) => current?.versionId ?? 0),
  );

/** What `If-Match` and `If-None-Match` ask for; undefined when neither is there. Throws FhirError 400. */
export function expectedVersion(
  ifMatch: string | undefined,
  ifNoneMatch: string | undefined,
): ExpectedVersion | undefined {
  if (ifMatch !== undefined) {
    if (ifMatch.trim() === '*') return 'present';
    // Compared weakly (rfc9110 section 8.8.3.2): some proxies take the W/ off.
    const tag = /^(?:W\/)?("[\x21\x23-\x7e]{1,100}")$/.exec(ifMatch.trim())?.[1];
    if (tag === undefined) throw badRequest('value', 'If-Match must be the ETag of the record, such as W/"3-5".');
    return { etag: `W/${tag}` };
  }
  if (ifNoneMatch === undefined) return undefined;
  if (ifNoneMatch.trim() !== '*')
    throw badRequest('value', 'If-None-Match can only be * here: the record must not exist.');
  return 'absent';
}

/** Throws FhirError 412 when the record is not at the version the client expects. */
export function requireExpectedVersion(
  request: { kind: string; sourceId: string; expectedVersion?: ExpectedVersion | undefined },
  state: RecordState,
): void {
  const expected = request.expectedVersion;
  const found = state.record && !state.record.deleted ? storedETag(state.record, state) : undefined;
  if (expected === undefined) return;
  if (expected === 'absent' ? found === undefined : found !== undefined && isAt(found, expected)) return;
  const now = found === undefined ? 'is not here' : `is at ${found} now`;
  throw new FhirError(412, [
    issue(
      'conflict',
      `The record ${request.kind}/${request.sourceId} ${now}, which is not what you expect: it was written since, or a partner changed one of its FHIR resources. Read it again and repeat the change.`,
    ),
  ]);
}

const isAt = (found: string, expected: { etag: string } | 'present'): boolean =>
  expected === 'present' || expected.etag === found;
