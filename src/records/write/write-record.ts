/**
 * PUT of one mentoring record: into FHIR, into the store, in one transaction.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#update, https://hl7.org/fhir/R4/http.html#concurrency
 *
 * Idempotent by source id: the same record again changes nothing. The steps stand in `attempt` in their order. When
 * somebody else writes at the same moment, the whole attempt is made again on what they left.
 */
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '@medplum/fhirtypes';
import type { CompiledMap, JsonObject } from '../../mapping/map-library.ts';
import { FhirError, issue } from '../../outcome/fhir-error.ts';
import { type Finding, isError } from '../../outcome/finding.ts';
import { CommitConflict, type RecordState, type SourceLink, type SourceRecord } from '../../store/resource-store.ts';
import { type AttachmentPlan, planAttachment } from '../attachments/attachment-content.ts';
import { isOverlayLink } from '../overlay/overlay.ts';
import { type RecordKind, recordKind } from '../record-kinds.ts';
import { RecordRefused } from '../record-refused.ts';
import { recordETag, requireExpectedVersion, storedETag } from '../record-version.ts';
import type { RecordDeps, WriteRequest } from '../records-parts.ts';
import { canonicalJson, sha256Hex } from '../resources/canonical-json.ts';
import { lineageOf, mapRecord, mapVersion, requireMap } from '../resources/record-bundle.ts';
import { deterministicId } from '../resources/resource-id.ts';
import { keyText, namedKeys, type SourceKey } from '../resources/source-urn.ts';
import { withoutStamps } from '../resources/stored-resource.ts';
import { writeOf } from '../resources/write-target.ts';
import { withFields } from './finding-field.ts';
import { ownedVersionIds } from './owned-versions.ts';
import { type Plan, planTargets } from './plan-targets.ts';
import { provenanceChange } from './provenance-change.ts';
import { retireChanges } from './retire-changes.ts';

export interface WriteResult {
  kind: string;
  id: string;
  /** Version of the record, not of its resources. */
  version: number;
  /** As record-version.ts makes it. */
  etag: string;
  outcome: 'created' | 'updated' | 'unchanged';
  /** `Type/id` of every resource the record stands for. */
  resources: string[];
  /** Warnings, and broken program rules that a stored fact carries. */
  findings: Finding[];
}

const MOST_ATTEMPTS = 8;

/**
 * Throws RecordRefused (422) with every finding; FhirError 412 when the record is not at the expected version, 409 when
 * others kept writing the same record.
 */
export async function writeRecord(request: WriteRequest, deps: RecordDeps): Promise<WriteResult> {
  const parsed = deps.schemas.parse(request.kind, withUrlId(request));
  if (!parsed.record) throw new RecordRefused(parsed.findings);
  const prepared = prepare(request, parsed.record, parsed.findings, deps);
  /** Ids in use, `Type/id`: where no link leads to one, no record made its resource, and ours needs another. */
  const foreignIds = new Set<string>();
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt(prepared, foreignIds, deps);
    } catch (error) {
      if (!(error instanceof CommitConflict)) throw error;
      if (attempts >= MOST_ATTEMPTS) throw busy(request);
      for (const reference of await idsInUse(prepared, deps)) foreignIds.add(reference);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * attempts));
    }
  }
}

/** The id is the last part of the URL; a body without one takes it from there, another one is refused. */
function withUrlId({ json, sourceId }: WriteRequest): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const { id } = json as { id?: unknown };
  if (id === undefined) return { id: sourceId, ...json };
  if (id === sourceId) return json;
  throw new RecordRefused([
    { severity: 'error', code: 'value', message: 'id must be the last part of the URL, or be left out.', field: 'id' },
  ]);
}

interface Prepared {
  request: WriteRequest;
  kind: RecordKind;
  record: JsonObject;
  findings: Finding[];
  content: string;
  hash: string;
  map: CompiledMap;
  attachment: AttachmentPlan;
  /** Keys whose links the write needs. */
  keys: SourceKey[];
}

