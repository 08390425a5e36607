/**
 * The one statement that writes a change set: resources, their versions and index rows, mentoring records, links.
 *
 * Spec: https://www.postgresql.org/docs/17/queries-with.html#QUERIES-WITH-MODIFYING
 *
 * Every row travels in column lists (`unnest`), so the text depends on which kinds of rows there are and not on how
 * many. A row that is not at the expected version is missed by its INSERT or UPDATE; the last part looks for such
 * rows and ends the statement with `refuse_conflict`, so nothing of it stays.
 *
 * Bytes on the wire count: a resource's text is sent once and copied to its history row inside the database.
 */
import { Binds, type TypedList } from './binds.ts';
import type { Statement } from './engine.ts';
import type { IndexColumns } from './index-rows.ts';
import type { ResourceChange, SourceLink, SourceRecordChange } from './resource-store.ts';

interface CommitRows {
  /** Epoch milliseconds of `meta.lastUpdated` and of the records' arrival. */
  at: number;
  /** Resources that must not exist yet; their `ord` in the index rows is their position from 1. */
  creates: readonly ResourceRow[];
  /** Resources at a known version; their `ord` goes on after that of the creates. */
  updates: readonly ResourceRow[];
  index: IndexColumns;
  recordCreates: readonly SourceRecordChange[];
  recordUpdates: readonly SourceRecordChange[];
  links: readonly SourceLink[];
}

export interface ResourceRow extends Omit<ResourceChange, 'resource'> {
  content: string;
}

/** Above this many rows a statement is planned for its actual sizes instead of being prepared once. */
const LARGEST_PREPARED = 40;

const RESOURCE_COLUMNS = 'tenant, resource_type, id, version_id, last_updated, deleted, method, content';
const RECORD_COLUMNS = 'tenant, kind, source_id, version, hash, content, deleted, map, received_at';

export function commitStatement(tenantId: string, rows: CommitRows): Statement {
  const binds = new Binds();
  const tenant = `${binds.add(tenantId)}::text`;
  // Bound only where it is used: PostgreSQL refuses a parameter that stands nowhere.
  const isStamped =
    rows.creates.length + rows.updates.length + rows.recordCreates.length + rows.recordUpdates.length > 0;
  const at = isStamped ? `${binds.add(rows.at)}::bigint` : '';
  const parts: string[] = [];
  const unmet: string[] = [];
  const written: string[] = [];

  if (rows.creates.length > 0) {
    parts.push(...createParts(binds, tenant, at, rows.creates));
    unmet.push('SELECT resource_type, id FROM c WHERE NOT EXISTS (SELECT FROM ins WHERE ins.rid = c.rid)');
    written.push('SELECT rid, ord FROM c');
  }
  if (rows.updates.length > 0) {
    parts.push(...updateParts(binds, tenant, at, rows.updates));
    unmet.push('SELECT resource_type, id FROM u WHERE NOT EXISTS (SELECT FROM upd WHERE upd.ord = u.ord)');
    written.push(`SELECT rid, ord + ${binds.add(rows.creates.length)}::int AS ord FROM upd`);
  }
  if (written.length > 0) parts.push(...indexParts(binds, tenant, rows.index, written.join(' UNION ALL ')));
  if (rows.recordCreates.length > 0) {
    parts.push(...recordCreateParts(binds, tenant, at, rows.recordCreates));
    unmet.push(
      'SELECT kind, source_id FROM rc WHERE NOT EXISTS (SELECT FROM rins WHERE (rins.kind, rins.source_id) = (rc.kind, rc.source_id))',
    );
  }
  if (rows.recordUpdates.length > 0) {
    parts.push(...recordUpdateParts(binds, tenant, at, rows.recordUpdates));
    unmet.push('SELECT kind, source_id FROM ru WHERE NOT EXISTS (SELECT FROM rupd WHERE rupd.ord = ru.ord)');
  }
  if (rows.links.length > 0) parts.push(linkPart(binds, tenant, rows.links));

  const check =
    unmet.length > 0
      ? `SELECT refuse_conflict(kind, id) FROM (${unmet.join(' UNION ALL ')}) AS unmet(kind, id) LIMIT 1`
      : 'SELECT true';
  const text = `WITH ${parts.map((part) => part.trim()).join(',\n')}\n${check}`;
  const name = sizeOf(rows) <= LARGEST_PREPARED ? `commit ${shapeOf(rows)}` : undefined;
  return { text, values: binds.values, writes: sizeOf(rows), ...(name && { name }) };
}

