/**
 * One record adding to the resource of another: a discharge ends the EpisodeOfCare that the episode record made.
 *
 * The discharge keeps a link of its own to that resource, under a source id no agency can use (`#` is not in the
 * grammar), with what its map wrote. So the two can be put together and taken apart again, in any order of writes:
 * a later episode record does not undo the discharge, and deleting the discharge leaves the episode as it was sent.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '@medplum/fhirtypes';
import type { SourceLink } from '../../store/resource-store.ts';

/** Source id of the link of an overlaying record. */
export const overlaySourceId = (kind: string, recordId: string): string => `#${kind}:${recordId}`;

export const isOverlayLink = (link: SourceLink): boolean => link.sourceId.startsWith('#');

/** What `mapped` of an overlay's link says when its record was deleted. */
export const NO_OVERLAY = '{}';

/** The overlay a link holds; undefined when its record was deleted. */
export function overlayOf(link: SourceLink | undefined): Resource | undefined {
  return link?.mapped && link.mapped !== NO_OVERLAY ? (JSON.parse(link.mapped) as Resource) : undefined;
}

/** The resource with the overlay on it: its single values win, its list items are added. */
export function overlaid<T extends Resource>(resource: T, overlay: Resource | undefined): T {
  return overlay ? (lay(resource, overlay) as T) : resource;
}

function lay(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) {
    return [...below, ...above.filter((item) => !below.some((other) => isDeepStrictEqual(other, item)))];
  }
  if (!isMap(below) || !isMap(above)) return above;
  const merged: Record<string, unknown> = { ...below };
  for (const [name, value] of Object.entries(above)) {
    merged[name] = name in below ? lay(below[name], value) : value;
  }
  return merged;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
