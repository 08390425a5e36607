/** One invented visit, and tables of small maps that turn it into a card. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { load, targetOf, visitToCard } from './support.ts';

export const visit: JsonObject = {
  id: 'v1',
  kind: 'outing',
  note: 'Went to the library',
  held: true,
  minutes: 90,
  rate: 12.5,
  start: '2026-03-02T16:00:00-06:00',
  end: '2026-03-02T17:30:00-06:00',
  day: '2026-03-02',
  tags: ['a', 'b', 'c'],
  concept: { coding: [{ system: 'https://example.org/kinds', code: 'outing' }], text: 'Outing' },
  period: { start: '2026-03-02' },
  person: { first: 'Ana', last: 'Ruiz', role: ['mentor', 'driver'] },
  goals: [
    { text: 'read', due: '2026-06-01', rank: 1, parts: [{ text: 'page one' }] },
    { text: 'write', rank: 2 },
    { text: 'sum', due: '2026-07-01', rank: 3 },
  ],
};

export type Row = [title: string, rules: string, expected: JsonObject, source?: JsonObject];

/** Each row is a test: the rules turn the source (or the visit) into exactly the expected card. */
export function table(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    for (const [title, rules, expected, source = visit] of rows) {
      test(title, () => {
        assert.deepEqual(targetOf(load(visitToCard(rules)), source), expected);
      });
    }
  });
}
