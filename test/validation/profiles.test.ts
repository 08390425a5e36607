/**
 * https://hl7.org/fhir/R4/profiling.html: what a profile adds to its base: cardinality, fixed and pattern values, lengths,
 * narrowed choices, invariants; and which profiles are followed.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { createValidator } from '../../src/validation/create-validator.ts';
import { definitionsWith, EXAMPLE, linesWith, profile } from './support.ts';

const HOME = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' };

const session = profile('session', 'Encounter', [
  {
    id: 'Encounter',
    constraint: [
      {
        key: 'ex-1',
        severity: 'error',
        human: 'A finished session has an end.',
        requirements: 'CYS-008: the hours are billed',
        expression: "status = 'finished' implies period.end.exists()",
        source: `${EXAMPLE}/session`,
      },
      {
        key: 'ex-2',
        severity: 'warning',
        human: 'Say why.',
        expression: 'reasonCode.exists()',
        source: `${EXAMPLE}/session`,
      },
      {
        key: 'ex-3',
        severity: 'error',
        human: 'Never empty.',
        expression: 'length.value < 600',
        source: `${EXAMPLE}/session`,
      },
    ],
  },
  { id: 'Encounter.serviceType', min: 1, patternCodeableConcept: { coding: [{ system: 'urn:s', code: 'tm' }] } },
  { id: 'Encounter.class', fixedCoding: HOME },
  { id: 'Encounter.hospitalization', max: '0' },
  { id: 'Encounter.type', max: '1' },
  { id: 'Encounter.participant', min: 2 },
  { id: 'Encounter.period', min: 1 },
  { id: 'Encounter.period.start', min: 1, minValueDateTime: '2020-01-01' },
  { id: 'Encounter.participant.individual', min: 1 },
  { id: 'Encounter.length', min: 1 },
  { id: 'Encounter.identifier.value', maxLength: 5 },
]);
const narrower = profile('narrower', 'Encounter', [{ id: 'Encounter.basedOn', min: 1 }], {
  baseDefinition: session.url,
});
const mood = profile('mood', 'Observation', [
  { id: 'Observation.value[x]', min: 1, type: [{ code: 'Quantity' }, { code: 'integer' }], maxValueInteger: 10 },
]);
const lines = linesWith({ StructureDefinition: [session, narrower, mood] });

const good = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: HOME.code, system: HOME.system },
  serviceType: { coding: [{ system: 'urn:s', code: 'tm', display: 'Therapeutic mentoring' }], text: 'mentoring' },
  participant: [{ individual: { reference: 'Practitioner/1' } }, { individual: { reference: 'RelatedPerson/2' } }],
  period: { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' },
  reasonCode: [{ text: 'plan' }],
  length: { value: 60 },
};
const url = session.url as string;
const against = { profiles: [url] };

describe('a profile accepts', () => {
  test('a session that has everything', () => assert.deepEqual(lines(good, against), []));
  test('an integer up to the highest value', () =>
    assert.deepEqual(
      lines(
        { resourceType: 'Observation', status: 'final', code: { text: 'm' }, valueInteger: 10 },
        { profiles: [mood.url as string] },
      ),
      [],
    ));
});

describe('a profile refuses', () => {
  const rows: [title: string, change: Record<string, unknown>, expected: string[]][] = [
    ['a missing element', { serviceType: undefined }, ['error required Encounter.serviceType']],
    ['another value than the fixed one', { class: { ...HOME, code: 'VR' } }, ['error value Encounter.class']],
    ['more than the fixed value', { class: { ...HOME, display: 'Home' } }, ['error value Encounter.class']],
    [
      'less than the pattern',
      { serviceType: { coding: [{ system: 'urn:s' }] } },
      ['error value Encounter.serviceType'],
    ],
    [
      'an element that it takes away',
      { hospitalization: { admitSource: { text: 'x' } } },
      ['error structure Encounter.hospitalization'],
    ],
    ['more than its maximum of a list', { type: [{ text: 'a' }, { text: 'b' }] }, ['error structure Encounter.type']],
    ['a list written without its brackets', { type: { text: 'a' } }, ['error structure Encounter.type']],
    [
      'less than its minimum of a list',
      { participant: good.participant.slice(1) },
      ['error required Encounter.participant'],
    ],
    [
      'a missing child of a datatype',
      { period: { end: '2024-05-01T11:00:00Z' } },
      ['error required Encounter.period.start'],
    ],
    [
      'what the datatype itself refuses',
      { period: { ...good.period, begin: '2024' } },
      ['error structure Encounter.period.begin'],
    ],
    [
      'a date before the lowest',
      { period: { start: '2019-12-30', end: '2024-05-01' } },
      ['error value Encounter.period.start'],
    ],
    [
      'a missing child of a backbone element',
      { participant: [{ type: [{ text: 'x' }] }, good.participant[0]] },
      ['error required Encounter.participant[0].individual'],
    ],
    [
      'a text that is too long',
      { identifier: [{ value: '123456' }] },
      ['error too-long Encounter.identifier[0].value'],
    ],
    ['a broken invariant', { period: { start: '2024-05-01' } }, ['error invariant Encounter ex-1']],
    [
      'a broken invariant of its warnings, as a warning',
      { reasonCode: undefined },
      ['warning invariant Encounter ex-2'],
    ],
    ['an invariant of its own that gives nothing', { length: { unit: 'min' } }, ['error invariant Encounter ex-3']],
  ];
  for (const [title, change, expected] of rows) {
    test(title, () => assert.deepEqual(lines(JSON.parse(JSON.stringify({ ...good, ...change })), against), expected));
  }

  test('a type that it takes out of a choice', () => {
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'm' }, valueString: 'good' };
    assert.deepEqual(lines(observation, { profiles: [mood.url as string] }), [
      'error structure Observation.valueString',
      'error required Observation.value',
    ]);
  });
  test('a number above the highest', () => {
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'm' }, valueInteger: 11 };
    assert.deepEqual(lines(observation, { profiles: [mood.url as string] }), ['error value Observation.value']);
  });
});

test('a finding of an invariant carries its sentence, its rule and its profile', () => {
  const validator = createValidator({ definitions: definitionsWith({ StructureDefinition: [session] }) });
  assert.deepEqual(validator.validate({ ...good, period: { start: '2024-05-01' } }, against), [
    {
      severity: 'error',
      code: 'invariant',
      message: 'A finished session has an end.',
      expression: 'Encounter',
      constraint: 'ex-1',
      ruleId: 'CYS-008',
      profile: url,
    },
  ]);
});

test('after a resource inside, the outer profile is the one that is checked again', () => {
  const validator = createValidator({ definitions: definitionsWith({ StructureDefinition: [session, narrower] }) });
  const patient = { resourceType: 'Patient', id: 'p', gender: 'x' };
  const found = validator.validate(
    { contained: [patient], ...good, subject: { reference: '#p' }, length: { value: 700 } },
    against,
  );
  assert.deepEqual(
    found.map(({ expression, profile: checked }) => [expression, checked]),
    [
      ['Encounter.contained[0].gender', undefined],
      ['Encounter', url],
    ],
  );
});

describe('which profiles are followed', () => {
  const bare = { resourceType: 'Encounter', status: 'planned', class: HOME };
  const claiming = (profiles: string[]) => ({ ...bare, meta: { profile: profiles } });

  test('the base alone when none is named', () => assert.deepEqual(lines(bare), []));
  test('the ones claimed in meta.profile', () =>
    assert.ok(lines(claiming([url])).includes('error required Encounter.period')));
  test('not the claimed ones when told so', () => assert.deepEqual(lines(claiming([url]), { claimed: false }), []));
  test('an unknown claimed one is a warning', () =>
    assert.deepEqual(lines(claiming([`${EXAMPLE}/none`])), ['warning not-found Encounter.meta.profile']));
  test('an unknown given one is an error', () =>
    assert.deepEqual(lines(bare, { profiles: [`${EXAMPLE}/none`] }), ['error not-found Encounter']));
  test('one for another type is an error', () =>
    assert.deepEqual(lines(bare, { profiles: [mood.url as string] }), ['error structure Encounter']));
  test('of a profile and one that derives from it, the narrower', () => {
    const both = lines({ ...good, serviceType: undefined }, { profiles: [url, narrower.url as string] });
    assert.deepEqual(both, ['error required Encounter.basedOn']);
  });
  test('what two profiles share is reported once', () => {
    const other = profile('other', 'Encounter', [{ id: 'Encounter.basedOn', min: 1 }]);
    const run = linesWith({ StructureDefinition: [session, other] });
    assert.deepEqual(run({ ...good, status: 'x' }, { profiles: [url, other.url as string] }), [
      'error code-invalid Encounter.status',
      'error required Encounter.basedOn',
    ]);
  });
  test('inside a Bundle too', () => {
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: claiming([url]) }] };
    assert.ok(lines(bundle).includes('error required Bundle.entry[0].resource.period'));
    assert.deepEqual(lines(bundle, { claimed: false }), []);
  });
});
