/**
 * From a mapped record to the resources it writes: ids found or given, references resolved, partners' additions kept.
 *
 * Everything that can not be is collected and refused at once: an id that is not here, a goal or guardian whose id
 * belongs to another record, an upload that is not there.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { JsonObject } from '../../mapping/map-library.ts';
import { type Finding, isError } from '../../outcome/finding.ts';
import type { RecordState, SourceLink } from '../../store/resource-store.ts';
import { type AttachmentPlan, uploadFindings } from '../attachments/attachment-content.ts';
import { isOverlayLink, overlaid } from '../overlay/overlay.ts';
import { isOverlaid, type OverlayRequest, overlayOn, overlayTargets } from '../overlay/plan-overlay.ts';
import type { RecordKind } from '../record-kinds.ts';
import { RecordRefused } from '../record-refused.ts';
import type { RecordDeps, WriteRequest } from '../records-parts.ts';
import { namedFields } from '../resources/named-fields.ts';
import type { MappedEntry } from '../resources/record-bundle.ts';
import { deterministicId } from '../resources/resource-id.ts';
import { keyText, namedKeys, parseSourceUrn, rewriteReferences, type SourceKey } from '../resources/source-urn.ts';
import { mappedBefore, mappedNow } from '../resources/stored-resource.ts';
import { type WriteTarget, writeTarget } from '../resources/write-target.ts';
import { quoted } from '../schema/field-values.ts';
import { keepYouth } from './keep-youth.ts';
import { type Resolved, resolveReferences } from './resolve-references.ts';

export interface PlanRequest {
  request: WriteRequest;
  kind: RecordKind;
  record: JsonObject;
  attachment: AttachmentPlan;
  state: RecordState;
  foreignIds: ReadonlySet<string>;
}

export interface Plan {
  targets: WriteTarget[];
  /** Resources that the record names, by `Type/id`. */
  resources: ReadonlyMap<string, Resource>;
  findings: Finding[];
}

/** Throws RecordRefused. Reads what the record names in one statement, and little else. */
export async function planTargets(plan: PlanRequest, deps: RecordDeps): Promise<Plan> {
  const { request, kind, record, attachment, state } = plan;
  const { entries } = attachment;
  const links = new Map(state.named.map((link) => [keyText(link), link]));
  const youth = kind.overlays
    ? undefined
    : await keepYouth({ grant: request.grant, store: deps.store, entries, state, links });
  const ids = idsOf(plan, links, youth?.replaced ?? new Set(), deps);
  const overlaidKeys = kind.overlays ? entries.map((entry) => entry.key) : [];
  const resolved = await resolveReferences({
    grant: request.grant,
    store: deps.store,
    agency: deps.agencyOf(request.grant.tenant),
    record,
    isNew: !state.record || state.record.deleted,
    keys: uniqueKeys([...overlaidKeys, ...entries.flatMap((entry) => namedKeys(entry.resource))]),
    own: ids,
    links: state.named,
    fields: namedFields(deps.schemas.model(kind.kind), record),
  });
  const findings = [
    ...(youth?.findings ?? []),
    ...resolved.findings,
    ...ownershipFindings(plan, links),
    ...(await checkUpload(plan, links, deps)),
  ];
  if (findings.some(isError)) throw new RecordRefused(findings);

  const targets = kind.overlays
    ? await overlayTargets(overlayRequest(plan, resolved, links), deps.store)
    : await Promise.all(entries.map((entry) => ownTarget(plan, entry, ids, resolved, links, deps)));
  return { targets, resources: resolved.resources, findings };
}

const uniqueKeys = (keys: readonly SourceKey[]): SourceKey[] => [
  ...new Map(keys.map((key) => [keyText(key), key])).values(),
];

function idsOf(
  { request, kind, attachment, foreignIds }: PlanRequest,
  links: ReadonlyMap<string, SourceLink>,
  replaced: ReadonlySet<string>,
  { newId }: RecordDeps,
): Map<string, string> {
  const ids = new Map<string, string>();
  if (kind.overlays) return ids;
  for (const { key } of attachment.entries) {
    if (replaced.has(keyText(key))) {
      ids.set(keyText(key), newId());
      continue;
    }
    const known = attachment.ids.get(keyText(key)) ?? links.get(keyText(key))?.id;
    const first = deterministicId(request.grant.tenant, key);
    ids.set(keyText(key), known ?? (foreignIds.has(`${key.resourceType}/${first}`) ? newId() : first));
  }
  return ids;
}

