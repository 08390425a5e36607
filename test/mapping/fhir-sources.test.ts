/**
 * FHIR resources as sources: choices, any-resource elements, dates, references.
 *
 * Spec: https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/formats.html#choice
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { load, MODEL, targetOf } from './support.ts';

const CORE = 'http://hl7.org/fhir/StructureDefinition/';

const fromFhir = (type: string, rules: string): string =>
  `map "urn:m" = "m"\nuses "${CORE}${type}" alias In as source\nuses "${MODEL}Card" alias Card as target\ngroup Main(source src : In, target tgt : Card) {\n${rules}\n}`;

type Row = [title: string, type: string, rules: string, source: JsonObject, expected: JsonObject];

describe('sources', () => {
  const rows: Row[] = [
    [
      'elements and lists',
      'Patient',
      'src.name first as n then { n.given first as g -> tgt.text = g; };',
      { resourceType: 'Patient', name: [{ given: ['Ana', 'B'] }] },
      { text: 'Ana' },
    ],
    [
      'a choice by type filter',
      'Observation',
      'src.value : Quantity as q -> tgt.amount = q.value;',
      { resourceType: 'Observation', valueQuantity: { value: 2 } },
      { amount: 2 },
    ],
    [
      'a choice of another type is passed over',
      'Observation',
      'src.value : Quantity as q -> tgt.amount = q.value;',
      { resourceType: 'Observation', valueString: 'x' },
      {},
    ],
    [
      'a choice by ofType',
      'Observation',
      'src -> tgt.amount = (src.value.ofType(Quantity).value);',
      { resourceType: 'Observation', valueQuantity: { value: 2 } },
      { amount: 2 },
    ],
    [
      'a choice by ofType in a longer expression',
      'Observation',
      'src -> tgt.text = ((src.value as Quantity).unit.upper());',
      { resourceType: 'Observation', valueQuantity: { value: 2, unit: 'min' } },
      { text: 'MIN' },
    ],
    [
      'a choice inside where',
      'Observation',
      'src -> tgt.text = (src.component.where(value.exists()).code.text.first());',
      {
        resourceType: 'Observation',
        component: [{ code: { text: 'a' } }, { code: { text: 'b' }, valueBoolean: false }],
      },
      { text: 'b' },
    ],
    [
      'an extension by url',
      'Encounter',
      "src.extension as x where (x.url = 'https://example.org/m') then { x.value : code as c -> tgt.code = c; };",
      {
        resourceType: 'Encounter',
        extension: [
          { url: 'urn:other', valueCode: 'no' },
          { url: 'https://example.org/m', valueCode: 'yes' },
        ],
      },
      { code: 'yes' },
    ],
    [
      'extension() in an expression',
      'Encounter',
      "src -> tgt.code = (src.extension('https://example.org/m').value.ofType(code));",
      { resourceType: 'Encounter', extension: [{ url: 'https://example.org/m', valueCode: 'yes' }] },
      { code: 'yes' },
    ],
    [
      'a coding by system',
      'Encounter',
      "src.serviceType as t then { t.coding as c where (c.system = 'urn:s') -> tgt.code = c.code; };",
      {
        resourceType: 'Encounter',
        serviceType: {
          coding: [
            { system: 'urn:x', code: 'no' },
            { system: 'urn:s', code: 'yes' },
          ],
        },
      },
      { code: 'yes' },
    ],
    [
      'resources of a Bundle by type',
      'Bundle',
      'src.entry as e then { e.resource : Encounter as c -> tgt.list = c.status; };',
      {
        resourceType: 'Bundle',
        entry: [
          { resource: { resourceType: 'Encounter', status: 'planned' } },
          { resource: { resourceType: 'Patient' } },
          { resource: { resourceType: 'Encounter', status: 'finished' } },
        ],
      },
      { list: ['planned', 'finished'] },
    ],
    [
      'a date in an expression',
      'Encounter',
      'src where (src.period.end > src.period.start) -> tgt.flag = true;',
      { resourceType: 'Encounter', period: { start: '2026-01-01T10:00:00-06:00', end: '2026-01-01T09:00:00-08:00' } },
      { flag: true },
    ],
    [
      'a date that compares the other way as text',
      'Encounter',
      'src where (src.period.end > src.period.start) -> tgt.flag = true;',
      { resourceType: 'Encounter', period: { start: '2026-01-01T09:30:00-08:00', end: '2026-01-01T10:00:00-06:00' } },
      {},
    ],
    [
      'reference()',
      'Patient',
      'src as p -> tgt.text = reference(p);',
      { resourceType: 'Patient', id: 'a' },
      { text: 'Patient/a' },
    ],
    [
      'a reference in parts',
      'Encounter',
      "src.subject as s -> tgt.text = (s.reference.substring(s.reference.indexOf('/') + 1));",
      { resourceType: 'Encounter', subject: { reference: 'Patient/a' } },
      { text: 'a' },
    ],
    ['an id', 'Patient', 'src.id -> tgt.id;', { resourceType: 'Patient', id: 'a' }, { id: 'a' }],
  ];
  for (const [title, type, rules, source, expected] of rows) {
    test(title, () => {
      assert.deepEqual(targetOf(load(fromFhir(type, rules)), source), expected);
    });
  }

  const refused: [title: string, type: string, rules: string, message: RegExp][] = [
    [
      'an element of an open choice',
      'Observation',
      'src.value as v -> tgt.amount = v.value;',
      /choose one with .ofType/,
    ],
    [
      'an open choice into a number',
      'Observation',
      'src.value as v -> tgt.amount = v;',
      /has none of the types|is a decimal, not Observation.value\[x\]/,
    ],
    [
      'an element of an open resource',
      'Bundle',
      'src.entry as e then { e.resource as r -> tgt.text = r.status; };',
      /Resource has no element 'status'/,
    ],
    [
      "another dialect's .value on a primitive",
      'Patient',
      'src.id as i -> tgt.text = (i.value);',
      /string is a primitive/,
    ],
    [
      'a type the choice does not have',
      'Observation',
      'src.value : Address as a -> tgt.text = a.text;',
      /never a Address/,
    ],
  ];
  for (const [title, type, rules, message] of refused) {
    test(`refused: ${title}`, () => {
      assert.throws(() => load(fromFhir(type, rules)), message);
    });
  }

  test('reference() needs an id', () => {
    assert.throws(
      () => targetOf(load(fromFhir('Patient', 'src as p -> tgt.text = reference(p);')), { resourceType: 'Patient' }),
      /whose id is already written/,
    );
  });
});
