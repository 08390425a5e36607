/**
 * https://hl7.org/fhir/R4/valueset.html#compositions and https://hl7.org/fhir/R4/terminologies.html#strength: what is in
 * a ValueSet, what is not, what can not be known here; and what each binding strength makes of it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { createTerminology, type Membership } from '../../src/validation/terminology.ts';
import { definitionsWith, EXAMPLE, findings, lines, linesWith, profile } from './support.ts';

const system = {
  url: 'urn:cs',
  content: 'complete',
  concept: [
    { code: 'animal', concept: [{ code: 'cat', concept: [{ code: 'kitten' }] }, { code: 'dog' }] },
    { code: 'stone' },
  ],
};
const fragment = { url: 'urn:fragment', content: 'fragment', concept: [{ code: 'known' }] };
const valueSet = (name: string, include: object[], exclude?: object[]) => ({
  url: `urn:vs:${name}`,
  compose: { include, ...(exclude && { exclude }) },
});
const filter = (op: string, value: string, property = 'concept') => ({
  system: 'urn:cs',
  filter: [{ property, op, value }],
});
const SNOMED = 'http://snomed.info/sct';

const definitions = definitionsWith({
  CodeSystem: [system, fragment],
  ValueSet: [
    valueSet('listed', [{ system: 'urn:cs', concept: [{ code: 'cat' }] }]),
    valueSet('whole', [{ system: 'urn:cs' }]),
    valueSet('isa', [filter('is-a', 'cat')]),
    valueSet('below', [filter('descendent-of', 'animal')]),
    valueSet('regex', [filter('regex', '[a-d].*', 'code')]),
    valueSet('unknown-filter', [filter('exists', 'true', 'colour')]),
    valueSet('nested', [{ valueSet: ['urn:vs:listed'] }, { system: 'urn:cs', concept: [{ code: 'stone' }] }]),
    valueSet('both', [{ valueSet: ['urn:vs:below', 'urn:vs:regex'] }]),
    valueSet('without', [{ system: 'urn:cs' }], [filter('is-a', 'animal')]),
    valueSet('self', [{ valueSet: ['urn:vs:self'] }]),
    valueSet('snomed', [
      { system: SNOMED, filter: [{ property: 'concept', op: 'is-a', value: '1' }] },
      { system: 'urn:cs' },
    ]),
    valueSet('fragment', [{ system: 'urn:fragment' }]),
  ],
});
const terminology = createTerminology(definitions);

describe('membership', () => {
  const rows: [valueSet: string, system: string | undefined, code: string, expected: Membership][] = [
    ['listed', 'urn:cs', 'cat', 'in'],
    ['listed', 'urn:cs', 'dog', 'not-in'],
    ['listed', 'urn:other', 'cat', 'not-in'],
    ['listed', undefined, 'cat', 'in'],
    ['listed|9.9', 'urn:cs', 'cat', 'in'],
    ['whole', 'urn:cs', 'kitten', 'in'],
    ['whole', 'urn:cs', 'unicorn', 'not-in'],
    ['isa', 'urn:cs', 'cat', 'in'],
    ['isa', 'urn:cs', 'kitten', 'in'],
    ['isa', 'urn:cs', 'dog', 'not-in'],
    ['below', 'urn:cs', 'kitten', 'in'],
    ['below', 'urn:cs', 'animal', 'not-in'],
    ['regex', 'urn:cs', 'dog', 'in'],
    ['regex', 'urn:cs', 'stone', 'not-in'],
    ['unknown-filter', 'urn:cs', 'cat', 'not-checkable'],
    ['nested', 'urn:cs', 'cat', 'in'],
    ['nested', 'urn:cs', 'stone', 'in'],
    ['nested', 'urn:cs', 'dog', 'not-in'],
    ['both', 'urn:cs', 'cat', 'in'],
    ['both', 'urn:cs', 'kitten', 'not-in'],
    ['without', 'urn:cs', 'stone', 'in'],
    ['without', 'urn:cs', 'kitten', 'not-in'],
    ['self', 'urn:cs', 'cat', 'not-checkable'],
    ['snomed', SNOMED, '386053000', 'not-checkable'],
    ['snomed', 'urn:cs', 'cat', 'in'],
    ['snomed', 'urn:cs', 'unicorn', 'not-in'],
    ['fragment', 'urn:fragment', 'known', 'in'],
    ['fragment', 'urn:fragment', 'other', 'not-checkable'],
    ['no-such-set', 'urn:cs', 'cat', 'not-checkable'],
  ];
  for (const [name, of, code, expected] of rows) {
    test(`${of ?? '(no system)'}#${code} is ${expected} of ${name}`, () =>
      assert.equal(terminology.membership(`urn:vs:${name}`, of, code), expected));
  }

  const core: [valueSet: string, system: string | undefined, code: string, expected: Membership][] = [
    ['encounter-status|4.0.1', undefined, 'finished', 'in'],
    ['encounter-status|4.0.1', undefined, 'bogus', 'not-in'],
    ['mimetypes', undefined, 'text/plain; charset=utf-8', 'in'],
    ['mimetypes', undefined, 'plain', 'not-in'],
    ['all-languages', undefined, 'es-MX', 'in'],
    ['all-languages', undefined, 'spanish language', 'not-in'],
    ['ucum-units', undefined, 'mmol/L', 'in'],
    ['ucum-units', undefined, 'mg/(24.h', 'not-in'],
    ['currencies', undefined, 'USD', 'in'],
    ['currencies', undefined, 'dollar', 'not-in'],
    ['all-types', undefined, 'Encounter', 'in'],
    ['condition-code', SNOMED, '35489007', 'not-checkable'],
  ];
  for (const [name, of, code, expected] of core) {
    test(`${code} is ${expected} of R4's ${name}`, () =>
      assert.equal(terminology.membership(`http://hl7.org/fhir/ValueSet/${name}`, of, code), expected));
  }

  test('the codes for suggestions are those of the ValueSet', () => {
    assert.deepEqual(terminology.knownCodes('urn:vs:below'), ['cat', 'kitten', 'dog']);
    assert.deepEqual(terminology.knownCodes('urn:vs:without'), ['stone']);
    assert.deepEqual(terminology.knownCodes('urn:vs:no-such-set'), []);
  });
});

describe('binding strength', () => {
  const bound = (strength: string, extra: object = {}) =>
    profile('bound', 'Encounter', [
      { id: 'Encounter.serviceType', binding: { strength, valueSet: 'urn:vs:listed', ...extra } },
    ]);
  const maximum = {
    extension: [
      { url: 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet', valueCanonical: 'urn:vs:whole' },
    ],
  };
  const check = (definition: ReturnType<typeof profile>, serviceType: object) => {
    const resources = {
      StructureDefinition: [definition],
      CodeSystem: [system],
      ValueSet: [definitions.valueSet('urn:vs:listed'), definitions.valueSet('urn:vs:whole')],
    };
    const encounter = {
      resourceType: 'Encounter',
      status: 'planned',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
      serviceType,
    };
    return linesWith(resources)(encounter, { profiles: [`${EXAMPLE}/bound`] });
  };
  const inside = {
    coding: [
      { system: 'urn:x', code: 'y' },
      { system: 'urn:cs', code: 'cat' },
    ],
  };
  const outside = { coding: [{ system: 'urn:cs', code: 'dog' }] };
  const error = ['error code-invalid Encounter.serviceType'];
  const warning = ['warning code-invalid Encounter.serviceType'];

  test('required: one coding inside is enough', () => assert.deepEqual(check(bound('required'), inside), []));
  test('required: none inside', () => assert.deepEqual(check(bound('required'), outside), error));
  test('required: no system', () => assert.deepEqual(check(bound('required'), { coding: [{ code: 'cat' }] }), error));
  test('required: only text', () => assert.deepEqual(check(bound('required'), { text: 'cat' }), error));
  test('extensible: none inside', () => assert.deepEqual(check(bound('extensible'), outside), warning));
  test('extensible: only text', () => assert.deepEqual(check(bound('extensible'), { text: 'cat' }), []));
  test('preferred: none inside', () => assert.deepEqual(check(bound('preferred'), outside), []));
  test('maximum: inside', () => assert.deepEqual(check(bound('preferred', maximum), outside), []));
  test('maximum: outside', () =>
    assert.deepEqual(check(bound('preferred', maximum), { coding: [{ system: 'urn:o', code: 'o' }] }), error));
});

describe('codes in R4 resources', () => {
  const rows: [title: string, resource: object, expected: string[]][] = [
    ['a required code', { resourceType: 'Patient', gender: 'f' }, ['error code-invalid Patient.gender']],
    [
      'a maximum binding',
      { resourceType: 'Patient', language: 'english please' },
      ['error code-invalid Patient.language'],
    ],
    [
      'a code that its own system does not have',
      {
        resourceType: 'Patient',
        meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPE' }] },
      },
      ['warning code-invalid Patient.meta.tag[0].code'],
    ],
    [
      'SNOMED CT, whatever the code',
      {
        resourceType: 'Condition',
        subject: { reference: 'Patient/1' },
        code: { coding: [{ system: SNOMED, code: '0' }] },
      },
      [],
    ],
  ];
  for (const [title, resource, expected] of rows) test(title, () => assert.deepEqual(lines(resource), expected));

  test('the nearest codes are named', () =>
    assert.match(findings({ resourceType: 'Patient', gender: 'femal' })[0]?.message ?? '', /Did you mean "female"\?/));
  test('of a short list all are named', () =>
    assert.match(
      findings({ resourceType: 'Patient', gender: 'zzzzzzz' })[0]?.message ?? '',
      /Use "male", "female", "other" or "unknown"\./,
    ));
});