/** A part whose id another record uses already: one resource can not belong to two records. */
function ownershipFindings(
  { request, kind, attachment, record }: PlanRequest,
  links: ReadonlyMap<string, SourceLink>,
): Finding[] {
  if (kind.overlays) return [];
  return attachment.entries.flatMap(({ key }): Finding[] => {
    const link = links.get(keyText(key));
    if (!link || (link.kind === request.kind && link.recordId === request.sourceId)) return [];
    const field = partField(kind, record, key);
    return [
      {
        severity: 'error',
        code: 'duplicate',
        message: `${field ?? key.resourceType}: ${quoted(key.sourceId)} belongs to ${link.kind}/${link.recordId} already. Use an id that no other of your records uses.`,
        ...(field && { field }),
      },
    ];
  });
}

function partField(kind: RecordKind, record: JsonObject, key: SourceKey): string | undefined {
  if (key.resourceType === 'Binary') return 'attachment.uploadId';
  const part = kind.parts.find(({ resourceType }) => resourceType === key.resourceType);
  const items = part && record[part.field];
  if (!part || !Array.isArray(items)) return undefined;
  const index = items.findIndex((item) => (item as { id?: unknown } | null)?.id === key.sourceId);
  return index < 0 ? undefined : `${part.field}[${index}].id`;
}

async function checkUpload(
  { request, record, state }: PlanRequest,
  links: ReadonlyMap<string, SourceLink>,
  { store }: RecordDeps,
): Promise<Finding[]> {
  const uploadId = (record.attachment as { uploadId?: unknown } | undefined)?.uploadId;
  if (typeof uploadId !== 'string') return [];
  const link = links.get(keyText({ resourceType: 'Binary', sourceId: uploadId }));
  const current = state.owned.find((owned) => link && keyText(owned.link) === keyText(link))?.current;
  return uploadFindings(store, request.grant, record, link, current);
}

/** The resource of an entry with `urn:mentoring:…` turned into `Type/id`. */
const withIds = (resource: Resource, { references }: Resolved): Resource =>
  rewriteReferences(resource, (text) => {
    const key = parseSourceUrn(text);
    return key && references.get(keyText(key));
  });

async function ownTarget(
  { request, state }: PlanRequest,
  entry: MappedEntry,
  ids: ReadonlyMap<string, string>,
  resolved: Resolved,
  links: ReadonlyMap<string, SourceLink>,
  { store }: RecordDeps,
): Promise<WriteTarget> {
  const { grant, kind, sourceId: recordId } = request;
  const { key } = entry;
  const id = ids.get(keyText(key)) ?? '';
  const link = links.get(keyText(key));
  const owned = state.owned.find((candidate) => keyText(candidate.link) === keyText(key));
  // Bytes that came back to what they once were: their Binary exists, the link has moved on.
  const current =
    owned && owned.link.id === id
      ? owned.current
      : key.resourceType === 'Binary'
        ? await store.read(grant, 'Binary', id)
        : undefined;
  const mapped = withIds(entry.resource, resolved);
  const before = link?.id === id ? await mappedBefore(store, grant, link, current) : undefined;
  const overlay = link && isOverlaid(kind) ? await overlayOn(store, grant, key.resourceType, id) : undefined;
  return writeTarget({
    entry,
    id,
    current,
    before: before && overlaid(before, overlay),
    next: overlaid(mapped, overlay),
    links: (versionId, mapOnly) => [
      {
        resourceType: key.resourceType,
        sourceId: key.sourceId,
        id,
        kind,
        recordId,
        mapped: mappedNow(versionId, mapped, mapOnly && !overlay),
      },
    ],
  });
}

function overlayRequest(
  { request, kind: { overlays }, attachment, state }: PlanRequest,
  resolved: Resolved,
  links: ReadonlyMap<string, SourceLink>,
): OverlayRequest {
  const [entry] = attachment.entries;
  const link = entry && links.get(keyText(entry.key));
  if (!entry || !link) throw new RecordRefused([notOurs(overlays?.field ?? 'id')]);
  const own = state.owned.find((owned) => isOverlayLink(owned.link))?.link;
  const { grant, kind, sourceId } = request;
  return { grant, kind, sourceId, entry, overlay: withIds(entry.resource, resolved), id: link.id, own };
}

/** Named by `EpisodeOfCare/id`: it came in over FHIR, and no record keeps what it was before. */
const notOurs = (field: string): Finding => ({
  severity: 'error',
  code: 'not-found',
  message: `${field} must be the id of a record that you sent.`,
  field,
});
