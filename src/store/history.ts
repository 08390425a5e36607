/**
 * Versions of one resource, of a type or several, or of everything, newest first.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#history
 *
 * No `total`: R4 does not ask for it, and counting every version would cost more than the page itself.
 */
import { badRequest } from '../outcome/fhir-error.ts';
import type { Grant } from '../privacy/grant.ts';
import { Binds } from './binds.ts';
import type { SqlEngine } from './engine.ts';
import { readPosition, writePosition } from './page-position.ts';
import type { HistoryPage, HistoryQuery } from './resource-store.ts';
import { toStoredVersion, VERSION_COLUMNS, type VersionRow } from './stored-version.ts';

const LARGEST_PAGE = 1000;

/** One page. Throws a FhirError (400) for a page position or a `since` that can not be read. */
export async function history(engine: SqlEngine, grant: Grant, query: HistoryQuery): Promise<HistoryPage> {
  const count = Math.min(Math.max(query.count, 0), LARGEST_PAGE);
  const rows = count > 0 ? await page(engine, grant, query, count) : [];
  const shown = rows.slice(0, count);
  const last = rows.length > count ? shown.at(-1) : undefined;
  return {
    versions: shown.map(toStoredVersion),
    ...(last && { next: writePosition([last.last_updated, last.resource_type, last.id, last.version_id]) }),
  };
}

async function page(engine: SqlEngine, grant: Grant, query: HistoryQuery, count: number): Promise<VersionRow[]> {
  const binds = new Binds();
  const where = conditions(binds, grant, query);
  const ofOne = typeof query.resourceType === 'string' && query.id !== undefined;
  if (query.after !== undefined) {
    const [updated = 0, type = '', id = '', version = 0] = readPosition(query.after, [
      'number',
      'string',
      'string',
      'number',
    ]);
    where.push(
      ofOne
        ? `r.version_id < ${binds.add(version)}::bigint`
        : `(r.last_updated, r.resource_type, r.id, r.version_id) < (${binds.add(updated)}::bigint, ${binds.add(type)}, ${binds.add(id)}, ${binds.add(version)}::bigint)`,
    );
  }
  // One resource's versions count up even where a clock was set back between two of them.
  const order = ofOne ? 'r.version_id DESC' : 'r.last_updated DESC, r.resource_type DESC, r.id DESC, r.version_id DESC';
  return engine.query<VersionRow>({
    text: `SELECT ${VERSION_COLUMNS} FROM resource_history r
            WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${binds.add(count + 1)}::int`,
    values: binds.values,
  });
}

function conditions(binds: Binds, grant: Grant, { resourceType, id, since }: HistoryQuery): string[] {
  const where = [`r.tenant = ${binds.add(grant.tenant)}`];
  if (typeof resourceType === 'string') where.push(`r.resource_type = ${binds.add(resourceType)}`);
  else if (resourceType) where.push(`r.resource_type = ANY(${binds.add(resourceType)}::text[])`);
  if (id !== undefined) where.push(`r.id = ${binds.add(id)}`);
  if (since !== undefined) where.push(`r.last_updated >= ${binds.add(toEpochMs(since))}::bigint`);
  return where;
}

function toEpochMs(since: string): number {
  const ms = Date.parse(since);
  if (Number.isNaN(ms)) throw badRequest('value', `_since is not an instant: ${since}`);
  return ms;
}