function createParts(binds: Binds, tenant: string, at: string, rows: readonly ResourceRow[]): string[] {
  const lists = binds.unnest(
    ['text', rows.map((row) => row.resourceType)],
    ['text', rows.map((row) => row.id)],
    ['text', rows.map((row) => row.method)],
    ['text', rows.map((row) => row.content)],
  );
  return [
    `c AS MATERIALIZED (
       SELECT nextval('resource_rid_seq') AS rid, v.* FROM ${lists} WITH ORDINALITY AS v(resource_type, id, method, content, ord))`,
    `ins AS (
       INSERT INTO resource (rid, ${RESOURCE_COLUMNS}) OVERRIDING SYSTEM VALUE
       SELECT rid, ${tenant}, resource_type, id, 1, ${at}, false, method, content FROM c ORDER BY ord
       ON CONFLICT (tenant, resource_type, id) DO NOTHING
       RETURNING *)`,
    `ins_history AS (
       INSERT INTO resource_history (${RESOURCE_COLUMNS}, xid) SELECT ${RESOURCE_COLUMNS}, xid FROM ins)`,
  ];
}

function updateParts(binds: Binds, tenant: string, at: string, rows: readonly ResourceRow[]): string[] {
  const lists = binds.unnest(
    ['text', rows.map((row) => row.resourceType)],
    ['text', rows.map((row) => row.id)],
    ['int', rows.map((row) => row.expectedVersion)],
    ['text', rows.map((row) => row.method)],
    ['text', rows.map((row) => row.content)],
  );
  return [
    `u AS MATERIALIZED (
       SELECT v.* FROM ${lists} WITH ORDINALITY AS v(resource_type, id, expected, method, content, ord))`,
    `upd AS (
       UPDATE resource r
          SET version_id = u.expected + 1, last_updated = ${at}, deleted = u.method = 'DELETE', method = u.method,
              content = u.content, xid = pg_current_xact_id()
         FROM u
        WHERE r.tenant = ${tenant} AND r.resource_type = u.resource_type AND r.id = u.id AND r.version_id = u.expected
       RETURNING u.ord, r.*)`,
    `upd_history AS (
       INSERT INTO resource_history (${RESOURCE_COLUMNS}, xid) SELECT ${RESOURCE_COLUMNS}, xid FROM upd)`,
    ...['token', 'reference', 'date', 'string'].map(
      (kind) => `${kind}_gone AS (
       DELETE FROM ${kind}_index i USING upd WHERE i.tenant = ${tenant} AND i.rid = upd.rid)`,
    ),
  ];
}

function indexParts(binds: Binds, tenant: string, index: IndexColumns, written: string): string[] {
  const { tokens, references, dates, strings } = index;
  const parts = [`w AS (${written})`];
  const insert = (table: string, columns: string, count: number, lists: TypedList[]): void => {
    if (count === 0) return;
    parts.push(`${table}_new AS (
       INSERT INTO ${table} (tenant, rid, ${columns})
       SELECT ${tenant}, w.rid, ${columns} FROM ${binds.unnest(...lists)} AS v(ord, ${columns}) JOIN w USING (ord))`);
  };
  insert('token_index', 'value_hash, system_value_hash, system_hash', tokens.ord.length, [
    ['int', tokens.ord],
    ['bigint', tokens.value],
    ['bigint', tokens.systemValue],
    ['bigint', tokens.system],
  ]);
  insert('reference_index', 'param, target_hash', references.ord.length, [
    ['int', references.ord],
    ['bigint', references.param],
    ['bigint', references.target],
  ]);
  insert('date_index', 'param, from_ms, to_ms, is_first, is_last', dates.ord.length, [
    ['int', dates.ord],
    ['bigint', dates.param],
    ['bigint', dates.from],
    ['bigint', dates.to],
    ['boolean', dates.isFirst],
    ['boolean', dates.isLast],
  ]);
  insert('string_index', 'param, normalised, exact', strings.ord.length, [
    ['int', strings.ord],
    ['bigint', strings.param],
    ['text', strings.normalised],
    ['text', strings.exact],
  ]);
  return parts;
}

