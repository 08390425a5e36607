/**
 * Comparing dates by R4's prefixes, on half-open ranges [from, to) in epoch milliseconds.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#prefix
 *
 * | prefix | the resource's range compared with the value's range |
 * |--------|-------------------------------------------------------|
 * | eq     | lies within it |
 * | ne     | does not lie within it |
 * | gt     | reaches beyond its end |
 * | lt     | begins before its start |
 * | ge, le | gt or eq, lt or eq |
 * | sa, eb | begins at or after its end, ends at or before its start |
 * | ap     | overlaps it after it was widened by a tenth of its distance from now |
 *
 * Where a prefix compares both ends with OR, a condition that both sides imply stands in front: it is what the
 * database can look up in one index.
 */
import type { Binds } from './binds.ts';
import { toFromMs, toToMs } from './index-rows.ts';
import type { DateMatch } from './resource-store.ts';

/** The condition on the range of `date_index i`. */
export function dateCondition(binds: Binds, match: DateMatch, now: Date): string {
  const { from, to } = bounds(match, now);
  const [a, b] = [() => bigint(binds, from), () => bigint(binds, to)];
  switch (match.prefix) {
    case 'eq':
      return `(i.from_ms >= ${a()} AND i.to_ms <= ${b()} AND i.from_ms < ${b()})`;
    case 'ne':
      return `(i.from_ms < ${a()} OR i.to_ms > ${b()})`;
    case 'gt':
      return `i.to_ms > ${b()}`;
    case 'lt':
      return `i.from_ms < ${a()}`;
    case 'ge':
      return `(i.to_ms > ${a()} AND (i.to_ms > ${b()} OR i.from_ms >= ${a()}))`;
    case 'le':
      return `(i.from_ms < ${b()} AND (i.from_ms < ${a()} OR i.to_ms <= ${b()}))`;
    case 'sa':
      return `i.from_ms >= ${b()}`;
    case 'eb':
      return `i.to_ms <= ${a()}`;
    case 'ap':
      return `(i.from_ms < ${b()} AND i.to_ms > ${a()})`;
  }
}

/** The same for a single instant, a column that stands for the range of one millisecond. */
export function instantCondition(binds: Binds, column: string, match: DateMatch, now: Date): string {
  const { from, to } = bounds(match, now);
  const [a, b] = [() => bigint(binds, from), () => bigint(binds, to)];
  switch (match.prefix) {
    case 'eq':
    case 'ap':
      return `(${column} >= ${a()} AND ${column} < ${b()})`;
    case 'ne':
      return `(${column} < ${a()} OR ${column} >= ${b()})`;
    case 'gt':
    case 'sa':
      return `${column} >= ${b()}`;
    case 'lt':
    case 'eb':
      return `${column} < ${a()}`;
    case 'ge':
      return `${column} >= ${a()}`;
    case 'le':
      return `${column} < ${b()}`;
  }
}

/** The share of the distance from now by which `ap` widens a value. */
const APPROXIMATION = 0.1;

function bounds({ prefix, from, to }: DateMatch, now: Date): { from: number; to: number } {
  if (prefix !== 'ap') return { from: toFromMs(from), to: toToMs(to) };
  const at = now.getTime();
  const distance = at < from ? from - at : at > to ? at - to : 0;
  return { from: toFromMs(from - distance * APPROXIMATION), to: toToMs(to + distance * APPROXIMATION) };
}

const bigint = (binds: Binds, ms: number): string => `${binds.add(ms)}::bigint`;
