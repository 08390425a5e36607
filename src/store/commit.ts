/**
 * Writing: all changes of a set or none, in one statement.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#concurrency, https://hl7.org/fhir/R4/resource.html#metadata
 *
 * The store sets `id`, `meta.versionId` (1, 2, 3 …) and `meta.lastUpdated`, one instant for the whole set.
 */
import type { Grant } from '../privacy/grant.ts';
import { commitStatement, type ResourceRow } from './commit-statement.ts';
import { type SqlEngine, SqlError } from './engine.ts';
import { addIndexRows, noIndexRows } from './index-rows.ts';
import {
  type ChangeSet,
  CommitConflict,
  type ResourceChange,
  type SearchIndexer,
  type SourceLink,
  type StoredVersion,
} from './resource-store.ts';
import { stampedContent } from './stored-version.ts';

interface CommitDeps {
  engine: SqlEngine;
  indexer: SearchIndexer;
  now(): Date;
}

/** SQLSTATE of `refuse_conflict`; its message is `kind/id`. */
const CONFLICT = 'MF409';

/**
 * Returns the new versions in the order of `changes.resources`. Throws CommitConflict when something is not at the
 * version expected, and a plain Error for a set that contradicts itself.
 */
export async function commit(
  { engine, indexer, now }: CommitDeps,
  grant: Grant,
  changes: ChangeSet,
): Promise<StoredVersion[]> {
  const { resources, sourceRecords = [], sourceLinks = [] } = changes;
  requireConsistent(changes);
  if (resources.length + sourceRecords.length + sourceLinks.length === 0) return [];

  const at = now();
  const lastUpdated = at.toISOString();
  // The same order in every commit, so that two commits that meet in several rows wait rather than deadlock.
  const rows = resources.map((change) => toRow(change, lastUpdated)).sort(byTypeAndId);
  const [creates, updates] = [
    rows.filter((row) => row.expectedVersion === 0),
    rows.filter((row) => row.expectedVersion > 0),
  ];
  const records = [...sourceRecords].sort((a, b) => compare(a.kind, b.kind) || compare(a.sourceId, b.sourceId));

  const index = noIndexRows();
  [...creates, ...updates].forEach(({ resource, resourceType }, position) => {
    if (resource) addIndexRows(index, position + 1, resourceType, indexer(resource));
  });

  const statement = commitStatement(grant.tenant, {
    at: at.getTime(),
    creates,
    updates,
    index,
    recordCreates: records.filter((record) => record.expectedVersion === 0),
    recordUpdates: records.filter((record) => record.expectedVersion > 0),
    links: lastOfEach(sourceLinks),
  });
  await engine.query(statement).catch(rethrowConflict);
  const byKey = new Map(rows.map((row) => [keyOf(row), toVersion(row, lastUpdated)]));
  return resources.flatMap((change) => byKey.get(keyOf(change)) ?? []);
}

/** A row to write, with the resource as it will read back, for the indexer. */
type PreparedRow = ResourceRow & Pick<ResourceChange, 'resource'>;

function toRow(change: ResourceChange, lastUpdated: string): PreparedRow {
  const { resource, ...rest } = change;
  if (!resource) return { ...rest, content: '' };
  const content = stampedContent(resource, change.id, change.expectedVersion + 1, lastUpdated);
  return { ...rest, content, resource: { ...resource, id: change.id } };
}

const toVersion = (row: ResourceRow, lastUpdated: string): StoredVersion => ({
  resourceType: row.resourceType,
  id: row.id,
  versionId: row.expectedVersion + 1,
  lastUpdated,
  deleted: row.method === 'DELETE',
  method: row.method,
  content: row.content,
});

function requireConsistent({ resources, sourceRecords = [] }: ChangeSet): void {
  const keys = [...resources.map(keyOf), ...sourceRecords.map((record) => `record ${record.kind} ${record.sourceId}`)];
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new Error(`${key} is changed twice in one commit`);
    seen.add(key);
  }
  for (const change of resources) {
    const { method, resource, resourceType, expectedVersion } = change;
    if ((method === 'DELETE') === (resource !== undefined))
      throw new Error(`${keyOf(change)}: ${method} with the wrong body`);
    if (resource && resource.resourceType !== resourceType)
      throw new Error(`${keyOf(change)} holds a ${resource.resourceType}`);
    if (method === 'DELETE' && expectedVersion === 0)
      throw new Error(`${keyOf(change)}: what must not exist can not be deleted`);
  }
}

const keyOf = ({ resourceType, id }: { resourceType: string; id: string }): string => `${resourceType}/${id}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byTypeAndId = (a: ResourceRow, b: ResourceRow): number =>
  compare(a.resourceType, b.resourceType) || compare(a.id, b.id);

/** One statement can not write a link twice; the last mention of a source id counts. */
function lastOfEach(links: readonly SourceLink[]): SourceLink[] {
  const byKey = new Map(links.map((link) => [`${link.resourceType} ${link.sourceId}`, link]));
  return [...byKey.entries()].sort(([a], [b]) => compare(a, b)).map(([, link]) => link);
}

function rethrowConflict(error: unknown): never {
  if (error instanceof SqlError && error.sqlState === CONFLICT) {
    const slash = error.message.indexOf('/');
    throw new CommitConflict(error.message.slice(0, slash), error.message.slice(slash + 1));
  }
  throw error;
}
