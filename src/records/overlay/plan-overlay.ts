/**
 * The resources that a discharge writes: the episode's, with the discharge laid over what the episode record made.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../../outcome/finding.ts';
import type { Grant } from '../../privacy/grant.ts';
import type { ResourceStore, SourceLink } from '../../store/resource-store.ts';
import { RECORD_KINDS } from '../record-kinds.ts';
import { RecordRefused } from '../record-refused.ts';
import type { MappedEntry } from '../resources/record-bundle.ts';
import { isRetired } from '../resources/retire.ts';
import { mappedBefore, mappedNow, withoutStamps } from '../resources/stored-resource.ts';
import { type WriteTarget, writeTarget } from '../resources/write-target.ts';
import { quoted } from '../schema/field-values.ts';
import { isOverlayLink, NO_OVERLAY, overlaid, overlayOf, overlaySourceId } from './overlay.ts';

/** True when another kind lays something over resources of this kind. */
export const isOverlaid = (kind: string): boolean => RECORD_KINDS.some(({ overlays }) => overlays?.kind === kind);

/** What lies over a resource now, if anything. */
export async function overlayOn(
  store: ResourceStore,
  grant: Grant,
  resourceType: string,
  id: string,
): Promise<Resource | undefined> {
  const links = await store.linksByResource(grant, [{ resourceType, id }]);
  return overlayOf(links.find((link) => isOverlayLink(link) && overlayOf(link)));
}

export interface OverlayRequest {
  grant: Grant;
  /** The overlaying record. */
  kind: string;
  sourceId: string;
  entry: MappedEntry;
  /** What the map wrote, with references resolved. */
  overlay: Resource;
  /** Id of the resource that the overlay lies on. */
  id: string;
  /** The overlaying record's own link from an earlier write. */
  own: SourceLink | undefined;
}

/** The episode's resource with the overlay on it, and the one it lay on before, when that was another. Throws RecordRefused. */
export async function overlayTargets(request: OverlayRequest, store: ResourceStore): Promise<WriteTarget[]> {
  const { grant, own, id } = request;
  const target = await overlayTarget(request, store);
  if (!own || own.id === id) return [target];
  const left = await takeOverlayOff(grant, own, store);
  return left ? [target, left] : [target];
}

async function overlayTarget(
  { grant, kind, sourceId, entry, overlay, id, own }: OverlayRequest,
  store: ResourceStore,
): Promise<WriteTarget> {
  const { resourceType } = entry.key;
  const { current, links } = await readOverlaid(store, grant, resourceType, id);
  const other = links.find(
    (one) => isOverlayLink(one) && overlayOf(one) && !(one.kind === kind && one.recordId === sourceId),
  );
  if (other) throw new RecordRefused([alreadyEnded(entry, other)]);
  const link = links.find((one) => !isOverlayLink(one));
  const mapped = await mappedBefore(store, grant, link, current);
  const stored = withoutStamps(current);
  if (!link || !mapped || !stored || isRetired(stored)) throw new RecordRefused([episodeGone(entry)]);
  const ownLink = {
    resourceType,
    sourceId: overlaySourceId(kind, sourceId),
    id,
    kind,
    recordId: sourceId,
  };
  return writeTarget({
    entry,
    id,
    current,
    before: overlaid(mapped, own?.id === id ? overlayOf(own) : undefined),
    next: overlaid(mapped, overlay),
    links: () => [
      { ...ownLink, mapped: JSON.stringify(overlay) },
      { ...link, mapped: JSON.stringify(mapped) },
    ],
  });
}

/**
 * The resource and its links, in this order: should the episode be written in between, the links are newer than the
 * version read, and the commit conflicts. The other way round its old map output would be written over the new one.
 */
async function readOverlaid(store: ResourceStore, grant: Grant, resourceType: string, id: string) {
  const current = await store.read(grant, resourceType, id);
  const links = await store.linksByResource(grant, [{ resourceType, id }]);
  return { current, links };
}

/** The resource as it is without the overlay that `own` holds; undefined when there is nothing to take off. */
export async function takeOverlayOff(
  grant: Grant,
  own: SourceLink,
  store: ResourceStore,
): Promise<WriteTarget | undefined> {
  const overlay = overlayOf(own);
  const { current, links } = await readOverlaid(store, grant, own.resourceType, own.id);
  const link = links.find((one) => !isOverlayLink(one));
  const mapped = await mappedBefore(store, grant, link, current);
  const stored = withoutStamps(current);
  // A deleted episode stays deleted when its discharge goes too.
  if (!overlay || !link || !mapped || !stored || isRetired(stored)) return undefined;
  return writeTarget({
    entry: { key: { resourceType: own.resourceType, sourceId: link.sourceId }, resource: mapped, index: -1 },
    id: own.id,
    current,
    before: overlaid(mapped, overlay),
    next: mapped,
    links: (versionId, mapOnly) => [{ ...link, mapped: mappedNow(versionId, mapped, mapOnly) }],
  });
}

/** The link of an overlay that was taken off; it stays, so that the discharge can come back. */
export const withoutOverlay = (own: SourceLink): SourceLink => ({ ...own, mapped: NO_OVERLAY });

const alreadyEnded = (entry: MappedEntry, other: SourceLink): Finding => ({
  severity: 'error',
  code: 'duplicate',
  message: `episodeId: the episode ${quoted(entry.key.sourceId)} is ended by ${other.kind}/${other.recordId} already. Correct that record, or delete it first.`,
  field: 'episodeId',
});

const episodeGone = (entry: MappedEntry): Finding => ({
  severity: 'error',
  code: 'not-found',
  message: `episodeId: the episode ${quoted(entry.key.sourceId)} was deleted. Send its record again first.`,
  field: 'episodeId',
});
