/**
 * Groups: calls, extension, default groups, imports, and the map's own facts.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhir/R4/mapping-language.html
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { loadMaps } from '../../src/mapping/load-maps.ts';
import type { JsonObject, MapSource } from '../../src/mapping/map-library.ts';
import { definitions, HEADER, load, MODEL, run, targetOf } from './support.ts';

const library = (...files: MapSource[]) => loadMaps(files, { definitions: definitions() });
const main = (body: string): string => `${HEADER}\ngroup Main(source src : Visit, target tgt : Card) ${body}`;

describe('calls', () => {
  const rows: [title: string, text: string, source: JsonObject, expected: JsonObject][] = [
    [
      'a group',
      `${main('{ src.person as p -> tgt.part as t then Person(p, t); }')}\ngroup Person(source p, target t) { p.first -> t.label; }`,
      { person: { first: 'Ana' } },
      { part: { label: 'Ana' } },
    ],
    [
      'a group with typed parameters',
      `${main('{ src as s then Rest(s, tgt); }')}\ngroup Rest(source a : Visit, target b : Card) { a.note -> b.text; }`,
      { note: 'n' },
      { text: 'n' },
    ],
    [
      'two groups',
      `${main('{ src as s then A(s, tgt), B(s, tgt); }')}\ngroup A(source a, target b) { a.note -> b.text; }\ngroup B(source a, target b) { a.kind -> b.code; }`,
      { note: 'n', kind: 'k' },
      { text: 'n', code: 'k' },
    ],
    [
      'a group and nested rules',
      `${main('{ src as s then A(s, tgt) { s.kind -> tgt.code; }; }')}\ngroup A(source a, target b) { a.note -> b.text; }`,
      { note: 'n', kind: 'k' },
      { text: 'n', code: 'k' },
    ],
    [
      'several sources',
      `${main('{ src.note as n, src.kind as k then A(n, k, tgt); }')}\ngroup A(source n, source k, target b) { n -> b.text = n; k -> b.code = k; }`,
      { note: 'n', kind: 'k' },
      { text: 'n', code: 'k' },
    ],
    [
      'several targets',
      `${main('{ src -> tgt.part as p, tgt.items as i then A(src, p, i); }')}\ngroup A(source s, target p, target i) { s.note as n -> p.label = n, i.label = n; }`,
      { note: 'n' },
      { part: { label: 'n' }, items: [{ label: 'n' }] },
    ],
    [
      'a literal argument',
      `${main("{ src as s then A(s, 'fixed', tgt); }")}\ngroup A(source s, source text, target b) { s -> b.text = text; }`,
      {},
      { text: 'fixed' },
    ],
    [
      'an expression argument',
      `${main('{ src as s then A(s.minutes * 2, tgt); }')}\ngroup A(source n, target b) { n -> b.count = n; }`,
      { minutes: 4 },
      { count: 8 },
    ],
    [
      'an absent argument runs no rule',
      `${main('{ src as s then A(s.note, tgt); }')}\ngroup A(source n, target b) { n -> b.flag = true; }`,
      {},
      {},
    ],
    [
      'one group for two types',
      `${main('{ src.person as p -> tgt.part as t then Label(p.first, t); src.goals as g -> tgt.items as i then Label(g.text, i); }')}\ngroup Label(source s, target t) { s -> t.label = s; }`,
      { person: { first: 'a' }, goals: [{ text: 'b' }] },
      { part: { label: 'a' }, items: [{ label: 'b' }] },
    ],
    [
      'a group that calls itself',
      `${main('{ src.goals as g -> tgt.items as i then Goal(g, i); }')}\ngroup Goal(source g, target i) { g.text -> i.label; g.parts as p -> i.sub as s then Goal(p, s); }`,
      { goals: [{ text: 'a', parts: [{ text: 'b', parts: [{ text: 'c' }] }] }] },
      { items: [{ label: 'a', sub: [{ label: 'b', sub: [{ label: 'c' }] }] }] },
    ],
    [
      'a group named like a variable',
      `${main('{ src.person as p -> tgt.part as t then p(p, t); }')}\ngroup p(source p, target t) { p.first -> t.label; }`,
      { person: { first: 'Ana' } },
      { part: { label: 'Ana' } },
    ],
    [
      'a target read inside the group',
      `${main("{ src -> tgt.text = 'x' then A(tgt, tgt); }")}\ngroup A(source a, target b) { a.text -> b.list; }`,
      {},
      { text: 'x', list: ['x'] },
    ],
  ];
  for (const [title, text, source, expected] of rows) {
    test(title, () => {
      assert.deepEqual(targetOf(load(text), source), expected);
    });
  }
});

describe('extends', () => {
  test('the rules of the extended group run first', () => {
    const text = `${HEADER}\ngroup Main(source src : Visit, target tgt : Card) extends Base { src.kind -> tgt.list; }\ngroup Base(source a : Visit, target b : Card) { a.note -> b.list; }`;
    assert.deepEqual(targetOf(load(text), { note: 'n', kind: 'k' }), { list: ['n', 'k'] });
  });

  test('over two steps', () => {
    const text = `${HEADER}\ngroup Main(source src : Visit, target tgt : Card) extends B { src.kind -> tgt.list; }\ngroup B(source a, target b) extends C { a.note -> b.list; }\ngroup C(source a, target b) { a.id -> b.list; }`;
    assert.deepEqual(targetOf(load(text), { id: 'i', note: 'n', kind: 'k' }), { list: ['i', 'n', 'k'] });
  });

  test('another number of parameters is refused', () => {
    const text = `${HEADER}\ngroup Main(source src : Visit, target tgt : Card) extends B { src.kind -> tgt.list; }\ngroup B(source a : Visit) { a check (true); }`;
    assert.throws(() => load(text), /group 'B' has 1 parameters, not 2/);
  });
});

describe('default groups', () => {
  test('a simple copy goes through the group for the types', () => {
    const text = `${main('{ src.period -> tgt.period; }')}\ngroup Turn(source a : Period, target b : Period) <<types>> { a.start -> b.end; }`;
    assert.deepEqual(targetOf(load(text), { period: { start: '2026-01-01' } }), { period: { end: '2026-01-01' } });
  });

  test('<<type+>> counts as well', () => {
    const text = `${main('{ src.coding -> tgt.concept; }')}\ngroup Wrap(source a : Coding, target b : CodeableConcept) <<type+>> { a as c -> b.coding = c; }`;
    assert.deepEqual(targetOf(load(text), { coding: { code: 'x' } }), { concept: { coding: [{ code: 'x' }] } });
  });

  test('a group without the mark is no default', () => {
    const text = `${main('{ src.coding -> tgt.concept; }')}\ngroup Wrap(source a : Coding, target b : CodeableConcept) { a as c -> b.coding = c; }`;
    assert.throws(() => load(text), /Card.concept is a CodeableConcept, not Coding/);
  });
});

describe('imports', () => {
  const shared =
    'map "https://example.org/StructureMap/shared" = "shared"\ngroup Label(source s, target t) { s -> t.label = s; }';
  const importing = (url: string) =>
    main('{ src.note as n -> tgt.part as p then Label(n, p); }').replace('uses', `imports "${url}"\nuses`);
  // `imports` stands after `uses` in the grammar; both orders are read.

  for (const url of [
    'https://example.org/StructureMap/shared',
    'https://example.org/StructureMap/sh*',
    'https://example.org/*',
  ]) {
    test(url, () => {
      const maps = library({ file: 'a.map', text: importing(url) }, { file: 'b.map', text: shared });
      const map = maps.map('https://example.org/StructureMap/test');
      assert.deepEqual(map && targetOf(map, { note: 'n' }), { part: { label: 'n' } });
    });
  }

  test('through another map', () => {
    const between =
      'map "https://example.org/StructureMap/between" = "between"\nimports "https://example.org/StructureMap/shared"\ngroup Unused(source s : Patient) { s check (true); }';
    const maps = library(
      { file: 'a.map', text: importing('https://example.org/StructureMap/between') },
      { file: 'b.map', text: shared },
      { file: 'c.map', text: between },
    );
    assert.equal(maps.map('https://example.org/StructureMap/test') !== undefined, true);
  });

  test('a group of a map that is not imported is not seen', () => {
    const text = main('{ src.note as n -> tgt.part as p then Label(n, p); }');
    assert.throws(
      () => library({ file: 'a.map', text }, { file: 'b.map', text: shared }),
      /a\.map:4:\d+ there is no group 'Label'/,
    );
  });

  test('a group in two imports is refused where it is called', () => {
    const other = shared.replace('/shared"', '/share2"');
    assert.throws(
      () =>
        library(
          { file: 'a.map', text: importing('https://example.org/StructureMap/sh*') },
          { file: 'b.map', text: shared },
          { file: 'c.map', text: other },
        ),
      /a\.map:5:\d+ group 'Label' is defined in several imports/,
    );
  });

  test("the map's own group comes first", () => {
    const text = `${importing('https://example.org/*')}\ngroup Label(source s, target t) { s -> t.label = (s & '!'); }`;
    const used =
      `${shared}\ngroup Use(source s : Visit, target t : Card) { s.note as n -> t.part as p then Label(n, p); }`.replace(
        'group Label',
        `uses "${MODEL}Visit" as source\nuses "${MODEL}Card" as target\ngroup Label`,
      );
    const maps = library({ file: 'a.map', text }, { file: 'b.map', text: used });
    const map = maps.map('https://example.org/StructureMap/test');
    assert.deepEqual(map && targetOf(map, { note: 'n' }), { part: { label: 'n!' } });
  });

  test('a problem in an imported group is reported in its own file', () => {
    const broken = shared.replace('t.label', 't.labl');
    assert.throws(
      () => library({ file: 'a.map', text: importing('https://example.org/*') }, { file: 'b.map', text: broken }),
      /^MapLoadError: b\.map:2:\d+ Card.part has no element 'labl'/,
    );
  });
});

describe('the library', () => {
  const text = (version: string) =>
    `/// version = '${version}'\n/// title = "A test"\n${main('{ src.note -> tgt.text; }')}`;

  test('finds a map by url, with and without its version', () => {
    const maps = library({ file: 'a.map', text: text('2.1') });
    const url = 'https://example.org/StructureMap/test';
    assert.equal(maps.map(url)?.version, '2.1');
    assert.equal(maps.map(`${url}|2.1`)?.url, url);
    assert.equal(maps.map(`${url}|2.2`), undefined);
    assert.equal(maps.map('https://example.org/other'), undefined);
    assert.equal(maps.maps.length, 1);
  });

  test('a map knows its file, sources and targets', () => {
    const map = load(main('{ src.note -> tgt.text; }'));
    assert.deepEqual([map.file, map.version], ['test.map', '1']);
    assert.deepEqual(map.sources, [{ name: 'src', type: `${MODEL}Visit` }]);
    assert.deepEqual(map.targets, [{ name: 'tgt', type: `${MODEL}Card` }]);
  });

  test('a map named by metadata alone', () => {
    const named = text('1').replace(/^map .*$/m, "/// url = 'urn:other'\n/// name = 'other'");
    assert.equal(load(named).url, 'urn:other');
  });

  test('a map with two sources and two targets', () => {
    const map = load(
      `${HEADER}\nuses "http://hl7.org/fhir/StructureDefinition/Patient" alias Patient as source\nuses "http://hl7.org/fhir/StructureDefinition/Basic" alias Basic as produced\ngroup Main(source src : Visit, source pat : Patient, target tgt : Card, target out : Basic) { src.note -> tgt.text; pat.id -> out.id; }`,
    );
    assert.deepEqual(map.run({ src: { note: 'n' }, pat: { resourceType: 'Patient', id: 'p' } }).targets, {
      tgt: { text: 'n' },
      out: { resourceType: 'Basic', id: 'p' },
    });
  });

  test('a map of untyped groups is a library, and can not be run', () => {
    const shared = 'map "urn:shared" = "shared"\ngroup Label(source s, target t) { s -> t.label = s; }';
    const user = main('{ src.note as n -> tgt.part as p then Label(n, p); }').replace(
      'uses',
      'imports "urn:shared"\nuses',
    );
    const maps = library({ file: 'a.map', text: user }, { file: 'b.map', text: shared });
    assert.deepEqual(
      maps.maps.map((m) => m.file),
      ['a.map'],
    );
    assert.equal(maps.map('urn:shared'), undefined);
  });

  test('constants', () => {
    const map = load(
      `${HEADER}\nlet base = 'urn:x:';\nlet full = base & 'y';\ngroup Main(source src : Visit, target tgt : Card) { src.id as i -> tgt.text = (%base & i), tgt.list = (full); }`,
    );
    assert.deepEqual(run(map, { id: '1' }).targets.tgt, { text: 'urn:x:1', list: ['urn:x:y'] });
  });
});
