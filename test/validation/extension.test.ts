/** https://hl7.org/fhir/R4/extensibility.html and https://hl7.org/fhir/R4/defining-extensions.html. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { CANONICAL_BASE } from '../../src/conformance/canonical.ts';
import { EXAMPLE, linesWith, profile } from './support.ts';

const CORE = 'http://hl7.org/fhir/StructureDefinition';
const on = (...expressions: string[]) => ({
  context: expressions.map((expression) => ({ type: 'element', expression })),
});
const part = (name: string, type: string, min = 0, max = '1') => [
  { id: `Extension.extension:${name}`, min, max },
  { id: `Extension.extension:${name}.url`, min: 1, fixedUri: name },
  { id: `Extension.extension:${name}.value[x]`, min: 1, type: [{ code: type }] },
];
const complex = profile(
  'discharge',
  'Extension',
  [
    { id: 'Extension.url', fixedUri: `${EXAMPLE}/discharge` },
    { id: 'Extension.extension', slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' } },
    ...part('reason', 'CodeableConcept', 1),
    ...part('note', 'string', 0, '*'),
    { id: 'Extension.value[x]', max: '0' },
  ],
  on('Encounter'),
);
const modifier = profile(
  'refused',
  'Extension',
  [
    { id: 'Extension', isModifier: true },
    { id: 'Extension.url', fixedUri: `${EXAMPLE}/refused` },
    { id: 'Extension.value[x]', min: 1, type: [{ code: 'boolean' }] },
  ],
  on('Encounter', 'Encounter.participant'),
);
const inName = profile(
  'nickname',
  'Extension',
  [
    { id: 'Extension.url', fixedUri: `${EXAMPLE}/nickname` },
    { id: 'Extension.value[x]', min: 1, type: [{ code: 'string' }] },
  ],
  on('Patient.name', 'HumanName.family', 'Patient.name.given'),
);
const lines = linesWith({ StructureDefinition: [complex, modifier, inName] });

const encounter = (extra: object) => ({
  resourceType: 'Encounter',
  status: 'planned',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
  ...extra,
});
const reason = { url: 'reason', valueCodeableConcept: { text: 'moved' } };
const discharge = (...extension: object[]) => encounter({ extension: [{ url: complex.url, extension }] });
const nickname = { url: inName.url, valueString: 'Bo' };

describe('accepted', () => {
  const rows: [title: string, resource: object][] = [
    [
      'an unknown extension of someone else',
      encounter({ extension: [{ url: 'http://other.example/x', valueString: 'a' }] }),
    ],
    [
      "an unknown extension in HL7's name, as of a later pack",
      { resourceType: 'Patient', extension: [{ url: `${CORE}/individual-pronouns`, valueString: 'they' }] },
    ],
    [
      'an unknown complex extension',
      encounter({ extension: [{ url: 'http://other.example/x', extension: [{ url: 'a', valueCode: 'b' }] }] }),
    ],
    [
      'one on an element that is defined by another',
      {
        resourceType: 'PlanDefinition',
        status: 'draft',
        action: [
          {
            title: 'a',
            action: [
              {
                title: 'b',
                action: [
                  {
                    title: 'c',
                    extension: [{ url: `${CORE}/timing-daysOfCycle`, extension: [{ url: 'day', valueInteger: 1 }] }],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
    [
      'a complex extension with its parts',
      discharge(reason, { url: 'note', valueString: 'a' }, { url: 'note', valueString: 'b' }),
    ],
    [
      'a foreign extension inside a complex one',
      discharge(reason, { url: 'http://other.example/x', valueString: 'a' }),
    ],
    ['a modifier extension', encounter({ modifierExtension: [{ url: modifier.url, valueBoolean: true }] })],
    [
      'a modifier extension on a backbone element',
      encounter({ participant: [{ modifierExtension: [{ url: modifier.url, valueBoolean: true }] }] }),
    ],
    ['a context that names a path', { resourceType: 'Patient', name: [{ text: 'B', extension: [nickname] }] }],
    [
      'a context that names an element of a datatype',
      { resourceType: 'Patient', name: [{ _family: { extension: [nickname] } }] },
    ],
    [
      'a context that names a path through a datatype',
      { resourceType: 'Patient', name: [{ given: ['Bo'], _given: [{ extension: [nickname] }] }] },
    ],
    [
      'an extension of R4 on any element',
      {
        resourceType: 'Patient',
        _birthDate: { extension: [{ url: `${CORE}/data-absent-reason`, valueCode: 'unknown' }] },
      },
    ],
    [
      'an extension of R4 on its own element',
      {
        resourceType: 'Patient',
        birthDate: '2010-01-01',
        _birthDate: { extension: [{ url: `${CORE}/patient-birthTime`, valueDateTime: '2010-01-01T10:00:00Z' }] },
      },
    ],
  ];
  for (const [title, resource] of rows) test(title, () => assert.deepEqual(lines(resource), []));
});

describe('refused', () => {
  const rows: [title: string, resource: object, expected: string[]][] = [
    ['no url', encounter({ extension: [{ valueString: 'a' }] }), ['error required Encounter.extension[0].url']],
    [
      'a relative url',
      encounter({ extension: [{ url: 'x', valueString: 'a' }] }),
      ['error extension Encounter.extension[0].url'],
    ],
    [
      'neither value nor parts',
      encounter({ extension: [{ url: 'http://other.example/x' }] }),
      ['error invariant Encounter.extension[0] ext-1'],
    ],
    [
      'value and parts',
      encounter({
        extension: [{ url: 'http://other.example/x', valueString: 'a', extension: [{ url: 'b', valueString: 'b' }] }],
      }),
      ['error invariant Encounter.extension[0] ext-1'],
    ],
    [
      'two values',
      encounter({ extension: [{ url: 'http://other.example/x', valueString: 'a', valueCode: 'b' }] }),
      ['error structure Encounter.extension[0].value'],
    ],
    [
      'a wrong value in an unknown one',
      encounter({ extension: [{ url: 'http://other.example/x', valueBoolean: 'yes' }] }),
      ['error value Encounter.extension[0].value'],
    ],
    [
      'an unknown one in our name',
      encounter({ extension: [{ url: `${CANONICAL_BASE}/StructureDefinition/tm-typo`, valueString: 'a' }] }),
      ['error extension Encounter.extension[0].url'],
    ],
    [
      'an unknown modifier',
      encounter({ modifierExtension: [{ url: 'http://other.example/x', valueBoolean: true }] }),
      ['error extension Encounter.modifierExtension[0]'],
    ],
    [
      'a modifier as a plain extension',
      encounter({ extension: [{ url: modifier.url, valueBoolean: true }] }),
      ['error extension Encounter.extension[0].url'],
    ],
    [
      'a plain extension as a modifier',
      encounter({ modifierExtension: [{ url: complex.url, extension: [reason] }] }),
      ['error extension Encounter.modifierExtension[0].url'],
    ],
    [
      'another type of value',
      encounter({ modifierExtension: [{ url: modifier.url, valueString: 'yes' }] }),
      [
        'error structure Encounter.modifierExtension[0].valueString',
        'error required Encounter.modifierExtension[0].value',
      ],
    ],
    [
      'a missing part',
      discharge({ url: 'note', valueString: 'a' }),
      ['error required Encounter.extension[0].extension'],
    ],
    ['a part twice', discharge(reason, reason), ['error structure Encounter.extension[0].extension']],
    [
      'a part of a wrong type',
      discharge({ url: 'reason', valueString: 'moved' }),
      [
        'error structure Encounter.extension[0].extension[0].valueString',
        'error required Encounter.extension[0].extension[0].value',
      ],
    ],
    [
      'a part that is not defined',
      discharge(reason, { url: 'reazon', valueString: 'x' }),
      ['error extension Encounter.extension[0].extension[1].url'],
    ],
    [
      'a value on a complex one',
      encounter({ extension: [{ url: complex.url, valueString: 'x' }] }),
      ['error structure Encounter.extension[0].value', 'error required Encounter.extension[0].extension'],
    ],
    [
      'one on a wrong resource',
      { resourceType: 'Patient', extension: [{ url: complex.url, extension: [reason] }] },
      ['error extension Patient.extension[0]'],
    ],
    [
      'one on a wrong element',
      { resourceType: 'Patient', contact: [{ name: { text: 'C', extension: [nickname] } }] },
      ['error extension Patient.contact[0].name.extension[0]'],
    ],
    [
      'one whose path is of another resource',
      { resourceType: 'Practitioner', name: [{ given: ['Bo'], _given: [{ extension: [nickname] }] }] },
      ['error extension Practitioner.name[0].given[0].extension[0]'],
    ],
    [
      'one of R4 on a wrong element',
      { resourceType: 'Patient', extension: [{ url: `${CORE}/patient-birthTime`, valueDateTime: '2010' }] },
      ['error extension Patient.extension[0]'],
    ],
    [
      'a complex one of R4 with a value',
      { resourceType: 'Patient', extension: [{ url: `${CORE}/patient-nationality`, valueCode: 'DE' }] },
      ['error structure Patient.extension[0].value'],
    ],
  ];
  for (const [title, resource, expected] of rows) test(title, () => assert.deepEqual(lines(resource), expected));
});
