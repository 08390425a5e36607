/**
 * A mentoring record as it stands: made by the way-back map from the FHIR resources of now, so that what partners
 * changed shows.
 *
 * The resources a record names are written by their source ids again; one that no record made is written `Type/id`,
 * which a later PUT understands.
 */
import type { Binary, Resource } from '@medplum/fhirtypes';
import { parseLocalReference } from '../../conformance/fhir-id.ts';
import { type JsonObject, MapRunError } from '../../mapping/map-library.ts';
import { FhirError, issue } from '../../outcome/fhir-error.ts';
import type { Grant } from '../../privacy/grant.ts';
import type {
  RecordState,
  ResourceStore,
  SourceLink,
  SourceRecord,
  StoredVersion,
} from '../../store/resource-store.ts';
import { isOverlayLink, overlaid, overlayOf } from '../overlay/overlay.ts';
import { type RecordKind, recordKind } from '../record-kinds.ts';
import { storedETag } from '../record-version.ts';
import type { RecordDeps } from '../records-parts.ts';
import { mergeResource } from '../resources/merge-resource.ts';
import { ownKeys } from '../resources/named-fields.ts';
import { requireMap, sourcesOf, targetOf } from '../resources/record-bundle.ts';
import { isRetired } from '../resources/retire.ts';
import { keyText, rewriteReferences, sourceUrn } from '../resources/source-urn.ts';
import { mappedBefore, withoutStamps } from '../resources/stored-resource.ts';

export interface ReadRecord {
  record: JsonObject;
  /** As record-version.ts makes it. */
  etag: string;
  /** Instant of the record's last write, or of a later change of one of its resources. */
  lastModified: string;
}

/** Throws FhirError: 404, 410 for a deleted record or one whose main resource was deleted over FHIR, 409 when the resources hold what a record can not say. */
export async function readRecord(grant: Grant, kind: string, sourceId: string, deps: RecordDeps): Promise<ReadRecord> {
  const state = await deps.store.recordState(grant, kind, sourceId, []);
  const stored = requireRecord(kind, sourceId, state.record);
  const parts = await livingParts(grant, recordKind(kind), stored, state, deps.store);
  const resources = await withSourceIds(grant, parts, deps.store);
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map(({ link, resource }) => ({ fullUrl: sourceUrn(link), resource })),
  };
  const map = requireMap(deps.maps, recordKind(kind).fromFhir);
  const agency = deps.agencyOf(grant.tenant);
  try {
    const { targets } = map.run(sourcesOf(map, bundle as unknown as JsonObject, agency));
    const changes = state.owned.flatMap(({ current }) => current?.lastUpdated ?? []);
    // Instants of one form (UTC, milliseconds), so that their texts are in the order of time.
    const lastModified = [stored.receivedAt, ...changes].reduce((last, one) => (one > last ? one : last));
    return { record: targetOf(map, targets), etag: storedETag(stored, state), lastModified };
  } catch (error) {
    if (!(error instanceof MapRunError)) throw error;
    throw notExpressible(kind, sourceId, error);
  }
}

/** The record as the agency sent it last, under the ETag of the record as it stands. Throws FhirError 404 or 410. */
export async function readSentRecord(
  grant: Grant,
  kind: string,
  sourceId: string,
  { store }: Pick<RecordDeps, 'store'>,
): Promise<ReadRecord> {
  const state = await store.recordState(grant, kind, sourceId, []);
  const stored = requireRecord(kind, sourceId, state.record);
  const record = JSON.parse(stored.content) as JsonObject;
  return { record, etag: storedETag(stored, state), lastModified: stored.receivedAt };
}

/** The stored versions of the resources that the record stands for, the main one first. Throws FhirError 404 or 410. */
export async function readRecordResources(
  grant: Grant,
  kind: string,
  sourceId: string,
  { store }: Pick<RecordDeps, 'store'>,
): Promise<{ versions: StoredVersion[]; etag: string }> {
  const state = await store.recordState(grant, kind, sourceId, []);
  const stored = requireRecord(kind, sourceId, state.record);
  const versions = state.owned.flatMap(({ current }) => (current && !current.deleted ? [current] : []));
  const { main } = recordKind(kind);
  const isMain = (one: StoredVersion): number => (one.resourceType === main ? 0 : 1);
  return { versions: versions.sort((a, b) => isMain(a) - isMain(b)), etag: storedETag(stored, state) };
}

function requireRecord(kind: string, sourceId: string, record: SourceRecord | undefined): SourceRecord {
  if (!record) throw new FhirError(404, [issue('not-found', `There is no record ${kind}/${sourceId}.`)]);
  if (record.deleted) throw new FhirError(410, [issue('deleted', `The record ${kind}/${sourceId} was deleted.`)]);
  return record;
}

const notExpressible = (kind: string, sourceId: string, error: MapRunError): FhirError =>
  new FhirError(409, [
    issue(
      'conflict',
      `The FHIR resources of ${kind}/${sourceId} were changed to something a record can not say: ${error.message} ` +
        `Read the record as you sent it with ?as=sent, or its resources at /mentoring/${kind}/${sourceId}/fhir.`,
      error.sourcePath,
    ),
  ]);

