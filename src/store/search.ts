/**
 * Searching one type: the page, its total, and the position of the next page.
 *
 * Spec: https://hl7.org/fhir/R4/search.html, https://hl7.org/fhir/R4/search.html#sort
 *
 * Paging goes by the sort keys of the last row (keyset): a page deep in the result costs what the first one costs, and
 * resources added meanwhile neither double a row nor hide one. A resource whose own sort key changes between two pages
 * may be met again or be missed; only a snapshot could prevent it.
 *
 * Sorting by a date goes by the value that comes first in that direction, and resources without one come last in both
 * directions. For that the search runs in two stages, with and without a value, so that each walks an index in order.
 */
import type { Grant } from '../privacy/grant.ts';
import { Binds } from './binds.ts';
import type { SqlEngine } from './engine.ts';
import { type PositionValue, readPosition, writePosition } from './page-position.ts';
import type { SearchPage, SearchQuery } from './resource-store.ts';
import { clauseCondition } from './search-clause.ts';
import { paramHash } from './search-hash.ts';
import { afterPosition, orderBy, type SortKey, sortKeys } from './search-sort.ts';
import { toStoredVersion, VERSION_COLUMNS, type VersionRow } from './stored-version.ts';

interface SearchDeps {
  engine: SqlEngine;
  now(): Date;
}

const LARGEST_PAGE = 1000;

/** With the first sort key's value, or without: the stage that a position belongs to. */
type Stage = 'valued' | 'unvalued';

interface Request {
  tenant: string;
  query: SearchQuery;
  now: Date;
  keys: readonly SortKey[];
}

/** One page. Throws a FhirError (400) for a position that does not belong to this search. */
export async function search({ engine, now }: SearchDeps, grant: Grant, query: SearchQuery): Promise<SearchPage> {
  const request: Request = { tenant: grant.tenant, query, now: now(), keys: sortKeys(query.sort) };
  const count = Math.min(Math.max(query.count, 0), LARGEST_PAGE);
  const [{ rows, next }, total] = await Promise.all([
    count > 0 ? findPage(engine, request, count) : { rows: [], next: undefined },
    query.total === 'none' ? undefined : countMatches(engine, request),
  ]);
  return {
    versions: rows.map(toStoredVersion),
    ...(total !== undefined && { total }),
    ...(next !== undefined && { next }),
  };
}

interface FoundPage {
  rows: SearchRow[];
  next: string | undefined;
}

/** A row with the values of its sort keys as `k0`, `k1` … */
type SearchRow = VersionRow & Record<`k${number}`, PositionValue>;

async function findPage(engine: SqlEngine, request: Request, count: number): Promise<FoundPage> {
  const start = readStart(request);
  // One row more than the page tells whether there is another page.
  const valued = start.stage === 'valued' ? await findRows(engine, request, 'valued', start.values, count + 1) : [];
  const missing = count + 1 - valued.length;
  const unvalued =
    missing > 0 && hasStages(request)
      ? await findRows(engine, request, 'unvalued', start.stage === 'unvalued' ? start.values : undefined, missing)
      : [];

  const rows = [...valued, ...unvalued];
  const last = rows.length > count ? rows[count - 1] : undefined;
  if (!last) return { rows, next: undefined };
  const stage: Stage = count <= valued.length ? 'valued' : 'unvalued';
  const values = keysOf(request, stage).map((_, i) => last[`k${i}`] ?? '');
  return { rows: rows.slice(0, count), next: writePosition([stage === 'valued' ? 0 : 1, ...values]) };
}

const hasStages = ({ keys }: Request): boolean => keys[0]?.dateCode !== undefined;

/** In the second stage the first key has no value, so the others decide. */
const keysOf = ({ keys }: Request, stage: Stage): readonly SortKey[] => (stage === 'valued' ? keys : keys.slice(1));

function readStart(request: Request): { stage: Stage; values: PositionValue[] | undefined } {
  const { after } = request.query;
  if (after === undefined) return { stage: 'valued', values: undefined };
  const shapes = (['valued', 'unvalued'] as const).map((stage) => keysOf(request, stage).map(({ type }) => type));
  const stageOf = (shape: (typeof shapes)[number] = []): PositionValue[] => readPosition(after, ['number', ...shape]);
  if (!hasStages(request)) return { stage: 'valued', values: stageOf(shapes[0]).slice(1) };
  // The two stages differ in length, so only one of them fits.
  try {
    return { stage: 'valued', values: stageOf(shapes[0]).slice(1) };
  } catch {
    return { stage: 'unvalued', values: stageOf(shapes[1]).slice(1) };
  }
}

async function findRows(
  engine: SqlEngine,
  request: Request,
  stage: Stage,
  after: readonly PositionValue[] | undefined,
  limit: number,
): Promise<SearchRow[]> {
  const binds = new Binds();
  const where = matchConditions(binds, request);
  const keys = keysOf(request, stage);
  const joins: string[] = [];
  request.keys.forEach((key, position) => {
    if (key.dateCode === undefined) return;
    const param = `${binds.add(paramHash(request.query.resourceType, key.dateCode))}::bigint`;
    const edge = key.descending ? 'is_last' : 'is_first';
    const alias = `s${position}`;
    const row = `${alias}.tenant = $1 AND ${alias}.rid = r.rid AND ${alias}.param = ${param} AND ${alias}.${edge}`;
    if (position > 0) joins.push(`LEFT JOIN date_index ${alias} ON ${row}`);
    else if (stage === 'valued') joins.push(`JOIN date_index ${alias} ON ${row}`);
    else where.push(`NOT EXISTS (SELECT FROM date_index ${alias} WHERE ${row})`);
  });
  if (after) where.push(afterPosition(binds, keys, after));
  const columns = [VERSION_COLUMNS, ...keys.map((key, i) => `${key.expression} AS k${i}`)].join(', ');
  return engine.query<SearchRow>({
    text: `SELECT ${columns} FROM resource r ${joins.join(' ')}
            WHERE ${where.join(' AND ')} ORDER BY ${orderBy(keys)} LIMIT ${binds.add(limit)}::int`,
    values: binds.values,
  });
}

async function countMatches(engine: SqlEngine, request: Request): Promise<number> {
  const binds = new Binds();
  const where = matchConditions(binds, request);
  const [row] = await engine.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM resource r WHERE ${where.join(' AND ')}`,
    values: binds.values,
  });
  return row?.total ?? 0;
}

/** The tenant is `$1`; deleted resources never match. */
function matchConditions(binds: Binds, { tenant, query, now }: Request): string[] {
  return [
    `r.tenant = ${binds.add(tenant)}`,
    `r.resource_type = ${binds.add(query.resourceType)}`,
    'NOT r.deleted',
    ...query.clauses.map((clause) => clauseCondition(binds, query.resourceType, clause, now)),
  ];
}
