/**
 * What partners add to the resources of a record stays with FHIR and does not disturb the way back: other codings,
 * identifiers, notes, participants, extensions that the record has no field for.
 *
 * Spec: https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/datatypes.html#CodeableConcept
 */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { disturbed } from './disturbed.ts';
import { agency, fromFhir, goldenCases, readJsonFile } from './maps-under-test.ts';

const UCUM = 'http://unitsofmeasure.org';

describe('a record comes back the same after partners have added to its resources', () => {
  const cases = RECORD_KINDS.flatMap((kind) =>
    goldenCases
      .filter(({ map }) => kind.toFhir.endsWith(`/${map}`))
      .map((golden) => ({ name: golden.name, kind, golden })),
  );

  test.each(cases)('$name', ({ kind, golden }) => {
    const bundle = readJsonFile(golden.expectedFile);
    const entry = (bundle.entry as { fullUrl: string; resource: JsonObject }[]).map(({ fullUrl, resource }) => ({
      fullUrl,
      resource: disturbed(resource),
    }));
    expect(fromFhir(kind, { ...bundle, entry }, agency)).toEqual(readJsonFile(golden.inputFile).src);
  });
});

test('an episode that a discharge has ended still reads as the episode record wrote it', () => {
  const episodes = RECORD_KINDS.find(({ kind }) => kind === 'episodes');
  const golden = goldenCases.find(({ name }) => name === 'episode-to-fhir/minimal');
  if (!episodes || !golden) throw new Error('The episode case is missing');
  const bundle = readJsonFile(golden.expectedFile) as { entry: { resource: JsonObject }[] };
  const ended = structuredClone(bundle);
  for (const { resource } of ended.entry) {
    if (resource.resourceType !== 'EpisodeOfCare') continue;
    Object.assign(resource, { status: 'finished', period: { ...(resource.period as JsonObject), end: '2026-01-31' } });
  }
  expect(fromFhir(episodes, ended as unknown as JsonObject, agency)).toEqual(readJsonFile(golden.inputFile).src);
});

/** Values that partners write in units the record does not have: read as they stand they would be wrong by far. */
const OTHER_UNITS: [name: string, field: string, path: string, change: JsonObject][] = [
  ['session-to-fhir/full', 'minutes', 'length', { value: 2, unit: 'h', system: UCUM, code: 'h' }],
  [
    'referral-to-fhir/full-first-request',
    'hoursPerMonth',
    'quantityRatio',
    { numerator: { value: 4, system: UCUM, code: 'h' }, denominator: { value: 1, system: UCUM, code: 'wk' } },
  ],
];

test.each(OTHER_UNITS)('%s: %s is absent when a partner gave it another unit', (name, field, path, change) => {
  const kind = RECORD_KINDS.find(({ toFhir }) => toFhir.endsWith(`/${name.slice(0, name.indexOf('/'))}`));
  const golden = goldenCases.find((candidate) => candidate.name === name);
  if (!kind || !golden) throw new Error(`There is no golden case ${name}`);
  const bundle = readJsonFile(golden.expectedFile) as { entry: { resource: JsonObject }[] };
  for (const { resource } of bundle.entry) {
    expect(resource[path]).toBeDefined();
    resource[path] = change;
  }
  const { [field]: dropped, ...rest } = readJsonFile(golden.inputFile).src as JsonObject;
  expect(dropped).toBeDefined();
  expect(fromFhir(kind, bundle as unknown as JsonObject, agency)).toEqual(rest);
});

test('a reason for a cancellation that a partner gave is read as the reason', () => {
  const kind = RECORD_KINDS.find(({ kind: name }) => name === 'sessions');
  const golden = goldenCases.find(({ name }) => name === 'session-to-fhir/cancelled');
  if (!kind || !golden) throw new Error('The session case is missing');
  const text = JSON.stringify(readJsonFile(golden.expectedFile)).replaceAll(',"userSelected":true', '');
  expect(text).toContain('weather');
  expect(fromFhir(kind, JSON.parse(text) as JsonObject, agency)).toEqual(readJsonFile(golden.inputFile).src);
});

test.each(
  goldenCases.filter(({ map }) => map.endsWith('-to-fhir')),
)('$name: a reference to what the agency never sent is not taken for one of its ids', ({
  map,
  inputFile,
  expectedFile,
}) => {
  const kind = RECORD_KINDS.find(({ toFhir }) => toFhir.endsWith(`/${map}`));
  if (!kind) throw new Error(`No kind has the map ${map}`);
  const elsewhere = JSON.stringify(readJsonFile(expectedFile)).replace(
    /"(reference|url)":"urn:mentoring:(\w+):[^"]*"/g,
    '"$1":"https://elsewhere.example/$2/1"',
  );
  const back = fromFhir(kind, JSON.parse(elsewhere) as JsonObject, agency);
  expect(JSON.stringify(back)).not.toMatch(/elsewhere|urn:mentoring/);
  expect(back.id).toBe((readJsonFile(inputFile).src as JsonObject).id);
});
