/**
 * One resource that a record write touches: what is stored, what the map wrote before and writes now.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '@medplum/fhirtypes';
import type { ResourceChange, SourceLink, StoredVersion } from '../../store/resource-store.ts';
import { mergeResource } from './merge-resource.ts';
import type { MappedEntry } from './record-bundle.ts';
import { withoutStamps } from './stored-resource.ts';

export interface WriteTarget {
  entry: MappedEntry;
  id: string;
  current: StoredVersion | undefined;
  /** The resource to admit: the record's, with what partners added. */
  merged: Resource;
  /** True when partners added nothing: the stored version is what the map wrote. */
  mapOnly: boolean;
  /** The links to keep, given the version that will hold the resource. */
  links(versionId: number): SourceLink[];
}

export interface TargetFacts {
  entry: MappedEntry;
  id: string;
  current: StoredVersion | undefined;
  /** What the records wrote before, overlays included. */
  before: Resource | undefined;
  /** What the records write now, overlays included; references resolved. */
  next: Resource;
  links(versionId: number, mapOnly: boolean): SourceLink[];
}

export function writeTarget({ entry, id, current, before, next, links }: TargetFacts): WriteTarget {
  const stored = withoutStamps(current);
  const merged = stored ? mergeResource(before, stored, next) : next;
  const mapOnly = isDeepStrictEqual(merged, next);
  return {
    entry,
    id,
    current,
    mapOnly,
    merged: { ...merged, id } as Resource,
    links: (versionId) => links(versionId, mapOnly),
  };
}

/** The change that stores the admitted resource, and the links; no change when it is already stored so. */
export function writeOf(
  { entry, id, current, links }: WriteTarget,
  admitted: Resource,
): { change: ResourceChange | undefined; links: SourceLink[] } {
  const { id: _id, ...comparable } = admitted;
  const expectedVersion = current?.versionId ?? 0;
  if (isDeepStrictEqual(withoutStamps(current), comparable))
    return { change: undefined, links: links(expectedVersion) };
  const method = expectedVersion === 0 ? 'POST' : 'PUT';
  return {
    change: { resourceType: entry.key.resourceType, id, expectedVersion, method, resource: admitted },
    links: links(expectedVersion + 1),
  };
}