const gone = (kind: string, sourceId: string, resourceType: string): FhirError =>
  new FhirError(410, [
    issue(
      'deleted',
      `The ${resourceType} of ${kind}/${sourceId} is gone: it was deleted, and not through this record. ` +
        'Send the record again to bring it back, or read it as you sent it with ?as=sent.',
    ),
  ]);

interface Part {
  link: SourceLink;
  resource: Resource;
}

/** What the way back starts from: the main resource always, parts only while they are not retired. Throws FhirError 410. */
async function livingParts(
  grant: Grant,
  kind: RecordKind,
  stored: SourceRecord,
  state: RecordState,
  store: ResourceStore,
): Promise<Part[]> {
  const record = JSON.parse(stored.content) as JsonObject;
  const order = new Map(ownKeys(kind.kind, record).map((key, index) => [keyText(key), index]));
  const position = ({ link }: { link: SourceLink }): number => order.get(keyText(link)) ?? order.size;
  const isNeeded = ({ resourceType }: SourceLink): boolean =>
    resourceType === kind.main || (kind.needed ?? []).some((one) => one === resourceType);
  const parts: Part[] = [];
  for (const { link, current } of [...state.owned].sort((a, b) => position(a) - position(b))) {
    const resource = withoutStamps(current);
    if (!resource || !current) {
      if (isNeeded(link)) throw gone(kind.kind, stored.sourceId, link.resourceType);
      continue;
    }
    if (isOverlayLink(link)) {
      const part = await overlaidPart(grant, link, resource, store);
      if (!part) throw gone(kind.kind, stored.sourceId, link.resourceType);
      parts.push(part);
    } else if (link.resourceType === 'Binary')
      parts.push(...(await inlinePart(grant, link, stored.sourceId, resource, store)));
    else if (link.resourceType === kind.main)
      parts.push({ link, resource: await ownView(grant, link, current, store) });
    else if (!isRetired(resource)) parts.push({ link, resource });
  }
  return parts;
}

/** A discharge is read from the episode's resource, under the episode's own id; undefined when it left that resource. */
async function overlaidPart(
  grant: Grant,
  link: SourceLink,
  resource: Resource,
  store: ResourceStore,
): Promise<Part | undefined> {
  const links = await store.linksByResource(grant, [{ resourceType: link.resourceType, id: link.id }]);
  const owner = links.find((one) => !isOverlayLink(one));
  return owner && { link: owner, resource };
}

/** Inline data belongs into the record again; an upload is named by its id alone. */
async function inlinePart(
  grant: Grant,
  link: SourceLink,
  noteId: string,
  resource: Resource,
  store: ResourceStore,
): Promise<Part[]> {
  if (link.sourceId !== noteId) return [];
  const content = await store.binary(grant, link.id);
  if (!content) return [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.chunks) chunks.push(chunk);
  return [{ link, resource: { ...(resource as Binary), data: Buffer.concat(chunks).toString('base64') } }];
}

/** The resource without what a discharge laid over it: a record shows its own fields. */
async function ownView(
  grant: Grant,
  link: SourceLink,
  current: StoredVersion,
  store: ResourceStore,
): Promise<Resource> {
  const resource = withoutStamps(current) as Resource;
  if (link.resourceType !== 'EpisodeOfCare') return resource;
  const links = await store.linksByResource(grant, [{ resourceType: link.resourceType, id: link.id }]);
  const overlay = overlayOf(links.find((one) => isOverlayLink(one) && overlayOf(one)));
  const mapped = overlay && (await mappedBefore(store, grant, link, current));
  return mapped ? mergeResource(overlaid(mapped, overlay), resource, mapped) : resource;
}

async function withSourceIds(grant: Grant, parts: readonly Part[], store: ResourceStore): Promise<Part[]> {
  const named = new Map<string, { resourceType: string; id: string }>();
  for (const { resource } of parts) {
    rewriteReferences(resource, (text) => {
      const key = currentReference(text);
      if (key) named.set(text, key);
      return undefined;
    });
  }
  const links = await store.linksByResource(grant, [...named.values()]);
  const urns = new Map(
    links.filter((link) => !isOverlayLink(link)).map((link) => [`${link.resourceType}/${link.id}`, sourceUrn(link)]),
  );
  return parts.map(({ link, resource }) => ({
    link,
    resource: rewriteReferences(resource, (text) => {
      const key = currentReference(text);
      return key && (urns.get(text) ?? sourceUrn({ resourceType: key.resourceType, sourceId: text }));
    }),
  }));
}

/** A reference to a resource of this server as it stands; one to a version of it stays as it is. */
function currentReference(text: string): { resourceType: string; id: string } | undefined {
  const reference = parseLocalReference(text);
  return reference?.versionId === undefined ? reference : undefined;
}
