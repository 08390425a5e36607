/**
 * https://hl7.org/fhir/R4/profiling.html#slicing and #discriminator: which item belongs to which slice, and what holds
 * for the slices and inside them.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { EXAMPLE, linesWith, profile } from './support.ts';

const HOME = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' };
const PPRF = { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PPRF' };
const role = (code: string) => [{ coding: [{ ...PPRF, code }] }];
const slicing = (type: string, path: string, rules = 'open', ordered = false) => ({
  slicing: { discriminator: [{ type, path }], rules, ordered },
});

const lateExtension = profile(
  'late',
  'Extension',
  [
    { id: 'Extension.url', fixedUri: `${EXAMPLE}/late` },
    { id: 'Extension.extension', max: '0' },
    { id: 'Extension.value[x]', min: 1, type: [{ code: 'boolean' }] },
  ],
  { context: [{ type: 'element', expression: 'Encounter' }] },
);

const session = profile('session', 'Encounter', [
  { id: 'Encounter.extension', ...slicing('value', 'url'), min: 1 },
  { id: 'Encounter.extension:late', min: 1, max: '1', type: [{ code: 'Extension', profile: [lateExtension.url] }] },
  { id: 'Encounter.participant', ...slicing('pattern', 'type') },
  { id: 'Encounter.participant:mentor', min: 1, max: '1' },
  { id: 'Encounter.participant:mentor.type', min: 1, patternCodeableConcept: { coding: [PPRF] } },
  {
    id: 'Encounter.participant:mentor.individual',
    min: 1,
    type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Practitioner'] }],
  },
]);

const lines = linesWith({ StructureDefinition: [lateExtension, session] });
const late = { url: `${EXAMPLE}/late`, valueBoolean: false };
const mentor = { type: role('PPRF'), individual: { reference: 'Practitioner/1' } };
const good = {
  resourceType: 'Encounter',
  status: 'planned',
  class: HOME,
  extension: [late],
  participant: [mentor],
};
const check = (change: object) =>
  lines(JSON.parse(JSON.stringify({ ...good, ...change })), { profiles: [session.url as string] });

describe('a required extension slice and a pattern slice', () => {
  const accepted: [title: string, change: object][] = [
    ['all that is required', {}],
    ['another extension beside', { extension: [{ url: 'http://other.example/x', valueString: 'x' }, late] }],
    ['other participants beside', { participant: [{ individual: { reference: 'RelatedPerson/1' } }, mentor] }],
  ];
  for (const [title, change] of accepted) test(`accept ${title}`, () => assert.deepEqual(check(change), []));

  const refused: [title: string, change: object, expected: string[]][] = [
    [
      'no extension at all',
      { extension: undefined },
      ['error required Encounter.extension', 'error required Encounter.extension'],
    ],
    [
      'only another extension',
      { extension: [{ url: 'http://other.example/x', valueString: 'x' }] },
      ['error required Encounter.extension'],
    ],
    ['the extension twice', { extension: [late, late] }, ['error structure Encounter.extension']],
    [
      'a wrong type in the extension',
      { extension: [{ ...late, valueBoolean: undefined, valueString: 'no' }] },
      ['error structure Encounter.extension[0].valueString', 'error required Encounter.extension[0].value'],
    ],
    [
      'the extension without a value',
      { extension: [{ url: late.url }] },
      ['error invariant Encounter.extension[0] ext-1', 'error required Encounter.extension[0].value'],
    ],
    ['no participants', { participant: undefined }, ['error required Encounter.participant']],
    [
      'no mentor among them',
      { participant: [{ ...mentor, type: role('ATND') }] },
      ['error required Encounter.participant'],
    ],
    ['two mentors', { participant: [mentor, mentor] }, ['error structure Encounter.participant']],
    [
      'a mentor who is nobody',
      { participant: [{ type: role('PPRF') }] },
      ['error required Encounter.participant[0].individual'],
    ],
    [
      'a mentor of a wrong type',
      { participant: [{ ...mentor, individual: { reference: 'RelatedPerson/1' } }] },
      ['error structure Encounter.participant[0].individual.reference'],
    ],
  ];
  for (const [title, change, expected] of refused)
    test(`refuse ${title}`, () => assert.deepEqual(check(change), expected));
});

describe('kinds of discriminators and rules', () => {
  type Row = [
    title: string,
    changes: Parameters<typeof profile>[2],
    type: string,
    good: object[],
    bad: [object, string[]][],
  ];
  const encounter = { resourceType: 'Encounter', status: 'planned', class: HOME };
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
  const rows: Row[] = [
    [
      'value, closed',
      [
        { id: 'Encounter.identifier', ...slicing('value', 'system', 'closed') },
        { id: 'Encounter.identifier:own', max: '1' },
        { id: 'Encounter.identifier:own.system', min: 1, fixedUri: 'urn:own' },
        { id: 'Encounter.identifier:payer', min: 0 },
        { id: 'Encounter.identifier:payer.system', min: 1, fixedUri: 'urn:payer' },
        { id: 'Encounter.identifier:payer.value', min: 1 },
      ],
      'Encounter',
      [encounter, { ...encounter, identifier: [{ system: 'urn:payer', value: '1' }, { system: 'urn:own' }] }],
      [
        [{ ...encounter, identifier: [{ system: 'urn:x' }] }, ['error structure Encounter.identifier[0]']],
        [{ ...encounter, identifier: [{ value: '1' }] }, ['error structure Encounter.identifier[0]']],
        [{ ...encounter, identifier: [{ system: 'urn:payer' }] }, ['error required Encounter.identifier[0].value']],
      ],
    ],
    [
      'value, ordered',
      [
        { id: 'Encounter.identifier', ...slicing('value', 'system', 'open', true) },
        { id: 'Encounter.identifier:a' },
        { id: 'Encounter.identifier:a.system', min: 1, fixedUri: 'urn:a' },
        { id: 'Encounter.identifier:b' },
        { id: 'Encounter.identifier:b.system', min: 1, fixedUri: 'urn:b' },
      ],
      'Encounter',
      [{ ...encounter, identifier: [{ system: 'urn:a' }, { system: 'urn:x' }, { system: 'urn:b' }] }],
      [
        [
          { ...encounter, identifier: [{ system: 'urn:b' }, { system: 'urn:a' }] },
          ['error structure Encounter.identifier[1]'],
        ],
      ],
    ],
    [
      'value, open at the end',
      [
        { id: 'Encounter.identifier', ...slicing('value', 'system', 'openAtEnd') },
        { id: 'Encounter.identifier:a' },
        { id: 'Encounter.identifier:a.system', min: 1, fixedUri: 'urn:a' },
      ],
      'Encounter',
      [{ ...encounter, identifier: [{ system: 'urn:a' }, { system: 'urn:x' }] }],
      [
        [
          { ...encounter, identifier: [{ system: 'urn:x' }, { system: 'urn:a' }] },
          ['error structure Encounter.identifier[1]'],
        ],
      ],
    ],
    [
      'type on a choice',
      [
        { id: 'Observation.value[x]', ...slicing('type', '$this') },
        { id: 'Observation.value[x]:valueQuantity', min: 0, type: [{ code: 'Quantity' }] },
        { id: 'Observation.value[x]:valueQuantity.code', min: 1 },
        { id: 'Observation.value[x]:valueQuantity.system', min: 1, fixedUri: 'http://unitsofmeasure.org' },
      ],
      'Observation',
      [
        { ...observation, valueString: 'x' },
        { ...observation, valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'h' } },
      ],
      [
        [
          { ...observation, valueQuantity: { value: 1 } },
          ['error required Observation.value.system', 'error required Observation.value.code'],
        ],
        [
          { ...observation, valueQuantity: { value: 1, system: 'urn:x', code: 'h' } },
          ['error value Observation.value.system'],
        ],
      ],
    ],
    [
      'type on a choice, closed',
      [
        { id: 'Observation.value[x]', ...slicing('type', '$this', 'closed') },
        { id: 'Observation.value[x]:valueBoolean', type: [{ code: 'boolean' }] },
      ],
      'Observation',
      [{ ...observation, valueBoolean: true }],
      [[{ ...observation, valueInteger: 1 }, ['error structure Observation.value[0]']]],
    ],
    [
      'exists',
      [
        { id: 'Encounter.participant', ...slicing('exists', 'individual') },
        { id: 'Encounter.participant:named' },
        { id: 'Encounter.participant:named.individual', min: 1 },
        { id: 'Encounter.participant:named.type', min: 1 },
        { id: 'Encounter.participant:anonymous', max: '1' },
        { id: 'Encounter.participant:anonymous.individual', max: '0' },
      ],
      'Encounter',
      [
        {
          ...encounter,
          participant: [{ type: role('ATND') }, { type: role('ATND'), individual: { reference: 'Practitioner/1' } }],
        },
      ],
      [
        [
          { ...encounter, participant: [{ individual: { reference: 'Practitioner/1' } }] },
          ['error required Encounter.participant[0].type'],
        ],
        [
          { ...encounter, participant: [{ type: role('ATND') }, { type: role('ATND') }] },
          ['error structure Encounter.participant'],
        ],
      ],
    ],
    [
      'exists, with a slice that adds nothing but a maximum',
      [
        { id: 'Encounter.participant', ...slicing('exists', 'individual') },
        { id: 'Encounter.participant:named', max: '1' },
      ],
      'Encounter',
      [
        {
          ...encounter,
          participant: [{ type: role('ATND'), period: { start: '2024' }, individual: { reference: 'Practitioner/1' } }],
        },
      ],
      [
        [
          {
            ...encounter,
            participant: [1, 2].map((id) => ({
              period: { start: '2024' },
              individual: { reference: `Practitioner/${id}` },
            })),
          },
          ['error structure Encounter.participant'],
        ],
        [
          { ...encounter, participant: [{ individual: { reference: 'Practitioner/1' }, role: [] }] },
          ['error structure Encounter.participant[0].role'],
        ],
      ],
    ],
    [
      'type after resolve()',
      [
        { id: 'Encounter.participant', ...slicing('type', 'individual.resolve()', 'closed') },
        { id: 'Encounter.participant:person' },
        {
          id: 'Encounter.participant:person.individual',
          type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Practitioner'] }],
        },
      ],
      'Encounter',
      [
        { ...encounter, participant: [{ individual: { reference: 'Practitioner/1' } }] },
        { ...encounter, participant: [{ individual: { reference: 'urn:uuid:0195cafe-0000-4000-8000-00000000000a' } }] },
      ],
      [
        [
          { ...encounter, participant: [{ individual: { reference: 'RelatedPerson/1' } }] },
          ['error structure Encounter.participant[0]'],
        ],
      ],
    ],
    [
      'value in a nested, required slice',
      [
        { id: 'Encounter.type', ...slicing('value', 'coding.code') },
        { id: 'Encounter.type:tm', min: 1 },
        { id: 'Encounter.type:tm.coding', min: 1 },
        { id: 'Encounter.type:tm.coding.code', min: 1, fixedCode: 'tm' },
      ],
      'Encounter',
      [{ ...encounter, type: [{ text: 'x' }, { coding: [{ code: 'tm' }] }] }],
      [[{ ...encounter, type: [{ coding: [{ code: 'other' }] }] }, ['error required Encounter.type']]],
    ],
    [
      'a required binding',
      [
        { id: 'Encounter.participant', ...slicing('value', 'type') },
        { id: 'Encounter.participant:v3', max: '1' },
        {
          id: 'Encounter.participant:v3.type',
          min: 1,
          binding: { strength: 'required', valueSet: 'http://terminology.hl7.org/ValueSet/v3-ParticipationType' },
        },
      ],
      'Encounter',
      [{ ...encounter, participant: [{ type: role('PPRF') }, { type: [{ text: 'x' }] }] }],
      [
        [
          { ...encounter, participant: [{ type: role('PPRF') }, { type: role('ATND') }] },
          ['error structure Encounter.participant'],
        ],
      ],
    ],
    [
      'slices of a slice',
      [
        { id: 'Encounter.identifier', ...slicing('value', 'system') },
        { id: 'Encounter.identifier:own', ...slicing('value', 'use') },
        { id: 'Encounter.identifier:own.system', min: 1, fixedUri: 'urn:own' },
        { id: 'Encounter.identifier:own/official', max: '1' },
        { id: 'Encounter.identifier:own/official.system', min: 1, fixedUri: 'urn:own' },
        { id: 'Encounter.identifier:own/official.use', min: 1, fixedCode: 'official' },
        { id: 'Encounter.identifier:own/official.value', min: 1 },
      ],
      'Encounter',
      [
        {
          ...encounter,
          identifier: [
            { system: 'urn:own', use: 'old' },
            { system: 'urn:own', use: 'official', value: '1' },
          ],
        },
      ],
      [
        [
          { ...encounter, identifier: [{ system: 'urn:own', use: 'official' }] },
          ['error required Encounter.identifier[0].value'],
        ],
      ],
    ],
  ];

  for (const [title, changes, type, goods, bads] of rows) {
    const sliced = profile('sliced', type, changes);
    const run = linesWith({ StructureDefinition: [sliced] });
    const options = { profiles: [sliced.url as string] };
    goods.forEach((resource, index) => {
      test(`${title}: accepts ${index + 1}`, () => assert.deepEqual(run(resource, options), []));
    });
    bads.forEach(([resource, expected], index) => {
      test(`${title}: refuses ${index + 1}`, () => assert.deepEqual(run(resource, options), expected));
    });
  }
});

describe('discriminator profile', () => {
  const named = profile('named', 'Practitioner', [{ id: 'Practitioner.name', min: 1 }]);
  const sliced = profile('sliced', 'Encounter', [
    { id: 'Encounter.participant', ...slicing('profile', 'individual.resolve()') },
    { id: 'Encounter.participant:named', min: 1 },
    { id: 'Encounter.participant:named.individual', type: [{ code: 'Reference', targetProfile: [named.url] }] },
  ]);
  const run = linesWith({ StructureDefinition: [named, sliced] });
  const encounter = (contained: object[], reference: string) => ({
    resourceType: 'Encounter',
    status: 'planned',
    class: HOME,
    contained,
    participant: [{ individual: { reference } }],
  });
  const options = { profiles: [sliced.url as string] };

  test('finds the target that meets the profile', () => {
    const resource = encounter([{ resourceType: 'Practitioner', id: 'p', name: [{ family: 'Roe' }] }], '#p');
    assert.deepEqual(run(resource, options), []);
  });
  test('does not count one that does not', () => {
    const resource = encounter([{ resourceType: 'Practitioner', id: 'p' }], '#p');
    assert.deepEqual(run(resource, options), ['error required Encounter.participant']);
  });
  test('leaves open what it can not see', () => {
    const resource = { ...encounter([], 'Practitioner/1'), contained: undefined };
    assert.deepEqual(run(JSON.parse(JSON.stringify(resource)), options), []);
  });
});
