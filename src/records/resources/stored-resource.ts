/**
 * A stored version as the merge needs it, and what a link remembers of the map's own output.
 *
 * `SourceLink.mapped` is `@3` when version 3 is exactly what the map wrote (versions stay, so nothing is stored twice),
 * the JSON of what it wrote when the stored resource had more in it, and absent on links that others made.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Grant } from '../../privacy/grant.ts';
import type { ResourceStore, SourceLink, StoredVersion } from '../../store/resource-store.ts';

/** The resource of a version without what the store sets; undefined for a deleted one. */
export function withoutStamps(version: StoredVersion | undefined): Resource | undefined {
  if (!version || version.deleted) return undefined;
  const { id: _id, meta, ...rest } = JSON.parse(version.content) as Resource;
  const { versionId: _version, lastUpdated: _updated, ...kept } = meta ?? {};
  return { ...rest, ...(Object.keys(kept).length > 0 && { meta: kept }) } as Resource;
}

/** What the map wrote at the last write of the record; undefined when it never did. */
export async function mappedBefore(
  store: ResourceStore,
  grant: Grant,
  link: SourceLink | undefined,
  current: StoredVersion | undefined,
): Promise<Resource | undefined> {
  if (!link) return undefined;
  if (link.mapped === undefined) return withoutStamps(current);
  if (!link.mapped.startsWith('@')) return JSON.parse(link.mapped) as Resource;
  const versionId = Number(link.mapped.slice(1));
  if (current?.versionId === versionId) return withoutStamps(current);
  return withoutStamps(await store.vread(grant, link.resourceType, link.id, versionId));
}

/** What a link has to remember after a write. `same`: the version holds the map's output and nothing else. */
export const mappedNow = (versionId: number, mapped: Resource, same: boolean): string =>
  same ? `@${versionId}` : JSON.stringify(mapped);
