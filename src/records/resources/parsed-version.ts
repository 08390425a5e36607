/**
 * The resource of a stored version, parsed once.
 *
 * A version never changes, so its parsed form may be kept and shared: the sessions of an import name the same youth,
 * mentor, referral and goals over and over. The callers only read.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { StoredVersion } from '../../store/resource-store.ts';

/** About 5 MB of parsed resources. The whole map is dropped when it is full. */
const MOST_KEPT = 1000;
const kept = new Map<string, { content: string; resource: Resource }>();

/** The resource with its id and meta. It is shared: do not change it. */
export function parsedVersion(version: StoredVersion): Resource {
  const key = `${version.resourceType}/${version.id}/${version.versionId}`;
  const known = kept.get(key);
  // Two tenants may have the same id: the text decides, and comparing it costs next to nothing.
  if (known?.content === version.content) return known.resource;
  const resource = JSON.parse(version.content) as Resource;
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, { content: version.content, resource });
  return resource;
}
