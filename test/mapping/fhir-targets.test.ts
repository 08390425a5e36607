/**
 * FHIR resources as targets: resourceType, lists inside data types, choices, any-resource elements.
 *
 * Spec: https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/formats.html#choice
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { load, MODEL, targetOf } from './support.ts';

const CORE = 'http://hl7.org/fhir/StructureDefinition/';

const toFhir = (type: string, rules: string): string =>
  `map "urn:m" = "m"\nuses "${MODEL}Visit" alias Visit as source\nuses "${CORE}${type}" alias Out as target\ngroup Main(source src : Visit, target tgt : Out) {\n${rules}\n}`;

type Row = [title: string, type: string, rules: string, source: JsonObject, expected: JsonObject];

describe('targets', () => {
  const rows: Row[] = [
    [
      'the root resource has its type',
      'Encounter',
      "src -> tgt.status = 'finished';",
      {},
      { resourceType: 'Encounter', status: 'finished' },
    ],
    [
      'resources in a Bundle have a type, data types have none',
      'Bundle',
      "src -> tgt.type = 'collection', tgt.entry as e, e.fullUrl = 'urn:uuid:1', e.resource = create('Encounter') as enc, enc.status = 'finished', enc.period as p then { src.start as s -> p.start = s; };",
      { start: '2026-03-02T16:00:00Z' },
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          {
            fullUrl: 'urn:uuid:1',
            resource: { resourceType: 'Encounter', status: 'finished', period: { start: '2026-03-02T16:00:00Z' } },
          },
        ],
      },
    ],
    [
      'contained resources',
      'Encounter',
      "src.id as i -> tgt.contained = create('Patient') as p, p.id = i;",
      { id: 'a' },
      { resourceType: 'Encounter', contained: [{ resourceType: 'Patient', id: 'a' }] },
    ],
    [
      'lists inside a choice are lists',
      'Observation',
      "src.kind as k -> tgt.value = create('CodeableConcept') as v, v.coding as c, c.code = k;",
      { kind: 'a' },
      { resourceType: 'Observation', valueCodeableConcept: { coding: [{ code: 'a' }] } },
    ],
    [
      'a choice from a record value by its type',
      'Observation',
      'src.start as s -> tgt.effective = s; src.minutes as m -> tgt.value = m;',
      { start: '2026-03-02T16:00:00Z', minutes: 5 },
      { resourceType: 'Observation', effectiveDateTime: '2026-03-02T16:00:00Z', valueInteger: 5 },
    ],
    [
      'a date into a choice that has only dateTime',
      'Observation',
      'src.day as d -> tgt.effective = d;',
      { day: '2026-03-02' },
      { resourceType: 'Observation', effectiveDateTime: '2026-03-02' },
    ],
    [
      'extensions are elements like any other',
      'Encounter',
      "src.kind as k -> tgt.extension as x, x.url = 'https://example.org/mode', x.value = k; src.minutes as m -> tgt.extension as y, y.url = 'https://example.org/minutes', y.value = cast(m, 'positiveInt');",
      { kind: 'a', minutes: 5 },
      {
        resourceType: 'Encounter',
        extension: [
          { url: 'https://example.org/mode', valueCode: 'a' },
          { url: 'https://example.org/minutes', valuePositiveInt: 5 },
        ],
      },
    ],
    [
      'extensions inside extensions',
      'Encounter',
      "src -> tgt.extension as x, x.url = 'https://example.org/a', x.extension as y, y.url = 'b', y.value = true;",
      {},
      {
        resourceType: 'Encounter',
        extension: [{ url: 'https://example.org/a', extension: [{ url: 'b', valueBoolean: true }] }],
      },
    ],
    [
      'extensions on data types',
      'Encounter',
      "src -> tgt.period as p, p.extension as x, x.url = 'https://example.org/a', x.value = 'text';",
      {},
      { resourceType: 'Encounter', period: { extension: [{ url: 'https://example.org/a', valueString: 'text' }] } },
    ],
    [
      'nested elements and lists of references',
      'Encounter',
      "src.person as p -> tgt.participant as t, t.individual as i, i.reference = append('Practitioner/', p.first), t.type = cc('urn:t', 'PART');",
      { person: { first: 'ana' } },
      {
        resourceType: 'Encounter',
        participant: [
          { individual: { reference: 'Practitioner/ana' }, type: [{ coding: [{ system: 'urn:t', code: 'PART' }] }] },
        ],
      },
    ],
    [
      'an element by contentReference',
      'Questionnaire',
      "src -> tgt.item as i, i.linkId = '1', i.item as j, j.linkId = '1.1', j.item as k, k.linkId = '1.1.1';",
      {},
      {
        resourceType: 'Questionnaire',
        item: [{ linkId: '1', item: [{ linkId: '1.1', item: [{ linkId: '1.1.1' }] }] }],
      },
    ],
    [
      'reference() to a resource made here',
      'Bundle',
      "src -> tgt.entry as e, e.resource = create('Patient') as p, p.id = 'a', tgt.entry as f, f.resource = create('Encounter') as c, c.subject.reference = reference(p);",
      {},
      {
        resourceType: 'Bundle',
        entry: [
          { resource: { resourceType: 'Patient', id: 'a' } },
          { resource: { resourceType: 'Encounter', subject: { reference: 'Patient/a' } } },
        ],
      },
    ],
    [
      'a Duration, by qty',
      'Encounter',
      "src.minutes as m -> tgt.length = qty(m, 'min', %ucum, 'min');",
      { minutes: 5 },
      {
        resourceType: 'Encounter',
        length: { value: 5, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
      },
    ],
    [
      'a choice element by create with a profile of quantities',
      'Goal',
      "src -> tgt.target as t, t.due = src.day, t.detail = create('Quantity') as q, q.value = 3;",
      { day: '2026-03-02' },
      { resourceType: 'Goal', target: [{ dueDate: '2026-03-02', detailQuantity: { value: 3 } }] },
    ],
  ];
  for (const [title, type, rules, source, expected] of rows) {
    test(title, () => {
      assert.deepEqual(targetOf(load(toFhir(type, rules)), source), expected);
    });
  }

  test('resourceType is the first property', () => {
    const map = load(
      toFhir('Bundle', "src -> tgt.entry as e, e.resource = create('Encounter') as c, c.status = 'finished';"),
    );
    assert.equal(
      JSON.stringify(targetOf(map, {})),
      '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Encounter","status":"finished"}}]}',
    );
  });

  const refused: [title: string, type: string, rules: string, message: RegExp][] = [
    [
      'an element that does not exist',
      'Encounter',
      "src -> tgt.serviceProvidr = 'x';",
      /Encounter has no element 'serviceProvidr'; did you mean 'serviceProvider'/,
    ],
    [
      'an element of a data type that does not exist',
      'Encounter',
      "src -> tgt.period.begin = 'x';",
      /Period has no element 'begin'/,
    ],
    [
      'text into a Reference',
      'Encounter',
      "src -> tgt.subject = 'Patient/a';",
      /"Patient\/a" is not a valid Reference/,
    ],
    [
      'any resource without saying which',
      'Bundle',
      'src -> tgt.entry as e, e.resource as r;',
      /can be any Resource: say which/,
    ],
    [
      'a data type as a resource',
      'Bundle',
      "src -> tgt.entry as e, e.resource = create('Period') as p;",
      /never a Period/,
    ],
    ['a resource as a data type', 'Encounter', "src -> tgt.period = create('Patient') as p;", /never a Patient/],
    [
      'a dateTime into Period.start as text',
      'Encounter',
      'src.note as n -> tgt.period.start = n;',
      /is a dateTime, not string/,
    ],
    [
      'an element of an open resource',
      'Bundle',
      "src -> tgt.entry as e, e.resource.status = 'x';",
      /can be any resource: create one/,
    ],
    [
      'a child of a primitive',
      'Patient',
      "src.day as d -> tgt.birthDate = d as b, b.extension as x, x.url = 'a';",
      /'b' is a value/,
    ],
    [
      'resourceType is not an element',
      'Encounter',
      "src -> tgt.resourceType = 'Patient';",
      /has no element 'resourceType'/,
    ],
  ];
  for (const [title, type, rules, message] of refused) {
    test(`refused: ${title}`, () => {
      assert.throws(() => load(toFhir(type, rules)), message);
    });
  }
});
