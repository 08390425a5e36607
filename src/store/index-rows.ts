/**
 * The rows that a commit adds to the four index tables, as one list per column.
 *
 * `ord` is the position of the resource in the commit, counted from 1; the statement turns it into the row's key.
 * Values that would make the same row are written once.
 */

import { normaliseString } from './normalise-string.ts';
import { BEGINNING_OF_TIME, END_OF_TIME, type IndexEntries } from './resource-store.ts';
import { type Hash64, paramHash, systemHash, systemValueHash, targetHash, valueHash } from './search-hash.ts';

export interface IndexColumns {
  tokens: { ord: number[]; value: Hash64[]; systemValue: Hash64[]; system: Hash64[] };
  references: { ord: number[]; param: Hash64[]; target: Hash64[] };
  dates: { ord: number[]; param: Hash64[]; from: number[]; to: number[]; isFirst: boolean[]; isLast: boolean[] };
  strings: { ord: number[]; param: Hash64[]; normalised: string[]; exact: string[] };
}

export const noIndexRows = (): IndexColumns => ({
  tokens: { ord: [], value: [], systemValue: [], system: [] },
  references: { ord: [], param: [], target: [] },
  dates: { ord: [], param: [], from: [], to: [], isFirst: [], isLast: [] },
  strings: { ord: [], param: [], normalised: [], exact: [] },
});

/** Adds what one resource leaves in the index. */
export function addIndexRows(to: IndexColumns, ord: number, resourceType: string, entries: IndexEntries): void {
  addTokens(to.tokens, ord, resourceType, entries.tokens);
  addReferences(to.references, ord, resourceType, entries.references);
  addDates(to.dates, ord, resourceType, entries.dates);
  addStrings(to.strings, ord, resourceType, entries.strings);
}

function addTokens(
  to: IndexColumns['tokens'],
  ord: number,
  resourceType: string,
  tokens: IndexEntries['tokens'],
): void {
  const seen = new Set<Hash64>();
  for (const { code, system = '', value } of tokens) {
    const systemValue = systemValueHash(resourceType, code, system, value);
    if (seen.has(systemValue)) continue;
    seen.add(systemValue);
    to.ord.push(ord);
    to.value.push(valueHash(resourceType, code, value));
    to.systemValue.push(systemValue);
    to.system.push(systemHash(resourceType, code, system));
  }
}

function addReferences(
  to: IndexColumns['references'],
  ord: number,
  resourceType: string,
  references: IndexEntries['references'],
): void {
  const seen = new Set<string>();
  for (const { code, target } of references) {
    const param = paramHash(resourceType, code);
    const hashed = targetHash(target);
    if (seen.has(`${param} ${hashed}`)) continue;
    seen.add(`${param} ${hashed}`);
    to.ord.push(ord);
    to.param.push(param);
    to.target.push(hashed);
  }
}

/** Whole milliseconds within the bounds; a fraction widens the range rather than narrowing it. */
export const toFromMs = (from: number): number => Math.floor(Math.min(Math.max(from, BEGINNING_OF_TIME), END_OF_TIME));
export const toToMs = (to: number): number => Math.ceil(Math.min(Math.max(to, BEGINNING_OF_TIME), END_OF_TIME));

function addDates(to: IndexColumns['dates'], ord: number, resourceType: string, dates: IndexEntries['dates']): void {
  const byCode = Map.groupBy(dates, ({ code }) => code);
  for (const [code, ofCode] of byCode) {
    const ranges = new Map(
      ofCode.map(({ from, to: end }) => [`${from} ${end}`, [toFromMs(from), toToMs(end)] as const]),
    );
    const sorted = [...ranges.values()].sort(([a], [b]) => a - b);
    sorted.forEach(([from, end], position) => {
      to.ord.push(ord);
      to.param.push(paramHash(resourceType, code));
      to.from.push(from);
      to.to.push(end);
      to.isFirst.push(position === 0);
      to.isLast.push(position === sorted.length - 1);
    });
  }
}

function addStrings(
  to: IndexColumns['strings'],
  ord: number,
  resourceType: string,
  strings: IndexEntries['strings'],
): void {
  const seen = new Set<string>();
  for (const { code, value } of strings) {
    if (seen.has(`${code} ${value}`)) continue;
    seen.add(`${code} ${value}`);
    to.ord.push(ord);
    to.param.push(paramHash(resourceType, code));
    to.normalised.push(normaliseString(value));
    to.exact.push(value);
  }
}
