/**
 * Structures as maps see them, read from StructureDefinitions of core, profiles and logical models.
 *
 * Spec: https://hl7.org/fhir/R4/elementdefinition.html, https://hl7.org/fhir/R4/profiling.html#slicing
 */
import assert from 'node:assert/strict';
import type { StructureDefinition } from '@medplum/fhirtypes';
import { describe, test } from 'vitest';
import { fits } from '../../src/mapping/assignment.ts';
import { castPrimitive, hasFormOf } from '../../src/mapping/primitive-types.ts';
import { type StructureType, TypeSystem } from '../../src/mapping/types.ts';
import { definitions, load, MODEL, MODELS, targetOf } from './support.ts';

/** A profile of Observation that allows one component, one value type, and names a slice. */
const PROFILE: StructureDefinition = {
  resourceType: 'StructureDefinition',
  url: 'https://example.org/StructureDefinition/one-answer',
  name: 'OneAnswer',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Observation',
  derivation: 'constraint',
  snapshot: {
    element: [
      { id: 'Observation', path: 'Observation', min: 0, max: '*' },
      {
        id: 'Observation.status',
        path: 'Observation.status',
        min: 1,
        max: '1',
        base: { path: 'Observation.status', min: 1, max: '1' },
        type: [{ code: 'code' }],
      },
      {
        id: 'Observation.note',
        path: 'Observation.note',
        min: 0,
        max: '0',
        base: { path: 'Observation.note', min: 0, max: '*' },
        type: [{ code: 'Annotation' }],
      },
      {
        id: 'Observation.value[x]',
        path: 'Observation.value[x]',
        min: 0,
        max: '1',
        base: { path: 'Observation.value[x]', min: 0, max: '1' },
        type: [{ code: 'integer' }],
      },
      {
        id: 'Observation.value[x]:valueInteger',
        path: 'Observation.value[x]',
        sliceName: 'valueInteger',
        min: 0,
        max: '1',
        type: [{ code: 'string' }],
      },
      {
        id: 'Observation.component',
        path: 'Observation.component',
        min: 0,
        max: '1',
        base: { path: 'Observation.component', min: 0, max: '*' },
        type: [{ code: 'BackboneElement' }],
      },
      {
        id: 'Observation.component.code',
        path: 'Observation.component.code',
        min: 1,
        max: '1',
        base: { path: 'Observation.component.code', min: 1, max: '1' },
        type: [{ code: 'CodeableConcept' }],
      },
      {
        id: 'Observation.component:a.extra',
        path: 'Observation.component.extra',
        min: 1,
        max: '1',
        type: [{ code: 'string' }],
      },
    ],
  },
};

const types = new TypeSystem(definitions([...MODELS, PROFILE]));

function named(name: string): StructureType {
  const type = types.find(name);
  assert.ok(type, name);
  return type;
}

describe('a profile', () => {
  const profile = named(PROFILE.url);

  test('keeps the JSON form of its base: a list of one is still a list', () => {
    assert.equal(profile.element('component')?.list, true);
    assert.equal(profile.element('status')?.list, false);
  });

  test('has no element that it forbids, and none of its slices', () => {
    assert.equal(profile.element('note'), undefined);
    assert.deepEqual(profile.elementNames(), ['status', 'value', 'component']);
    assert.deepEqual(profile.element('component')?.options[0]?.type?.elementNames(), ['code']);
  });

  test('narrows a choice, which keeps its property', () => {
    assert.deepEqual(
      profile.element('value')?.options.map((o) => o.property),
      ['valueInteger'],
    );
  });

  test('takes a value that its base would not know how to write', () => {
    const text = `map "urn:m" = "m"\nuses "${MODEL}Visit" alias Visit as source\nuses "${PROFILE.url}" alias One as target\ngroup Main(source src : Visit, target tgt : One) {\nsrc.minutes -> tgt.value;\nsrc -> tgt.component as c, c.code = cc('x');\n}`;
    assert.deepEqual(targetOf(load(text, [], [...MODELS, PROFILE]), { minutes: 5 }), {
      resourceType: 'Observation',
      valueInteger: 5,
      component: [{ code: { text: 'x' } }],
    });
    assert.throws(() => load(text.replace("cc('x')", 'src.minutes'), [], [...MODELS, PROFILE]), /is a CodeableConcept/);
    assert.throws(
      () => load(text.replace('tgt.value', 'tgt.note'), [], [...MODELS, PROFILE]),
      /Observation has no element 'note'/,
    );
  });

  test('fits where its base is asked for, and the other way', () => {
    assert.equal(fits(profile, named('Observation')), true);
    assert.equal(fits(named('Observation'), profile), true);
    assert.equal(fits(profile, named('Resource')), true);
    assert.equal(fits(named('Encounter'), profile), false);
  });
});

