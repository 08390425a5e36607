/**
 * Sort keys as SQL: the order of a page and the condition that a row comes after a position.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#sort
 */
import type { Binds } from './binds.ts';
import type { PositionValue } from './page-position.ts';
import type { SearchQuery } from './resource-store.ts';

export interface SortKey {
  /** SQL of the value; never null. */
  expression: string;
  type: 'string' | 'number';
  descending: boolean;
  /** For a date parameter: its code. */
  dateCode?: string;
}

/** Beyond every date that the index holds, so that rows without a value come last. */
const AFTER_ALL_DATES = 9e15;

/**
 * The keys of a sort; the id comes last so that the order is total, in the direction of the key before it. A key that
 * is named twice, or stands behind the id, can not change the order and is left out.
 */
export function sortKeys(sort: SearchQuery['sort'] = []): SortKey[] {
  const wanted = sort.length > 0 ? sort : [{ by: 'lastUpdated' as const, descending: true }];
  const keys: SortKey[] = [];
  for (const { by, descending } of wanted) {
    if (keys.some((key) => key.expression === 'r.id')) break;
    const key = toKey(by, descending, keys.length);
    const isNamed = keys.some((known) => (known.dateCode ?? known.expression) === (key.dateCode ?? key.expression));
    if (!isNamed) keys.push(key);
  }
  const last = keys.at(-1);
  if (last && last.expression !== 'r.id')
    keys.push({ expression: 'r.id', type: 'string', descending: last.descending });
  return keys;
}

function toKey(by: NonNullable<SearchQuery['sort']>[number]['by'], descending: boolean, position: number): SortKey {
  if (by === 'id') return { expression: 'r.id', type: 'string', descending };
  if (by === 'lastUpdated') return { expression: 'r.last_updated', type: 'number', descending };
  // The first key is looked up by a join that finds a value or no row; further ones may find none.
  const absent = descending ? -AFTER_ALL_DATES : AFTER_ALL_DATES;
  const column = `s${position}.from_ms`;
  const expression = position === 0 ? column : `COALESCE(${column}, ${absent})`;
  return { expression, type: 'number', descending, dateCode: by.date };
}

export const orderBy = (keys: readonly SortKey[]): string =>
  keys.map(({ expression, descending }) => `${expression} ${descending ? 'DESC' : 'ASC'}`).join(', ');

/** The condition that a row comes after the one whose keys have these values. */
export function afterPosition(binds: Binds, keys: readonly SortKey[], values: readonly PositionValue[]): string {
  const bound = keys.map(({ type }, i) => `${binds.add(values[i] ?? null)}::${type === 'number' ? 'bigint' : 'text'}`);
  const beyond = (key: SortKey): string => (key.descending ? '<' : '>');
  const [first] = keys;
  if (!first) return 'true';
  if (keys.every(({ descending }) => descending === first.descending)) {
    return `(${keys.map(({ expression }) => expression).join(', ')}) ${beyond(first)} (${bound.join(', ')})`;
  }
  // Equal in the first n keys and beyond in the next: one alternative for each n.
  const alternatives = keys.map((key, n) => {
    const equal = keys.slice(0, n).map(({ expression }, i) => `${expression} = ${bound[i]}`);
    return `(${[...equal, `${key.expression} ${beyond(key)} ${bound[n]}`].join(' AND ')})`;
  });
  // Implied by all of them, and what an index can start from.
  return `(${first.expression} ${beyond(first)}= ${bound[0]} AND (${alternatives.join(' OR ')}))`;
}
