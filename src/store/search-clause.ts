/**
 * The conditions of a search as SQL: one per clause, each on the rows that a resource left in the index.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#ptypes
 *
 * A clause holds when one indexed value of the resource meets one of its values; clauses are independent of each
 * other, as R4 wants it of repeated parameters.
 */
import type { Binds } from './binds.ts';
import { normaliseString } from './normalise-string.ts';
import type { SearchClause } from './resource-store.ts';
import { dateCondition, instantCondition } from './search-date.ts';
import { type Hash64, paramHash, systemHash, systemValueHash, targetHash, valueHash } from './search-hash.ts';

/** The condition on `resource r`. `now` is the moment that `ap` measures from. */
export function clauseCondition(binds: Binds, resourceType: string, clause: SearchClause, now: Date): string {
  switch (clause.kind) {
    case 'id':
      return `r.id = ANY(${binds.add(clause.any)}::text[])`;
    case 'lastUpdated':
      return or(clause.any.map((match) => instantCondition(binds, 'r.last_updated', match, now)));
    case 'token':
      return tokenCondition(binds, resourceType, clause);
    case 'reference': {
      const target = isOneOf(binds, 'i.target_hash', clause.any.map(targetHash));
      return exists('reference_index', `i.param = ${param(binds, resourceType, clause.code)} AND ${target}`);
    }
    case 'date': {
      const values = or(clause.any.map((match) => dateCondition(binds, match, now)));
      return exists('date_index', `i.param = ${param(binds, resourceType, clause.code)} AND ${values}`);
    }
    case 'string': {
      const values = or(clause.any.map((value) => stringCondition(binds, clause.match, value)));
      return exists('string_index', `i.param = ${param(binds, resourceType, clause.code)} AND ${values}`);
    }
  }
}

type TokenClause = Extract<SearchClause, { kind: 'token' }>;

function tokenCondition(binds: Binds, resourceType: string, { code: name, any }: TokenClause): string {
  const values: Hash64[] = [];
  const systemValues: Hash64[] = [];
  const systems: Hash64[] = [];
  for (const { system, code } of any) {
    if (system === undefined && code !== undefined) values.push(valueHash(resourceType, name, code));
    else if (system !== undefined && code === undefined) systems.push(systemHash(resourceType, name, system ?? ''));
    else if (system !== undefined && code !== undefined) {
      systemValues.push(systemValueHash(resourceType, name, system ?? '', code));
    }
  }
  return exists(
    'token_index',
    or([
      ...(values.length > 0 ? [isOneOf(binds, 'i.value_hash', values)] : []),
      ...(systemValues.length > 0 ? [isOneOf(binds, 'i.system_value_hash', systemValues)] : []),
      ...(systems.length > 0 ? [isOneOf(binds, 'i.system_hash', systems)] : []),
    ]),
  );
}

type StringMatch = Extract<SearchClause, { kind: 'string' }>['match'];

/** Length of the part of a string that its index entry holds; as in the index `string_index_start`. */
const INDEXED_LENGTH = 200;
/** The last code point: sorts after every continuation of a prefix. */
const LAST = '\u{10FFFF}';

function stringCondition(binds: Binds, match: StringMatch, value: string): string {
  const normalised = normaliseString(value);
  // Nothing is left of a value of punctuation only. It must not match every resource.
  if (normalised === '' && match !== 'exact') return 'false';
  const start = [...normalised].slice(0, INDEXED_LENGTH).join('');
  const indexed = `left(i.normalised, ${INDEXED_LENGTH})`;
  switch (match) {
    case 'contains':
      return `position(${binds.add(normalised)} IN i.normalised) > 0`;
    case 'exact':
      return `(${indexed} = ${binds.add(start)} AND i.exact = ${binds.add(value)})`;
    case 'starts':
      return `(${indexed} >= ${binds.add(start)} AND ${indexed} < ${binds.add(start + LAST)} AND starts_with(i.normalised, ${binds.add(normalised)}))`;
  }
}

/** `$1` is the tenant in every search. */
const exists = (table: string, condition: string): string =>
  `EXISTS (SELECT FROM ${table} i WHERE i.tenant = $1 AND i.rid = r.rid AND ${condition})`;

const param = (binds: Binds, resourceType: string, code: string): string =>
  `${binds.add(paramHash(resourceType, code))}::bigint`;

function isOneOf(binds: Binds, column: string, hashes: readonly Hash64[]): string {
  const [only] = hashes;
  return hashes.length === 1 && only !== undefined
    ? `${column} = ${binds.add(only)}::bigint`
    : `${column} = ANY(${binds.add(hashes)}::bigint[])`;
}

/** None of nothing holds. */
const or = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