describe('types', () => {
  test('are found by name, URL and version, and only once', () => {
    assert.equal(named('Period'), named('http://hl7.org/fhir/StructureDefinition/Period'));
    assert.equal(types.find('Nothing'), undefined);
  });

  test('inherited and nested elements', () => {
    const encounter = named('Encounter');
    for (const name of ['id', 'meta', 'contained', 'extension', 'participant'])
      assert.ok(encounter.element(name), name);
    const participant = encounter.element('participant')?.options[0]?.type;
    assert.deepEqual([participant?.name, participant?.kind], ['Encounter.participant', 'nested']);
    assert.equal(participant?.element('individual')?.options[0]?.typeName, 'Reference');
  });

  test('an id is text, and Extension.url too', () => {
    assert.equal(named('Patient').element('id')?.options[0]?.type?.json, 'string');
    assert.equal(named('Extension').element('url')?.options[0]?.type?.json, 'string');
  });

  test('a logical model is not a resource, and fits nothing else', () => {
    assert.equal(named(`${MODEL}Visit`).kind, 'logical');
    assert.equal(fits(named(`${MODEL}Visit`), named('Resource')), false);
    assert.equal(fits(named(`${MODEL}Visit`), named(`${MODEL}Card`)), false);
  });
});

describe('the form of primitives', () => {
  const rows: [type: string, good: (string | number | boolean)[], bad: (string | number | boolean)[]][] = [
    ['boolean', [true, false], ['true', 1]],
    ['integer', [0, -5, 2147483647], [1.5, '1', -2147483649]],
    ['positiveInt', [1, 7], [0, -1]],
    ['unsignedInt', [0, 7], [-1]],
    ['decimal', [1.5, 0, -2], ['1.5']],
    ['date', ['2026', '2026-03', '2026-03-02'], ['2026-3', '2026-13-01', '2026-03-02T10:00:00Z', '']],
    [
      'dateTime',
      ['2026', '2026-03-02', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00.5-06:00'],
      ['2026-03-02T10:00', '2026-03-02T10:00:00', '2026-03T10:00:00Z'],
    ],
    ['instant', ['2026-03-02T10:00:00Z'], ['2026-03-02', '2026-03-02T10:00:00']],
    ['time', ['10:00:00', '10:00:00.25'], ['10:00', '24:00:00']],
    ['code', ['a', 'a b'], [' a', 'a  b', '']],
    ['id', ['a-1.B'], ['a_1', 'a'.repeat(65), '']],
    ['uri', ['urn:a'], ['a b']],
    ['string', ['a', ' '], ['', 5]],
  ];
  for (const [type, good, bad] of rows) {
    test(type, () => {
      for (const value of good) assert.equal(hasFormOf(type, value), true, String(value));
      for (const value of bad) assert.equal(hasFormOf(type, value), false, String(value));
    });
  }

  const casts: [value: string | number | boolean, type: string, expected: string | number | boolean | undefined][] = [
    [5, 'string', '5'],
    [true, 'code', 'true'],
    ['5', 'integer', 5],
    ['-0.5', 'decimal', -0.5],
    ['05', 'integer', undefined],
    ['5 ', 'integer', undefined],
    ['1e3', 'decimal', undefined],
    ['1.5', 'integer', undefined],
    [1.5, 'integer', undefined],
    [90, 'positiveInt', 90],
    [0, 'positiveInt', undefined],
    [true, 'integer', undefined],
    ['true', 'boolean', true],
    ['TRUE', 'boolean', undefined],
    [1, 'boolean', undefined],
    ['2026-03-02T23:30:00-06:00', 'date', '2026-03-02'],
    ['2026-03-02T23:30:00-06:00', 'time', '23:30:00'],
    ['2026-03-02', 'instant', undefined],
    ['soon', 'date', undefined],
  ];
  for (const [value, type, expected] of casts) {
    test(`${JSON.stringify(value)} as ${type} is ${JSON.stringify(expected) ?? 'refused'}`, () => {
      assert.equal(castPrimitive(value, type), expected);
    });
  }
});
