/**
 * Versions as ETags.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#versioning, https://www.rfc-editor.org/rfc/rfc9110#section-13.1
 *
 * FHIR writes weak ETags (`W/"3"`) and compares them all the same; `"3"` and a bare `3` are understood too.
 */
import { badRequest } from '../outcome/fhir-error.ts';
import type { StoredVersion } from '../store/resource-store.ts';

/** `any` for `*`, else the version ids listed. */
export type ETagCondition = { any: true } | { any: false; versionIds: readonly string[] };

export const etag = (versionId: number): string => `W/"${versionId}"`;

/** HTTP date of a FHIR instant. */
const httpDate = (instant: string): string => new Date(instant).toUTCString();

/** The headers that name a version. */
export const versionHeaders = (version: StoredVersion): Record<string, string> => ({
  ETag: etag(version.versionId),
  'Last-Modified': httpDate(version.lastUpdated),
});

/** Reads If-Match or If-None-Match. Throws a FhirError (400) when it can not be understood; `name` is for the message. */
export function parseETagCondition(header: string | undefined, name: string): ETagCondition | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return { any: true };
  const versionIds = header.split(',').map((tag) => /^(?:W\/)?"([^"]*)"$|^([\w.-]+)$/.exec(tag.trim()));
  if (versionIds.some((match) => match === null)) throw badRequest('value', `${name} is not an ETag such as W/"3".`);
  return { any: false, versionIds: versionIds.map((match) => match?.[1] ?? match?.[2] ?? '') };
}

/** Whether the current version is one that the condition lists. A deleted or absent resource satisfies none. */
export function satisfiesIfMatch(condition: ETagCondition, current: StoredVersion | undefined): boolean {
  if (!current || current.deleted) return false;
  return condition.any || condition.versionIds.includes(String(current.versionId));
}

/**
 * Whether a reader already has this version. If-None-Match wins over If-Modified-Since (RFC 9110, 13.2.2); an
 * If-Modified-Since that is no HTTP date is ignored, as that RFC asks.
 */
export function isNotModified(
  version: StoredVersion,
  ifNoneMatch: string | undefined,
  ifModifiedSince: string | undefined,
): boolean {
  const condition = parseETagCondition(ifNoneMatch, 'If-None-Match');
  if (condition) return satisfiesIfMatch(condition, version);
  if (ifModifiedSince === undefined) return false;
  const since = Date.parse(ifModifiedSince);
  return !Number.isNaN(since) && Math.floor(Date.parse(version.lastUpdated) / 1000) * 1000 <= since;
}
