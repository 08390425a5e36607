/**
 * What a run can tell about itself: source elements no rule read, and the origin of every target element.
 *
 * Spec: none; design of this service (section "Mapping"). Rows are the raw material of Provenance,
 * https://hl7.org/fhir/R4/provenance.html.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { conceptMap, load, MODEL, run, visitToCard } from './support.ts';

describe('unread', () => {
  const unread = (rules: string, source: JsonObject) =>
    run(load(visitToCard(rules), [conceptMap('k', ['a > b'])]), source, { report: true }).unread;

  const rows: [title: string, rules: string, source: JsonObject, expected: string[]][] = [
    [
      'nothing read',
      "src -> tgt.text = 'x';",
      { note: 'n', tags: ['a', 'b'] },
      ['src.note', 'src.tags[0]', 'src.tags[1]'],
    ],
    ['all read', 'src.note -> tgt.text; src.tags -> tgt.list;', { note: 'n', tags: ['a', 'b'] }, []],
    ['an unknown field', 'src.note -> tgt.text;', { note: 'n', extra: { deep: [{ a: 1 }] } }, ['src.extra.deep[0].a']],
    [
      'some fields of list items',
      'src.goals as g -> tgt.list = g.text;',
      {
        goals: [
          { text: 'a', rank: 1 },
          { text: 'b', due: 'd' },
        ],
      },
      ['src.goals[0].rank', 'src.goals[1].due'],
    ],
    ['an object that is copied whole', 'src.period -> tgt.period;', { period: { start: 's', end: 'e' } }, []],
    ['an object that is copied by a path', 'src -> tgt.period = src.period;', { period: { start: 's', end: 'e' } }, []],
    [
      'an object that is translated',
      "src.concept as c -> tgt.code = translate(c, 'https://example.org/ConceptMap/k', 'code');",
      { concept: { coding: [{ system: 'https://example.org/kinds', code: 'a' }], text: 't' } },
      [],
    ],
    [
      'an element read by where',
      "src where (src.kind = 'a') -> tgt.flag = true;",
      { kind: 'b', note: 'n' },
      ['src.note'],
    ],
    [
      'elements read by fhirpath.js',
      'src -> tgt.text = (src.goals.where(rank > 1).text.first().upper());',
      { goals: [{ text: 'a', rank: 2, due: 'd' }] },
      ['src.goals[0].due'],
    ],
    [
      'a choice read by fhirpath.js',
      'src -> tgt.text = (src.answer.ofType(string).upper());',
      { answerString: 'a', note: 'n' },
      ['src.note'],
    ],
    ['an argument of a transform', "src -> tgt.text = append(src.note, '!');", { note: 'n', kind: 'k' }, ['src.kind']],
    ['null is nothing', 'src.note -> tgt.text;', { note: 'n', kind: null }, []],
    ['the type of a resource is read with it', 'src.note -> tgt.text;', { note: 'n', resourceType: 'Visit' }, []],
  ];
  for (const [title, rules, source, expected] of rows) {
    test(title, () => {
      assert.deepEqual(unread(rules, source), expected);
    });
  }

  test('is empty when nobody asks', () => {
    assert.deepEqual(run(load(visitToCard("src -> tgt.text = 'x';")), { note: 'n' }).unread, []);
  });
});

describe('lineage', () => {
  const rows = (text: string, source: JsonObject) =>
    run(load(text), source, { lineage: true }).lineage.map(
      (r) => `${r.target} < ${r.source ?? 'constant'} by ${r.group}/${r.rule}:${r.line}`,
    );

  test('values, constants, list items and groups', () => {
    const text = `${visitToCard(
      'src.note as n -> tgt.text = n "note";\nsrc -> tgt.code = \'x\' "code";\nsrc.goals as g -> tgt.items as i then Goal(g, i);\nsrc -> tgt.count = (src.minutes * 2) "twice";',
    )}\ngroup Goal(source g, target i) { g.text as t -> i.label = append(t, '!') "label"; }`;
    assert.deepEqual(rows(text, { note: 'n', minutes: 2, goals: [{ text: 'a' }, { text: 'b' }] }), [
      'tgt.text < src.note by Main/note:5',
      'tgt.code < constant by Main/code:6',
      'tgt.items[0] < src.goals[0] by Main/src.goals:7',
      'tgt.items[0].label < src.goals[0].text by Goal/label:10',
      'tgt.items[1] < src.goals[1] by Main/src.goals:7',
      'tgt.items[1].label < src.goals[1].text by Goal/label:10',
      'tgt.count < src by Main/twice:8',
    ]);
  });

  test('paths into resources of a Bundle', () => {
    const text = `map "urn:m" = "m"\nuses "${MODEL}Visit" alias Visit as source\nuses "http://hl7.org/fhir/StructureDefinition/Bundle" alias Bundle as target\ngroup Main(source src : Visit, target bundle : Bundle) {\n  src.start as s -> bundle.entry as e, e.resource = create('Encounter') as c, c.period as p, p.start = s "start";\n}`;
    const found = rows(text, { start: '2026-01-01' });
    assert.equal(found.at(-1), 'bundle.entry[0].resource.period.start < src.start by Main/start:5');
    assert.equal(found.length, 4);
  });

  test('items that move and items that are left out', () => {
    const text = visitToCard(
      'src.tags as t -> tgt.list = t "tag";\nsrc.note as n -> tgt.list = n first "note";\nsrc.goals as g -> tgt.items as i then { g.due -> i.label = g.text "goal"; };',
    );
    assert.deepEqual(rows(text, { tags: ['a'], note: 'n', goals: [{ text: 'x' }, { text: 'y', due: 'd' }] }), [
      'tgt.list[1] < src.tags[0] by Main/tag:5',
      'tgt.list[0] < src.note by Main/note:6',
      'tgt.items[0] < src.goals[1] by Main/src.goals:7',
      'tgt.items[0].label < src.goals[1].text by Main/goal:7',
    ]);
  });

  test('is empty when nobody asks', () => {
    assert.deepEqual(run(load(visitToCard("src -> tgt.text = 'x';")), {}).lineage, []);
  });
});
