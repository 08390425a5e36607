/**
 * A map owns what it writes; what partners added stays.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#update (an update replaces: here only the owner's part)
 */
import { describe, expect, test } from 'vitest';
import { loadCheckoutDefinitions } from '../../src/engines.ts';
import { overlaid } from '../../src/records/overlay/overlay.ts';
import { mergeResource, OPEN_PARTS } from '../../src/records/resources/merge-resource.ts';
import { RETIRABLE_TYPES } from '../../src/records/resources/retire.ts';
import { ROOT } from './service.ts';

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

/**
 * What a partner said of one thing must never stand at another: a name, a number, a translation of another code.
 */
describe('what a partner added to an object', () => {
  const ana = { reference: 'Patient/a' };
  const anaNamed = { ...ana, display: 'Ana Rivera', identifier: { system: 'mrn', value: '77' } };
  const icd = { system: 'icd', code: 'F90' };
  const other = { system: 'icd', code: 'F32' };
  const snomed = { system: 'sct', code: '406506008', display: 'ADHD' };
  const phone = { system: 'phone', value: '1' };
  const mainStreet = { line: ['1 Main St'], city: 'Springfield' };
  const mainStreetInFull = { ...mainStreet, postalCode: '01103', text: '1 Main St, Springfield 01103' };
  const elmStreet = { line: ['9 Elm St'], city: 'Springfield' };
  const rivera = { family: 'Rivera', given: ['Ana'] };
  const riveraInFull = { ...rivera, text: 'Ana Rivera', prefix: ['Ms'] };
  const mentorA = { individual: { reference: 'PractitionerRole/a' } };
  const mentorB = { individual: { reference: 'PractitionerRole/b' } };
  const since = { period: { start: '2026-01-01' } };

  const stays: Row[] = [
    ['a name at the same reference', { subject: ana }, { subject: anaNamed }, { subject: ana }, { subject: anaNamed }],
    [
      'a name where the map says more of the same reference',
      { subject: ana },
      { subject: anaNamed },
      { subject: { ...ana, type: 'Patient' } },
      { subject: { ...anaNamed, type: 'Patient' } },
    ],
    [
      'a name at a reference that the map writes for the first time',
      undefined,
      { subject: anaNamed },
      { subject: ana },
      { subject: anaNamed },
    ],
    [
      'the display of the same code',
      { code: { coding: [icd] } },
      { code: { coding: [{ ...icd, display: 'ADHD' }] } },
      { code: { coding: [icd] } },
      { code: { coding: [{ ...icd, display: 'ADHD' }] } },
    ],
    [
      'text and a translation at the same code, in other words of the map',
      { code: { coding: [icd], text: 'old' } },
      { code: { coding: [icd, snomed], text: 'old' } },
      { code: { coding: [icd], text: 'new' } },
      { code: { coding: [icd, snomed], text: 'new' } },
    ],
    [
      'the use of the same number',
      { telecom: [phone] },
      { telecom: [{ ...phone, use: 'mobile', rank: 1 }] },
      { telecom: [phone] },
      { telecom: [{ ...phone, use: 'mobile', rank: 1 }] },
    ],
    [
      'the assigner of the same identifier, of which the map says more',
      { identifier: [A] },
      { identifier: [{ ...A, assigner: { display: 'Clinic' } }] },
      { identifier: [{ ...A, type: { text: 't' } }] },
      { identifier: [{ ...A, type: { text: 't' }, assigner: { display: 'Clinic' } }] },
    ],
    [
      'the title of the same attachment',
      { photo: [{ url: 'Binary/1' }] },
      { photo: [{ url: 'Binary/1', title: 't' }] },
      { photo: [{ url: 'Binary/1', contentType: 'image/png' }] },
      { photo: [{ url: 'Binary/1', contentType: 'image/png', title: 't' }] },
    ],
    [
      'the postal code of the same address',
      { address: [mainStreet] },
      { address: [mainStreetInFull], gender: 'x' },
      { address: [mainStreet] },
      { address: [mainStreetInFull], gender: 'x' },
    ],
    [
      'the postal code of an address that the map writes for the first time',
      undefined,
      { address: mainStreetInFull },
      { address: mainStreet },
      { address: mainStreetInFull },
    ],
    [
      'text of the same name',
      { name: [rivera] },
      { name: [riveraInFull] },
      { name: [rivera] },
      { name: [riveraInFull] },
    ],
    [
      'the end of the same period',
      { period: { start: '1' } },
      { period: { start: '1', end: '2' } },
      { period: { start: '1' }, status: 'a' },
      { period: { start: '1', end: '2' }, status: 'a' },
    ],
    [
      'the period of the same participant, at another place in the list',
      { participant: [mentorA] },
      { participant: [{ ...mentorA, ...since }] },
      { participant: [mentorB, mentorA] },
      { participant: [mentorB, { ...mentorA, ...since }] },
    ],
    [
      'a security label, whatever else of meta the map changes',
      { meta: { tag: [icd] } },
      { meta: { tag: [icd], security: [{ code: 'R' }] } },
      { meta: { tag: [other] } },
      { meta: { tag: [other], security: [{ code: 'R' }] } },
    ],
    [
      'a security label, where the map writes no meta any more',
      { meta: { tag: [icd] } },
      { meta: { tag: [icd], security: [{ code: 'R' }] } },
      {},
      { meta: { security: [{ code: 'R' }] } },
    ],
    [
      'a part of the resource itself, whatever else of that part the map changes',
      { context: { encounter: [{ reference: 'Encounter/1' }] } },
      { context: { encounter: [{ reference: 'Encounter/1' }], practiceSetting: { text: 'clinic' } } },
      { context: { encounter: [{ reference: 'Encounter/2' }] } },
      { context: { encounter: [{ reference: 'Encounter/2' }], practiceSetting: { text: 'clinic' } } },
    ],
    [
      'an extension of the same primitive value',
      { birthDate: '2011-05-06' },
      { birthDate: '2011-05-06', _birthDate: { extension: [{ url: 'time' }] } },
      { birthDate: '2011-05-06', gender: 'other' },
      { birthDate: '2011-05-06', gender: 'other', _birthDate: { extension: [{ url: 'time' }] } },
    ],
    [
      'an extension of a primitive without a value',
      {},
      { _birthDate: { extension: [{ url: 'absent' }] } },
      { gender: 'other' },
      { gender: 'other', _birthDate: { extension: [{ url: 'absent' }] } },
    ],
    [
      'the narrative, while the map says the same',
      { meta: { profile: ['p'] }, status: 'a' },
      { meta: { profile: ['p'] }, status: 'a', text: { div: 'a' }, note: 'n' },
      { status: 'a' },
      { status: 'a', text: { div: 'a' }, note: 'n' },
    ],
  ];
  test.each(stays)('stays: %s', (_title, base, current, next, merged) => {
    expect(mergeResource(base, current, next)).toEqual(merged);
  });

  const goes: Row[] = [
    [
      'a name and a number, with the reference to somebody else',
      { subject: ana },
      { subject: anaNamed },
      { subject: { reference: 'Patient/b' } },
      { subject: { reference: 'Patient/b' } },
    ],
    [
      'a name that a partner put with another reference in our place',
      { subject: ana },
      { subject: { reference: 'Patient/b', display: 'Ben' } },
      { subject: ana },
      { subject: ana },
    ],
    [
      'a name at another reference that the map writes for the first time',
      undefined,
      { subject: anaNamed },
      { subject: { reference: 'Patient/b' } },
      { subject: { reference: 'Patient/b' } },
    ],
    ['a name, with the reference that the map no longer writes', { subject: ana }, { subject: anaNamed }, {}, {}],
    [
      'a name inside of a list item whose reference changed',
      { participant: [{ individual: ana }] },
      { participant: [{ individual: anaNamed }] },
      { participant: [{ individual: { reference: 'PractitionerRole/b' } }] },
      { participant: [{ individual: { reference: 'PractitionerRole/b' } }] },
    ],
    [
      'the display of another code',
      { code: { coding: [icd] } },
      { code: { coding: [{ ...icd, display: 'ADHD' }] } },
      { code: { coding: [other] } },
      { code: { coding: [other] } },
    ],
    [
      'text and a translation of another code',
      { code: { coding: [icd] } },
      { code: { coding: [icd, snomed], text: 'ADHD' } },
      { code: { coding: [other] } },
      { code: { coding: [other] } },
    ],
    [
      'text of our code, when a partner’s translation becomes our code',
      { code: { coding: [icd] } },
      { code: { coding: [icd, other], text: 'ADHD' } },
      { code: { coding: [other] } },
      { code: { coding: [other] } },
    ],
    [
      'the postal code of an address of which the map says less',
      { address: mainStreet },
      { address: mainStreetInFull },
      { address: { city: 'Springfield' } },
      { address: { city: 'Springfield' } },
    ],
    [
      'the same in a list',
      { category: [{ coding: [icd] }] },
      { category: [{ coding: [icd, snomed], text: 'ADHD' }] },
      { category: [{ coding: [other] }] },
      { category: [{ coding: [other] }] },
    ],
    [
      'text at a code that a partner put in place of ours',
      { code: { coding: [icd] } },
      { code: { coding: [other], text: 'Depression' } },
      { code: { coding: [icd] } },
      { code: { coding: [icd] } },
    ],
    [
      'a translation, with the code that the map no longer writes',
      { code: { coding: [icd] } },
      { code: { coding: [icd, snomed] } },
      {},
      {},
    ],
    [
      'the display of a tag of another code',
      { meta: { tag: [icd] } },
      { meta: { tag: [{ ...icd, display: 'ADHD' }] } },
      { meta: { tag: [other] } },
      { meta: { tag: [other] } },
    ],
    [
      'the period of another number',
      { telecom: [phone] },
      { telecom: [{ ...phone, period: { start: '2020' } }] },
      { telecom: [{ ...phone, value: '2' }] },
      { telecom: [{ ...phone, value: '2' }] },
    ],
    [
      'the assigner of another identifier',
      { identifier: [A] },
      { identifier: [{ ...A, assigner: { display: 'Clinic' } }] },
      { identifier: [{ ...A, value: '9' }] },
      { identifier: [{ ...A, value: '9' }] },
    ],
    [
      'the unit of another quantity',
      { value: { value: 1, system: 'ucum', code: 'h' } },
      { value: { value: 1, system: 'ucum', code: 'h', unit: 'hour' } },
      { value: { value: 1, system: 'ucum', code: 'min' } },
      { value: { value: 1, system: 'ucum', code: 'min' } },
    ],
    [
      'the title of another attachment',
      { photo: [{ url: 'Binary/1' }] },
      { photo: [{ url: 'Binary/1', title: 't' }] },
      { photo: [{ url: 'Binary/2' }] },
      { photo: [{ url: 'Binary/2' }] },
    ],
    [
      'the postal code and text of another address',
      { address: [mainStreet] },
      { address: [mainStreetInFull] },
      { address: [elmStreet] },
      { address: [elmStreet] },
    ],
    [
      'the same outside of a list',
      { address: mainStreet },
      { address: mainStreetInFull },
      { address: elmStreet },
      { address: elmStreet },
    ],
    [
      'the postal code of an address that the map writes for the first time, and differently',
      undefined,
      { address: mainStreetInFull },
      { address: elmStreet },
      { address: elmStreet },
    ],
    [
      'text of another name',
      { name: [rivera] },
      { name: [riveraInFull] },
      { name: [{ ...rivera, family: 'Diaz' }] },
      { name: [{ ...rivera, family: 'Diaz' }] },
    ],
    [
      'text of a name that a partner changed',
      { name: [rivera] },
      { name: [{ family: 'Diaz', given: ['Ana'], text: 'Ana Diaz' }] },
      { name: [rivera] },
      { name: [rivera] },
    ],
    [
      'the end of another period',
      { period: { start: '1' } },
      { period: { start: '1', end: '2' } },
      { period: { start: '3' } },
      { period: { start: '3' } },
    ],
    [
      'the end of a period that the map no longer writes',
      { period: { start: '1' } },
      { period: { start: '1', end: '2' } },
      {},
      {},
    ],
    [
      'the period of another participant in the same place',
      { participant: [mentorA] },
      { participant: [{ ...mentorA, ...since }] },
      { participant: [mentorB] },
      { participant: [mentorB] },
    ],
    [
      'the period of a participant whom a partner put in place of ours',
      { participant: [mentorA] },
      { participant: [{ ...mentorB, ...since }] },
      { participant: [mentorA] },
      { participant: [mentorA] },
    ],
    [
      'part of an extension of parts that the map writes anew',
      { extension: [{ url: 'u', extension: [{ url: 'number', valueString: '1' }] }] },
      {
        extension: [
          {
            url: 'u',
            extension: [
              { url: 'number', valueString: '1' },
              { url: 'by', valueString: 'A' },
            ],
          },
        ],
      },
      { extension: [{ url: 'u', extension: [{ url: 'number', valueString: '2' }] }] },
      { extension: [{ url: 'u', extension: [{ url: 'number', valueString: '2' }] }] },
    ],
    [
      'an extension of another primitive value',
      { birthDate: '2011-05-06' },
      { birthDate: '2011-05-06', _birthDate: { extension: [{ url: 'time' }] } },
      { birthDate: '2012-05-06' },
      { birthDate: '2012-05-06' },
    ],
    [
      'the reason for a missing value, when the map has one',
      {},
      { _birthDate: { extension: [{ url: 'absent' }] } },
      { birthDate: '2012-05-06' },
      { birthDate: '2012-05-06' },
    ],
    [
      'the narrative of what the map no longer says',
      { name: [rivera] },
      { name: [rivera], text: { status: 'generated', div: 'Rivera' } },
      { name: [{ ...rivera, family: 'Diaz' }] },
      { name: [{ ...rivera, family: 'Diaz' }] },
    ],
  ];
  test.each(goes)('goes: %s', (_title, base, current, next, merged) => {
    expect(mergeResource(base, current, next)).toEqual(merged);
  });
});

test('the parts of a resource that partners may add to are those of R4', () => {
  const definitions = loadCheckoutDefinitions(ROOT);
  const found = RETIRABLE_TYPES.flatMap((resourceType) => {
    const { snapshot } = definitions.structure(`http://hl7.org/fhir/StructureDefinition/${resourceType}`) ?? {};
    expect(snapshot?.element.length).toBeGreaterThan(5);
    return (snapshot?.element ?? []).filter(
      ({ path, max, type }) =>
        path.split('.').length === 2 &&
        max === '1' &&
        type?.some(({ code }) => code === 'BackboneElement' || code === 'Meta'),
    );
  });
  expect(new Set(found.map(({ path }) => path.split('.')[1]))).toEqual(OPEN_PARTS);
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
