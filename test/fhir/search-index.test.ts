/**
 * What a resource is found by: https://hl7.org/fhir/R4/search.html#token, #reference, #date, #string and the expressions
 * of https://hl7.org/fhir/R4/searchparameter-registry.html
 */
import assert from 'node:assert/strict';
import type { Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, test } from 'vitest';
import type { Definitions } from '../../src/conformance/definitions.ts';
import { compileExpression } from '../../src/fhir/search/compile-path.ts';
import { dateRange } from '../../src/fhir/search/date-value.ts';
import { createSearchIndexer } from '../../src/fhir/search/search-index.ts';
import { splitEscaped, withoutEscapes } from '../../src/fhir/search/search-value.ts';
import {
  BEGINNING_OF_TIME,
  END_OF_TIME,
  type IndexEntries,
  type SearchIndexer,
} from '../../src/store/resource-store.ts';
import { example, loadTestDefinitions } from './fhir-app.ts';

let definitions: Definitions;
let index: SearchIndexer;
beforeAll(() => {
  definitions = loadTestDefinitions();
  index = createSearchIndexer(definitions, 'America/New_York');
});

const rows = (resource: object): IndexEntries => index(resource as Resource);
const tokens = (resource: object, code: string): string[] =>
  rows(resource)
    .tokens.filter((row) => row.code === code)
    .map((row) => `${row.system ?? ''}|${row.value}`);
const references = (resource: object, code: string): string[] =>
  rows(resource)
    .references.filter((row) => row.code === code)
    .map((row) => row.target);
const strings = (resource: object, code: string): string[] =>
  rows(resource)
    .strings.filter((row) => row.code === code)
    .map((row) => row.value);
const dates = (resource: object, code: string): [number, number][] =>
  rows(resource)
    .dates.filter((row) => row.code === code)
    .map((row) => [row.from, row.to]);
const at = (iso: string): number => Date.parse(iso);