function recordLists(binds: Binds, rows: readonly SourceRecordChange[]): string {
  return binds.unnest(
    ['text', rows.map((row) => row.kind)],
    ['text', rows.map((row) => row.sourceId)],
    ['int', rows.map((row) => row.expectedVersion)],
    ['text', rows.map((row) => row.hash)],
    ['text', rows.map((row) => row.content)],
    ['boolean', rows.map((row) => row.deleted)],
    ['text', rows.map((row) => row.map)],
  );
}

function recordCreateParts(binds: Binds, tenant: string, at: string, rows: readonly SourceRecordChange[]): string[] {
  return [
    `rc AS MATERIALIZED (
       SELECT * FROM ${recordLists(binds, rows)} AS v(kind, source_id, expected, hash, content, deleted, map))`,
    `rins AS (
       INSERT INTO source_record (${RECORD_COLUMNS})
       SELECT ${tenant}, kind, source_id, 1, hash, content, deleted, map, ${at} FROM rc
       ON CONFLICT (tenant, kind, source_id) DO NOTHING
       RETURNING *)`,
    `rins_history AS (
       INSERT INTO source_record_history (${RECORD_COLUMNS}, xid) SELECT ${RECORD_COLUMNS}, xid FROM rins)`,
  ];
}

function recordUpdateParts(binds: Binds, tenant: string, at: string, rows: readonly SourceRecordChange[]): string[] {
  return [
    `ru AS MATERIALIZED (
       SELECT * FROM ${recordLists(binds, rows)} WITH ORDINALITY AS v(kind, source_id, expected, hash, content, deleted, map, ord))`,
    `rupd AS (
       UPDATE source_record r
          SET version = ru.expected + 1, hash = ru.hash, content = ru.content, deleted = ru.deleted, map = ru.map,
              received_at = ${at}, xid = pg_current_xact_id()
         FROM ru
        WHERE r.tenant = ${tenant} AND r.kind = ru.kind AND r.source_id = ru.source_id AND r.version = ru.expected
       RETURNING ru.ord, r.*)`,
    `rupd_history AS (
       INSERT INTO source_record_history (${RECORD_COLUMNS}, xid) SELECT ${RECORD_COLUMNS}, xid FROM rupd)`,
  ];
}

function linkPart(binds: Binds, tenant: string, rows: readonly SourceLink[]): string {
  const lists = binds.unnest(
    ['text', rows.map((row) => row.resourceType)],
    ['text', rows.map((row) => row.sourceId)],
    ['text', rows.map((row) => row.id)],
    ['text', rows.map((row) => row.kind)],
    ['text', rows.map((row) => row.recordId)],
    ['text', rows.map((row) => row.mapped ?? null)],
  );
  return `links AS (
       INSERT INTO source_link AS l (tenant, resource_type, source_id, id, kind, record_id, mapped)
       SELECT ${tenant}, v.* FROM ${lists} AS v
       ON CONFLICT (tenant, resource_type, source_id)
       DO UPDATE SET id = excluded.id, kind = excluded.kind, record_id = excluded.record_id, mapped = excluded.mapped
       WHERE (l.id, l.kind, l.record_id, l.mapped) IS DISTINCT FROM
             (excluded.id, excluded.kind, excluded.record_id, excluded.mapped))`;
}

const sizeOf = (rows: CommitRows): number =>
  rows.creates.length + rows.updates.length + rows.recordCreates.length + rows.recordUpdates.length + rows.links.length;

/** One letter for each kind of rows there is: the text of the statement follows from these. */
function shapeOf(rows: CommitRows): string {
  const kinds: [letter: string, count: number][] = [
    ['c', rows.creates.length],
    ['u', rows.updates.length],
    ['t', rows.index.tokens.ord.length],
    ['r', rows.index.references.ord.length],
    ['d', rows.index.dates.ord.length],
    ['s', rows.index.strings.ord.length],
    ['C', rows.recordCreates.length],
    ['U', rows.recordUpdates.length],
    ['l', rows.links.length],
  ];
  return kinds.map(([letter, count]) => (count > 0 ? letter : '')).join('');
}
