/**
 * The mentoring records as the agency sent them, and the links from their source ids to FHIR resources.
 *
 * Each function is one statement. Writing them is part of a commit (`commit-statement.ts`).
 */
import type { Grant } from '../privacy/grant.ts';
import type { SqlEngine } from './engine.ts';
import type { RecordState, SourceLink, SourceRecord } from './resource-store.ts';
import { toStoredVersion, type VersionRow } from './stored-version.ts';

const RECORD_COLUMNS = 's.kind, s.source_id, s.version, s.hash, s.content, s.deleted, s.map, s.received_at';
const LINK_COLUMNS = 'l.resource_type, l.source_id, l.id, l.kind, l.record_id, l.mapped';
const LARGEST_PAGE = 1000;

interface RecordRow {
  kind: string;
  source_id: string;
  version: number;
  hash: string;
  content: string;
  deleted: boolean;
  map: string;
  received_at: number;
}

interface LinkRow {
  resource_type: string;
  source_id: string;
  id: string;
  kind: string;
  record_id: string;
  mapped: string | null;
}

const toRecord = (row: RecordRow): SourceRecord => ({
  kind: row.kind,
  sourceId: row.source_id,
  version: row.version,
  hash: row.hash,
  content: row.content,
  deleted: row.deleted,
  map: row.map,
  receivedAt: new Date(row.received_at).toISOString(),
});

const toLink = (row: LinkRow): SourceLink => ({
  resourceType: row.resource_type,
  sourceId: row.source_id,
  id: row.id,
  kind: row.kind,
  recordId: row.record_id,
  ...(row.mapped !== null && { mapped: row.mapped }),
});

/** The record as it stands, also a deleted one; undefined when it was never sent. */
export async function sourceRecord(
  engine: SqlEngine,
  grant: Grant,
  kind: string,
  sourceId: string,
): Promise<SourceRecord | undefined> {
  const [row] = await engine.query<RecordRow>({
    name: 'source record',
    text: `SELECT ${RECORD_COLUMNS} FROM source_record s WHERE s.tenant = $1 AND s.kind = $2 AND s.source_id = $3`,
    values: [grant.tenant, kind, sourceId],
  });
  return row && toRecord(row);
}

/** Records of a kind in byte order of their source ids, deleted ones included; at most 1,000. */
export async function sourceRecords(
  engine: SqlEngine,
  grant: Grant,
  kind: string,
  page: { count: number; after?: string },
): Promise<{ records: SourceRecord[]; next?: string }> {
  const count = Math.min(Math.max(page.count, 0), LARGEST_PAGE);
  if (count === 0) return { records: [] };
  const rows = await engine.query<RecordRow>({
    text: `SELECT ${RECORD_COLUMNS} FROM source_record s
            WHERE s.tenant = $1 AND s.kind = $2 AND s.source_id > $3 ORDER BY s.source_id LIMIT $4::int`,
    values: [grant.tenant, kind, page.after ?? '', count + 1],
  });
  const records = rows.slice(0, count).map(toRecord);
  const last = records.at(-1);
  return { records, ...(rows.length > count && last && { next: last.sourceId }) };
}

/** Links by source id; missing ones are left out. */
export async function linksBySource(
  engine: SqlEngine,
  grant: Grant,
  keys: readonly { resourceType: string; sourceId: string }[],
): Promise<SourceLink[]> {
  if (keys.length === 0) return [];
  const rows = await engine.query<LinkRow>({
    text: `SELECT DISTINCT ${LINK_COLUMNS} FROM unnest($2::text[], $3::text[]) AS v(resource_type, source_id)
             JOIN source_link l ON l.tenant = $1 AND l.resource_type = v.resource_type AND l.source_id = v.source_id`,
    values: [grant.tenant, keys.map((key) => key.resourceType), keys.map((key) => key.sourceId)],
  });
  return rows.map(toLink);
}

/** Links by resource; one resource may have several. */
export async function linksByResource(
  engine: SqlEngine,
  grant: Grant,
  keys: readonly { resourceType: string; id: string }[],
): Promise<SourceLink[]> {
  if (keys.length === 0) return [];
  const rows = await engine.query<LinkRow>({
    text: `SELECT DISTINCT ${LINK_COLUMNS} FROM unnest($2::text[], $3::text[]) AS v(resource_type, id)
             JOIN source_link l ON l.tenant = $1 AND l.resource_type = v.resource_type AND l.id = v.id`,
    values: [grant.tenant, keys.map((key) => key.resourceType), keys.map((key) => key.id)],
  });
  return rows.map(toLink);
}

/** Every link of one record. */
export async function linksOfRecord(
  engine: SqlEngine,
  grant: Grant,
  kind: string,
  recordId: string,
): Promise<SourceLink[]> {
  const rows = await engine.query<LinkRow>({
    name: 'links of record',
    text: `SELECT ${LINK_COLUMNS} FROM source_link l WHERE l.tenant = $1 AND l.kind = $2 AND l.record_id = $3
            ORDER BY l.resource_type, l.source_id`,
    values: [grant.tenant, kind, recordId],
  });
  return rows.map(toLink);
}