function prepare(request: WriteRequest, record: JsonObject, findings: Finding[], deps: RecordDeps): Prepared {
  const kind = recordKind(request.kind);
  const map = requireMap(deps.maps, kind.toFhir);
  const agency = deps.agencyOf(request.grant.tenant);
  const attachment = planAttachment(request.grant.tenant, record, mapRecord(map, record, agency));
  const keys = new Map<string, SourceKey>();
  for (const { key, resource } of attachment.entries) {
    for (const named of [key, ...namedKeys(resource)]) keys.set(keyText(named), named);
  }
  const organization = { resourceType: 'Organization', sourceId: agency.organizationId };
  keys.set(keyText(organization), organization);
  const content = canonicalJson(record);
  return {
    request,
    kind,
    record,
    findings,
    content,
    hash: sha256Hex(content),
    map,
    attachment,
    keys: [...keys.values()],
  };
}

/**
 * Which of the ids that the record's resources would get are in use. A conflict names one of them, and another attempt
 * would meet the next: so all are asked for at once.
 */
async function idsInUse({ request, kind, attachment }: Prepared, { store }: RecordDeps): Promise<string[]> {
  if (kind.overlays) return [];
  const { grant } = request;
  const first = attachment.entries.map(({ key }) => ({
    resourceType: key.resourceType,
    id: deterministicId(grant.tenant, key),
  }));
  return (await store.readMany(grant, first)).map(({ resourceType, id }) => `${resourceType}/${id}`);
}

async function attempt(prepared: Prepared, foreignIds: ReadonlySet<string>, deps: RecordDeps): Promise<WriteResult> {
  const { request, record, map, hash, content } = prepared;
  const { grant, kind, sourceId } = request;
  const state = await deps.store.recordState(grant, kind, sourceId, prepared.keys);
  requireExpectedVersion(request, state);
  if (state.record && isUnchanged(prepared, state)) return unchanged(prepared, state, state.record);

  const plan = await planTargets({ ...prepared, state, foreignIds }, deps);
  const admitted = await admit(prepared, plan, deps);
  const writes = plan.targets.map((target, index) => writeOf(target, admitted.resources[index] ?? target.merged));
  const kept = new Set(plan.targets.map(({ merged }) => `${merged.resourceType}/${merged.id}`));
  const changes = [...writes.flatMap((write) => write.change ?? []), ...retireChanges(state, kept)];
  const version = (state.record?.version ?? 0) + 1;
  await stageBytes(prepared, plan, deps);
  const provenance = await provenanceChange(
    {
      changes,
      activity: state.record && !state.record.deleted ? 'UPDATE' : 'CREATE',
      record: { kind, sourceId, version, hash },
      map: mapVersion(map),
      links: state.named,
      grant,
    },
    deps,
  );
  const links = writes.flatMap((write) => write.links);
  const stored = await deps.store.commit(grant, {
    resources: [...changes, ...provenance],
    sourceRecords: [
      {
        kind,
        sourceId,
        expectedVersion: state.record?.version ?? 0,
        hash,
        content,
        deleted: false,
        map: mapVersion(map),
      },
    ],
    sourceLinks: newLinks(links, state),
  });
  return {
    kind,
    id: String(record.id),
    version,
    etag: recordETag(version, ownedVersionIds({ request, state, plan, links, stored })),
    outcome: state.record && !state.record.deleted ? 'updated' : 'created',
    resources: [...kept],
    findings: [...prepared.findings, ...plan.findings, ...admitted.findings],
  };
}

/** True when the record was sent before as it is now, and all that it became is still there: FHIR clients may delete. */
function isUnchanged({ kind, hash, map, attachment }: Prepared, { record, owned, named }: RecordState): boolean {
  if (!record || record.deleted || record.hash !== hash || record.map !== mapVersion(map)) return false;
  const living = owned.flatMap(({ link, current }) => (current && !current.deleted ? [link] : []));
  if (!kind.overlays) {
    const keys = new Set(living.map(keyText));
    return attachment.entries.every(({ key }) => keys.has(keyText(key)));
  }
  const overlay = living.find(isOverlayLink);
  return overlay !== undefined && attachment.entries.every(({ key }) => named.some(leadsTo(key, overlay.id)));
}

