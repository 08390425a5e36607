/**
 * A map owns what it writes; what partners added stays.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#update (an update replaces: here only the owner's part)
 */
import { describe, expect, test } from 'vitest';
import { mergeResource } from '../../src/records/merge-resource.ts';
import { overlaid } from '../../src/records/overlay.ts';

type Row = [title: string, base: object | undefined, current: object, next: object, merged: object];

const A = { system: 'a', value: '1' };
const B = { system: 'b', value: '2' };
const concept = (code: string, ...others: string[]) => ({
  coding: [code, ...others].map((one) => ({ system: 's', code: one })),
});

describe('three-way merge', () => {
  const rows: Row[] = [
    ['a new value of the map', { status: 'a' }, { status: 'a' }, { status: 'b' }, { status: 'b' }],
    ['the map wins over a partner', { status: 'a' }, { status: 'x' }, { status: 'b' }, { status: 'b' }],
    [
      'the map wins also when it says the same as before',
      { status: 'a' },
      { status: 'x' },
      { status: 'a' },
      { status: 'a' },
    ],
    [
      'an element that a partner added stays',
      { status: 'a' },
      { status: 'a', note: 'n' },
      { status: 'b' },
      { status: 'b', note: 'n' },
    ],
    [
      'an element the map no longer writes goes',
      { status: 'a', note: 'n' },
      { status: 'a', note: 'n' },
      { status: 'a' },
      { status: 'a' },
    ],
    ['it goes too when a partner had changed it', { note: 'n' }, { note: 'x' }, {}, {}],
    [
      'an element a partner removed comes back',
      { status: 'a', note: 'n' },
      { status: 'a' },
      { status: 'a', note: 'n' },
      { status: 'a', note: 'n' },
    ],
    [
      'inside of objects',
      { period: { start: '1' } },
      { period: { start: '1', end: '2' } },
      { period: { start: '3' } },
      { period: { start: '3', end: '2' } },
    ],
    [
      'a partner’s part of an object the map no longer writes',
      { period: { start: '1' } },
      { period: { start: '1', end: '2' } },
      {},
      { period: { end: '2' } },
    ],
    [
      'a list item that a partner added stays',
      { identifier: [A] },
      { identifier: [A, B] },
      { identifier: [A] },
      { identifier: [A, B] },
    ],
    [
      'a list item the map no longer writes goes',
      { identifier: [A, B] },
      { identifier: [A, B] },
      { identifier: [B] },
      { identifier: [B] },
    ],
    [
      'a partner’s item stays when the map’s list goes',
      { identifier: [A] },
      { identifier: [A, B] },
      {},
      { identifier: [B] },
    ],
    ['the map’s list goes', { identifier: [A] }, { identifier: [A] }, {}, {}],
    [
      'a partner put an item first',
      { identifier: [A] },
      { identifier: [B, A] },
      { identifier: [A] },
      { identifier: [A, B] },
    ],
    [
      'a partner wrote the map’s new item before',
      { identifier: [A] },
      { identifier: [A, B] },
      { identifier: [A, B] },
      { identifier: [A, B] },
    ],
    [
      'an identifier’s new value is the same identifier',
      { identifier: [A] },
      { identifier: [A] },
      { identifier: [{ ...A, value: '9' }] },
      { identifier: [{ ...A, value: '9' }] },
    ],
    [
      'a partner changed an identifier of the map',
      { identifier: [A] },
      { identifier: [{ ...A, value: 'x' }] },
      { identifier: [A] },
      { identifier: [A] },
    ],
    [
      'a partner added a coding beside ours',
      { type: [concept('a')] },
      { type: [concept('a', 'p')] },
      { type: [concept('a')] },
      { type: [concept('a', 'p')] },
    ],
    [
      'a code that changed takes the old one away',
      { type: [concept('a')] },
      { type: [concept('a')] },
      { type: [concept('b')] },
      { type: [concept('b')] },
    ],
    [
      'the order of the map counts',
      { reason: [concept('a'), concept('b')] },
      { reason: [concept('a'), concept('b')] },
      { reason: [concept('b'), concept('a')] },
      { reason: [concept('b'), concept('a')] },
    ],
    [
      'a partner enriched an item that the map rewrites',
      { extension: [{ url: 'u', valueString: 'a' }] },
      { extension: [{ url: 'u', valueString: 'a', id: 'x' }] },
      { extension: [{ url: 'u', valueString: 'b' }] },
      { extension: [{ url: 'u', valueString: 'b', id: 'x' }] },
    ],
    [
      'texts in a list',
      { note: ['a', 'b'] },
      { note: ['a', 'b', 'p'] },
      { note: ['b', 'c'] },
      { note: ['b', 'c', 'p'] },
    ],
    [
      'a first write onto a stored resource keeps all of it',
      undefined,
      { identifier: [B], x: 1 },
      { identifier: [A], status: 'a' },
      { identifier: [A, B], status: 'a', x: 1 },
    ],
  ];
  test.each(rows)('%s', (_title, base, current, next, merged) => {
    const before = structuredClone({ base, current, next });
    expect(mergeResource(base, current, next)).toEqual(merged);
    expect({ base, current, next }).toEqual(before);
  });

  test('merging the same again changes nothing', () => {
    const stored = mergeResource({ status: 'a' }, { status: 'a', identifier: [B] }, { status: 'b', identifier: [A] });
    expect(mergeResource({ status: 'b', identifier: [A] }, stored, { status: 'b', identifier: [A] })).toEqual(stored);
  });
});

describe('overlay', () => {
  test('single values win, list items are added once, objects are laid into each other', () => {
    const below = {
      resourceType: 'EpisodeOfCare',
      status: 'active',
      period: { start: '1' },
      extension: [{ url: 'a' }],
    };
    const above = {
      resourceType: 'EpisodeOfCare',
      status: 'finished',
      period: { end: '2' },
      extension: [{ url: 'a' }, { url: 'b' }],
    };
    expect(overlaid(below as never, above as never)).toEqual({
      resourceType: 'EpisodeOfCare',
      status: 'finished',
      period: { start: '1', end: '2' },
      extension: [{ url: 'a' }, { url: 'b' }],
    });
    expect(overlaid(below as never, undefined)).toBe(below);
  });
});