/**
 * Three lists in one answer, told apart by `part`. Every list fills the columns it has and leaves the others null.
 * `r_` stands before the columns of a resource; `ord` is the place of the record in the question.
 */
const RECORD_STATES = `
  WITH q AS (SELECT * FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS v(kind, source_id, ord))
  SELECT 'record' AS part, q.ord::int AS ord, ${RECORD_COLUMNS}, NULL::text AS resource_type, NULL::text AS id,
         NULL::text AS record_id, NULL::text AS mapped, NULL::text AS r_id, NULL::int AS r_version_id,
         NULL::bigint AS r_last_updated, NULL::boolean AS r_deleted, NULL::text AS r_method, NULL::text AS r_content
    FROM q JOIN source_record s ON s.tenant = $1 AND s.kind = q.kind AND s.source_id = q.source_id
  UNION ALL
  SELECT 'owned', q.ord::int, l.kind, l.source_id, NULL, NULL, NULL, NULL, NULL, NULL, l.resource_type, l.id, l.record_id,
         l.mapped, r.id, r.version_id, r.last_updated, r.deleted, r.method, r.content
    FROM q JOIN source_link l ON l.tenant = $1 AND l.kind = q.kind AND l.record_id = q.source_id
    LEFT JOIN resource r ON r.tenant = l.tenant AND r.resource_type = l.resource_type AND r.id = l.id
  UNION ALL
  SELECT 'named', 0, l.kind, l.source_id, NULL, NULL, NULL, NULL, NULL, NULL, l.resource_type, l.id, l.record_id, l.mapped,
         NULL, NULL, NULL, NULL, NULL, NULL
    FROM unnest($4::text[], $5::text[]) AS v(resource_type, source_id)
    JOIN source_link l ON l.tenant = $1 AND l.resource_type = v.resource_type AND l.source_id = v.source_id`;

type StateRow =
  | (RecordRow & { part: 'record'; ord: number })
  | (LinkRow & { part: 'named' })
  | (LinkRow & { part: 'owned'; ord: number } & { [K in keyof VersionRow as `r_${K}`]: VersionRow[K] | null });

/** Which record, and which source ids it names. */
export interface StateRequest {
  kind: string;
  sourceId: string;
  named: readonly { resourceType: string; sourceId: string }[];
}

/**
 * What record writes need to know, for several records in one statement: the record, the links it owns with their
 * resources, the links it names. Answers in the order of the requests.
 */
export async function recordStates(
  engine: SqlEngine,
  grant: Grant,
  requests: readonly StateRequest[],
): Promise<RecordState[]> {
  const named = new Map(requests.flatMap((request) => request.named.map((key) => [linkKey(key), key])));
  const rows = await engine.query<StateRow>({
    name: 'record states',
    text: RECORD_STATES,
    values: [
      grant.tenant,
      requests.map(({ kind }) => kind),
      requests.map(({ sourceId }) => sourceId),
      [...named.values()].map((key) => key.resourceType),
      [...named.values()].map((key) => key.sourceId),
    ],
  });
  const states = requests.map((): RecordState => ({ record: undefined, owned: [], named: [] }));
  const links = new Map<string, SourceLink>();
  for (const row of rows) {
    if (row.part === 'named')
      links.set(linkKey({ resourceType: row.resource_type, sourceId: row.source_id }), toLink(row));
    else if (row.part === 'record') stateAt(states, row.ord).record = toRecord(row);
    else stateAt(states, row.ord).owned.push({ link: toLink(row), current: toCurrent(row) });
  }
  requests.forEach((request, index) => {
    const keys = new Set(request.named.map(linkKey));
    for (const key of keys) {
      const link = links.get(key);
      if (link) states[index]?.named.push(link);
    }
  });
  return states;
}

const linkKey = ({ resourceType, sourceId }: { resourceType: string; sourceId: string }): string =>
  `${resourceType} ${sourceId}`;

function stateAt(states: readonly RecordState[], ord: number): RecordState {
  const state = states[ord - 1];
  if (!state) throw new Error(`The database answered for record ${ord} of ${states.length}`);
  return state;
}

function toCurrent(row: Extract<StateRow, { part: 'owned' }>): RecordState['owned'][number]['current'] {
  const { r_version_id, r_last_updated, r_method } = row;
  if (r_version_id === null || r_last_updated === null || r_method === null) return undefined;
  return toStoredVersion({
    resource_type: row.resource_type,
    id: row.id,
    version_id: r_version_id,
    last_updated: r_last_updated,
    deleted: row.r_deleted === true,
    method: r_method,
    content: row.r_content ?? '',
  });
}
