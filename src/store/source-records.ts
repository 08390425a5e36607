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
 * `r_` stands before the columns of a resource.
 */
const RECORD_STATE = `
  SELECT 'record' AS part, ${RECORD_COLUMNS}, NULL::text AS resource_type, NULL::text AS id, NULL::text AS record_id,
         NULL::text AS mapped, NULL::text AS r_id, NULL::int AS r_version_id, NULL::bigint AS r_last_updated,
         NULL::boolean AS r_deleted, NULL::text AS r_method, NULL::text AS r_content
    FROM source_record s WHERE s.tenant = $1 AND s.kind = $2 AND s.source_id = $3
  UNION ALL
  SELECT 'owned', l.kind, l.source_id, NULL, NULL, NULL, NULL, NULL, NULL, l.resource_type, l.id, l.record_id, l.mapped,
         r.id, r.version_id, r.last_updated, r.deleted, r.method, r.content
    FROM source_link l
    LEFT JOIN resource r ON r.tenant = l.tenant AND r.resource_type = l.resource_type AND r.id = l.id
   WHERE l.tenant = $1 AND l.kind = $2 AND l.record_id = $3
  UNION ALL
  SELECT 'named', l.kind, l.source_id, NULL, NULL, NULL, NULL, NULL, NULL, l.resource_type, l.id, l.record_id, l.mapped,
         NULL, NULL, NULL, NULL, NULL, NULL
    FROM (SELECT DISTINCT * FROM unnest($4::text[], $5::text[])) AS v(resource_type, source_id)
    JOIN source_link l ON l.tenant = $1 AND l.resource_type = v.resource_type AND l.source_id = v.source_id`;

type StateRow =
  | (RecordRow & { part: 'record' })
  | (LinkRow & { part: 'named' })
  | (LinkRow & { part: 'owned' } & { [K in keyof VersionRow as `r_${K}`]: VersionRow[K] | null });

/** What a record write needs to know: the record, the links it owns with their resources, the links it names. */
export async function recordState(
  engine: SqlEngine,
  grant: Grant,
  kind: string,
  sourceId: string,
  named: readonly { resourceType: string; sourceId: string }[],
): Promise<RecordState> {
  const rows = await engine.query<StateRow>({
    name: 'record state',
    text: RECORD_STATE,
    values: [grant.tenant, kind, sourceId, named.map((key) => key.resourceType), named.map((key) => key.sourceId)],
  });
  const state: RecordState = { record: undefined, owned: [], named: [] };
  for (const row of rows) {
    if (row.part === 'record') state.record = toRecord(row);
    else if (row.part === 'named') state.named.push(toLink(row));
    else state.owned.push({ link: toLink(row), current: toCurrent(row) });
  }
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