const leadsTo =
  (key: SourceKey, id: string) =>
  (link: SourceLink): boolean =>
    keyText(link) === keyText(key) && link.id === id;

function unchanged({ request, attachment, findings }: Prepared, state: RecordState, record: SourceRecord): WriteResult {
  const owned = new Map(state.owned.map(({ link }) => [keyText(link), `${link.resourceType}/${link.id}`]));
  const resources = recordKind(request.kind).overlays
    ? [...owned.values()]
    : attachment.entries.flatMap((entry) => owned.get(keyText(entry.key)) ?? []);
  return {
    kind: request.kind,
    id: request.sourceId,
    version: record.version,
    etag: storedETag(record, state),
    outcome: 'unchanged',
    resources,
    findings,
  };
}

/** Every resource through the gate, in the light of the others. Throws RecordRefused when one of them is refused. */
async function admit(
  { request, record, map, findings }: Prepared,
  { targets, resources: named, findings: planned }: Plan,
  { admission, store, agencyOf }: RecordDeps,
): Promise<{ resources: Resource[]; findings: Finding[] }> {
  const merged = targets.map((target) => target.merged);
  const inThisWrite = new Map(merged.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
  const lookup = async (reference: string): Promise<Resource | undefined> => {
    const near = inThisWrite.get(reference) ?? named.get(reference);
    if (near) return near;
    const [resourceType = '', id = ''] = reference.split('/');
    const stored = withoutStamps(await store.read(request.grant, resourceType, id));
    return stored && ({ ...stored, id } as Resource);
  };
  const nature = request.history ? 'fact' : request.onFinding === 'refuse' ? 'request' : 'auto';
  const program = typeof record.program === 'string' ? { program: record.program } : {};
  const results = await Promise.all(
    merged.map((resource) => admission.admit(resource, { nature, lookup, ...program })),
  );
  const found = results.flatMap((result) => result.findings);
  if (found.length > 0) {
    const lineage = lineageOf(map, record, agencyOf(request.grant.tenant));
    const located = results.flatMap((result, index) => {
      const target = targets[index];
      return target ? withFields(result.findings, target.entry, lineage) : result.findings;
    });
    if (results.some((result) => result.refused)) throw refusedBy([...findings, ...planned, ...located]);
    return { resources: results.map((result) => result.resource), findings: located };
  }
  return { resources: results.map((result) => result.resource), findings: [] };
}

/** Puts inline bytes under the id of their Binary, unless it is there: bytes of one Binary never change. */
async function stageBytes({ request, attachment }: Prepared, { targets }: Plan, { store }: RecordDeps): Promise<void> {
  const { bytes } = attachment;
  if (!bytes) return;
  const target = targets.find(({ id, entry }) => id === bytes.id && entry.key.resourceType === 'Binary');
  if (!target || target.current) return;
  await store.stageBinary(request.grant, bytes.id, bytes.contentType, Readable.from([bytes.bytes]));
}

/** A refusal always says why. */
function refusedBy(findings: Finding[]): RecordRefused {
  if (findings.some(isError)) return new RecordRefused(findings);
  return new RecordRefused([
    { severity: 'error', code: 'business-rule', message: 'The record is refused.' },
    ...findings,
  ]);
}

/** Links that say something new. */
function newLinks(links: readonly SourceLink[], state: RecordState): SourceLink[] {
  const known = new Map([...state.named, ...state.owned.map(({ link }) => link)].map((link) => [keyText(link), link]));
  return links.filter((link) => !isDeepStrictEqual(known.get(keyText(link)), link));
}

const busy = ({ kind, sourceId }: WriteRequest): FhirError =>
  new FhirError(409, [issue('conflict', `The record ${kind}/${sourceId} is being written by others. Try again.`)]);