describe('dates as ranges', () => {
  const ranges: [text: string, zone: string, from: string, to: string][] = [
    ['2026', 'UTC', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2026-02', 'UTC', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'],
    ['2024-02-29', 'UTC', '2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['2026-12-31', 'UTC', '2026-12-31T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2026-01-31', 'America/New_York', '2026-01-31T05:00:00Z', '2026-02-01T05:00:00Z'],
    // The days the clocks change are 23 and 25 hours long.
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
    ['2026-07-01T10:30', 'America/New_York', '2026-07-01T14:30:00Z', '2026-07-01T14:31:00Z'],
    ['2026-07-01T10:30:15Z', 'America/New_York', '2026-07-01T10:30:15Z', '2026-07-01T10:30:16Z'],
    ['2026-07-01T10:30:15.25+05:30', 'UTC', '2026-07-01T05:00:15.250Z', '2026-07-01T05:00:15.260Z'],
    ['2026-07-01T10:30:15.1234567Z', 'UTC', '2026-07-01T10:30:15.123Z', '2026-07-01T10:30:15.124Z'],
    ['2026-07-01T24:00:00Z', 'UTC', '', ''],
    ['2026-06-30T23:59:60Z', 'UTC', '2026-07-01T00:00:00Z', '2026-07-01T00:00:01Z'],
    ['0001-01-01', 'UTC', '0001-01-01T00:00:00Z', '0001-01-02T00:00:00Z'],
  ];
  for (const [text, zone, from, to] of ranges) {
    test(`${text} in ${zone}`, () => {
      assert.deepEqual(dateRange(text, zone), from === '' ? undefined : { from: at(from), to: at(to) });
    });
  }
  for (const text of [
    '',
    '0000',
    '2026-00',
    '2026-13',
    '2026-02-29',
    '2026-04-31',
    '2026-1-1',
    '2026-01-01T1',
    '2026-01-01T10:61',
    '2026-01-01T10:00+15:00',
    '2026-01-01Z',
    ' 2026',
  ]) {
    test(`"${text}" is no date`, () => assert.equal(dateRange(text, 'UTC'), undefined));
  }

  test('open periods, timings, instants', () => {
    const period = (start?: string, end?: string) =>
      dates({ resourceType: 'Encounter', period: { ...(start && { start }), ...(end && { end }) } }, 'date');
    assert.deepEqual(period('2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z'), [
      [at('2026-01-01T00:00:00Z'), at('2026-01-01T01:00:01Z')],
    ]);
    assert.deepEqual(period('2026-01-01T00:00:00Z'), [[at('2026-01-01T00:00:00Z'), END_OF_TIME]]);
    assert.deepEqual(period(undefined, '2026-01-01T00:00:00Z'), [[BEGINNING_OF_TIME, at('2026-01-01T00:00:01Z')]]);
    assert.deepEqual(period(), []);
    const timing = {
      event: ['2026-03-01T00:00:00Z', '2026-01-01T00:00:00Z'],
      repeat: { boundsPeriod: { end: '2026-02-01T00:00:00Z' } },
    };
    assert.deepEqual(dates({ resourceType: 'ServiceRequest', occurrenceTiming: timing }, 'occurrence'), [
      [BEGINNING_OF_TIME, at('2026-03-01T00:00:01Z')],
    ]);
    assert.deepEqual(
      dates({ resourceType: 'ServiceRequest', occurrenceTiming: { repeat: { frequency: 1 } } }, 'occurrence'),
      [],
    );
    assert.deepEqual(
      dates({ resourceType: 'ServiceRequest', occurrencePeriod: { start: '2026-01-01T00:00:00Z' } }, 'occurrence')
        .length,
      1,
    );
  });
});

describe('tokens', () => {
  test('codes carry the system of their binding, identifiers and codings their own', () => {
    const encounter = example('Encounter-example-session');
    assert.deepEqual(tokens(encounter, 'status'), ['http://hl7.org/fhir/encounter-status|finished']);
    assert.deepEqual(tokens(encounter, 'identifier'), ['https://riverbend.example.org/ids/session|V-20250603-2']);
    assert.deepEqual(tokens(encounter, 'class'), ['http://terminology.hl7.org/CodeSystem/v3-ActCode|FLD']);
    assert.deepEqual(tokens(encounter, '_profile'), [
      '|https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-session',
    ]);
  });

  test('telecom by kind; booleans; what has no code leaves no row', () => {
    const patient = {
      resourceType: 'Patient',
      active: false,
      telecom: [{ system: 'phone', value: '1' }, { system: 'email', value: 'a@b' }, { system: 'phone' }],
      identifier: [{ system: 'urn:x' }, { value: 'bare' }],
      meta: { tag: [{ system: 'urn:x' }] },
    };
    assert.deepEqual(tokens(patient, 'phone'), ['|1']);
    assert.deepEqual(tokens(patient, 'email'), ['|a@b']);
    assert.deepEqual(tokens(patient, 'telecom'), ['|1', '|a@b']);
    assert.deepEqual(tokens(patient, 'active'), ['|false']);
    assert.deepEqual(tokens(patient, 'identifier'), ['|bare']);
    assert.deepEqual(tokens(patient, '_tag'), []);
  });

  test('choices, components and extensions', () => {
    const code = { coding: [{ system: 'urn:s', code: 'c' }] };
    const observation = {
      resourceType: 'Observation',
      valueCodeableConcept: code,
      component: [{ code, valueCodeableConcept: code }],
    };
    assert.deepEqual(tokens(observation, 'value-concept'), ['urn:s|c']);
    assert.deepEqual(tokens(observation, 'combo-value-concept'), ['urn:s|c', 'urn:s|c']);
    assert.deepEqual(tokens({ resourceType: 'Observation', valueQuantity: { value: 1 } }, 'value-concept'), []);
    const activity = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity';
    const extension = [
      { url: activity, valueCodeableConcept: code },
      { url: 'urn:other', valueCodeableConcept: code },
    ];
    assert.deepEqual(tokens({ resourceType: 'Encounter', extension }, 'tm-activity'), ['urn:s|c']);
  });
});

describe('references', () => {
  test('resolve() is X goes by the type in the reference', () => {
    const session = (reference: string, more: object = {}) => ({
      resourceType: 'Encounter',
      subject: { reference, ...more },
    });
    assert.deepEqual(references(session('Patient/1'), 'patient'), ['Patient/1']);
    assert.deepEqual(references(session('Group/1'), 'patient'), []);
    assert.deepEqual(references(session('Group/1'), 'subject'), ['Group/1']);
    assert.deepEqual(references(session('https://ehr.example/Patient/1'), 'patient'), [
      'https://ehr.example/Patient/1',
    ]);
    assert.deepEqual(references(session('Patient/1/_history/3'), 'patient'), ['Patient/1']);
    assert.deepEqual(references(session('#p', { type: 'Patient' }), 'patient'), []);
    assert.deepEqual(references(session('urn:uuid:1', { type: 'Patient' }), 'patient'), []);
    assert.deepEqual(
      references({ resourceType: 'Encounter', subject: { identifier: { value: 'x' }, type: 'Patient' } }, 'patient'),
      [],
    );
  });

  test('canonicals with and without their version', () => {
    const report = { resourceType: 'MeasureReport', measure: 'https://a.example/M|1.0' };
    assert.deepEqual(references(report, 'measure'), ['https://a.example/M|1.0', 'https://a.example/M']);
  });
});

describe('strings', () => {
  test('every part of a name and an address', () => {
    const patient = {
      resourceType: 'Patient',
      name: [{ family: 'Vega', given: ['Ana', 'Sol'], text: 'Ana Vega' }],
      address: [{ line: ['1 Elm'], city: 'Lynn' }],
    };
    assert.deepEqual(strings(patient, 'name'), ['Ana Vega', 'Vega', 'Ana', 'Sol']);
    assert.deepEqual(strings(patient, 'family'), ['Vega']);
    assert.deepEqual(strings(patient, 'given'), ['Ana', 'Sol']);
    assert.deepEqual(strings(patient, 'address'), ['1 Elm', 'Lynn']);
    assert.deepEqual(strings(patient, 'address-city'), ['Lynn']);
  });
});

describe('what does not compile', () => {
  for (const expression of [
    'Patient.deceased.exists() and Patient.deceased != false',
    'Patient.nonsense',
    'Patient.name.family.first()',
    'Patient.name[0]',
    "Patient.telecom.where(system='phone' and use='home')",
    'Patient.telecom.where(rank > 1)',
    'Observation.code',
    'Patient',
    '',
  ]) {
    test(expression || 'nothing', () => assert.equal(compileExpression(expression, 'Patient', definitions), undefined));
  }
  for (const expression of [
    'Patient.name | Patient.telecom',
    '(Patient.deceased as dateTime)',
    'Patient.deceased.as(dateTime)',
    "Patient.extension('urn:x').value.ofType(code)",
    "Patient.telecom.where(system = 'phone')",
    'Resource.meta.tag | Encounter.type',
  ]) {
    test(`${expression} does`, () => assert.ok(compileExpression(expression, 'Patient', definitions)?.length));
  }
});

test('escapes in values', () => {
  assert.deepEqual(splitEscaped('a\\,b,c', ',').map(withoutEscapes), ['a,b', 'c']);
  assert.deepEqual(splitEscaped('a\\|b|c', '|').map(withoutEscapes), ['a|b', 'c']);
  assert.deepEqual(splitEscaped('a\\\\,b', ',').map(withoutEscapes), ['a\\', 'b']);
  assert.equal(withoutEscapes('a\\b\\$'), 'a\\b$');
});
