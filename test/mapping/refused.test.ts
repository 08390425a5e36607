/**
 * Maps that must not load, each with the line and the sentence its author gets.
 *
 * Spec: https://hl7.org/fhir/R4/mapping-language.html, https://hl7.org/fhir/R5/mapping-language.html
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { loadMaps } from '../../src/mapping/load-maps.ts';
import { MapLoadError } from '../../src/mapping/map-library.ts';
import { problemsOf, table } from './refusal-table.ts';
import { definitions, HEADER, MODEL, visitToCard } from './support.ts';

table(
  'sources',
  [
    ['unknown variable', 'sorc.note -> tgt.text;', 5, 1, /no variable 'sorc'/],
    ['unknown element', 'src.note2 -> tgt.text;', 5, 5, /Visit has no element 'note2'; did you mean 'note'/],
    ['unknown nested element', 'src.person.frist -> tgt.text;', 5, 12, /Visit.person has no element 'frist'/],
    ['element of a primitive', 'src.note.value as v -> tgt.text = v;', 5, 10, /string is a primitive/],
    ['reading from a target', 'tgt.text as t -> tgt.list = t;', 5, 1, /'tgt' is a target/],
    ['unknown type filter', 'src.answer : Wrong as a -> tgt.text = a;', 5, 14, /unknown type 'Wrong'/],
    ['type filter that never matches', 'src.answer : boolean as a -> tgt.flag = a;', 5, 14, /never a boolean/],
    ['path into an open choice', 'src.answer.value as v -> tgt.count = v;', 5, 12, /has several types: narrow it/],
    ['list option on a variable', "src first as s -> tgt.text = 'x';", 5, 1, /is one value/],
    [
      'default of the wrong type',
      'src.minutes default true as m -> tgt.count = m;',
      5,
      21,
      /true is not a valid integer/,
    ],
    ['where that is no condition', 'src.note as n where (n.upper()) -> tgt.text = n;', 5, 24, /needs true or false/],
    ['two clauses of a kind', 'src.note as n as m -> tgt.text = n;', 5, 15, /given twice/],
    ['cardinality the wrong way round', 'src.tags 3..1 as t -> tgt.list = t;', 5, 10, /not a cardinality/],
    ['a rule that does nothing', 'src.note as n;', 5, 1, /does nothing/],
    ['a variable named twice', 'src.note as n -> tgt.text = n as n;', 5, 34, /named twice/],
  ],
  visitToCard,
);

table(
  'targets',
  [
    ['unknown variable', "src -> tgd.text = 'x';", 5, 8, /no variable 'tgd' here; did you mean 'tgt'/],
    ['unknown element', "src -> tgt.txt = 'x';", 5, 12, /Card has no element 'txt'; did you mean 'text'/],
    ['writing to a source', "src -> src.note = 'x';", 5, 8, /'src' is a source/],
    ['writing to a value', "src.note as n -> n.x = 'x';", 5, 18, /'n' is a source/],
    ['a variable without an element', "src -> tgt = 'x';", 5, 8, /name the element/],
    ['a variable of a later rule', 'src.note as n -> tgt.text = n; src -> tgt.list = n;', 5, 50, /no variable 'n'/],
    ['a deep path through a list', "src -> tgt.items.label = 'x';", 5, 18, /Card.items is a list/],
    ['a deep path through a choice', 'src -> tgt.reply.value = 1;', 5, 18, /several types/],
    ['a deep path through a primitive', "src -> tgt.text.value = 'x';", 5, 17, /string is a primitive/],
    ['a list option on a single element', "src -> tgt.text = 'x' first;", 5, 8, /'first' needs a list/],
    ['share of a value', "src -> tgt.list = 'x' share a;", 5, 8, /goes on with an element made by create/],
    [
      'create of a type the element has not',
      "src -> tgt.period = create('Quantity') as p, p.start = src.day;",
      5,
      21,
      /never a Quantity/,
    ],
    [
      'create of an unknown type',
      "src -> tgt.period = create('Perod') as p, p.start = src.day;",
      5,
      21,
      /unknown type 'Perod'/,
    ],
    ['create of a primitive', "src -> tgt.text = create('string') as p;", 5, 19, /give it a value/],
    ['create of an open choice', 'src -> tgt.reply as r, r.value = 1;', 5, 8, /several types: say which/],
    ['create with a variable', 'src.kind as k -> tgt.period = create(k) as p;', 5, 31, /one type name in quotes/],
    ['create that nothing can be written to', "src -> tgt.period = create('Period');", 5, 8, /name it with 'as'/],
    ['create without an element', "src -> create('Period') as p;", 5, 8, /needs an element/],
    ['a value without an element or name', "src -> append('a', 'b');", 5, 24, /expected 'as'/],
    [
      'simple copy of a record structure',
      'src.person -> tgt.part;',
      5,
      15,
      /no group with <<types>> maps Visit.person/,
    ],
    ['simple form with two sources', 'src.note, src.kind -> tgt.text;', 5, 23, /several sources/],
  ],
  visitToCard,
);

table(
  'syntax',
  [
    ['missing semicolon', 'src.note -> tgt.text\nsrc.kind -> tgt.code;', 6, 1, /expected ';'/],
    ['missing value', 'src.note -> tgt.text = ;', 5, 24, /expected a value/],
    ['missing closing parenthesis', "src.note as n where (n = 'x' -> tgt.text = n;", 5, 30, /expected '\)'/],
    ['unclosed string', "src -> tgt.text = 'x;", 5, 19, /this ' is never closed/],
    ['unclosed comment', '/* src.note -> tgt.text;', 5, 1, /never closed/],
    ['unexpected character', 'src.note -> tgt.text = §;', 5, 24, /unexpected character '§'/],
    ['unknown escape', "src -> tgt.text = '\\q';", 5, 19, /unknown escape/],
    ['a function as a source', 'create() -> tgt.text;', 5, 1, /not with a function/],
    ['a dependent that is no group', 'src.note as n then 5;', 5, 20, /expected a group name/],
  ],
  visitToCard,
);

table(
  'declarations',
  [
    ['no map declaration', 'group A(source s, target t) { s -> t; }', 1, 1, /does not name its map/],
    ['an empty file', '', 1, 1, /does not name its map/],
    ['no groups', 'map "urn:a" = "a"', 1, 1, /no groups/],
    [
      'an unknown structure',
      'map "urn:a" = "a"\nuses "urn:none" alias X as source\ngroup A(source s : X) { s check (true); }',
      2,
      1,
      /urn:none is not known/,
    ],
    [
      'a bad mode',
      `map "urn:a" = "a"\nuses "${MODEL}Visit" as input\n${'group A(source s) { }'}`,
      2,
      57,
      /source, target, queried or produced/,
    ],
    [
      'an unknown parameter type',
      `${HEADER}\ngroup A(source src : Vist, target tgt : Card) { src -> tgt.text = 'x'; }`,
      4,
      22,
      /unknown type 'Vist'; did you mean 'Visit'/,
    ],
    [
      'a target type as a source',
      `${HEADER}\ngroup A(source src : Card, target tgt : Card) { src -> tgt.text = 'x'; }`,
      4,
      22,
      /'Card' is used as target/,
    ],
    [
      'a group defined twice',
      `${HEADER}\ngroup A(source src : Visit) { src check (true); }\ngroup A(source src : Visit) { src check (true); }`,
      5,
      1,
      /defined twice/,
    ],
    [
      'a parameter named twice',
      `${HEADER}\ngroup A(source src : Visit, target src : Card) { src check (true); }`,
      4,
      29,
      /two parameters named 'src'/,
    ],
    [
      'an unknown group',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) { src as s then Bee(s, tgt); }`,
      4,
      64,
      /no group 'Bee'/,
    ],
    [
      'too few arguments for a group',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) { src as s then B(s); }\ngroup B(source a, target b) { a -> b.text = 'x'; }`,
      4,
      64,
      /has 2 parameters, not 1/,
    ],
    [
      'a source for a target parameter',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) { src as s then B(s, s); }\ngroup B(source a, target b) { a -> b.text = 'x'; }`,
      4,
      64,
      /is a target: pass a target variable/,
    ],
    [
      'an argument of the wrong type',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) { src.period as s then B(s, tgt); }\ngroup B(source a : Visit, target b : Card) { a -> b.text = 'x'; }`,
      4,
      71,
      /is a Visit, not Period/,
    ],
    [
      'an untyped group that nobody calls',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) { src -> tgt.text = 'x'; }\ngroup B(source a, target b) { a -> b.text = 'x'; }`,
      5,
      1,
      /never called and its parameters have no types/,
    ],
    [
      'a mistake in a group that nobody calls',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) { src -> tgt.text = 'x'; }\ngroup B(source a : Visit, target b : Card) { a.nope -> b.text = 'x'; }`,
      5,
      48,
      /no element 'nope'/,
    ],
    [
      'an import that is not there',
      `map "urn:a" = "a"\nimports "urn:b*"\nuses "${MODEL}Visit" alias Visit as source\ngroup A(source s : Visit) { s check (true); }`,
      2,
      9,
      /no loaded map has the url urn:b\*/,
    ],
    [
      'a group that extends an unknown one',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) extends Bee { src -> tgt.text = 'x'; }`,
      4,
      56,
      /no group 'Bee'/,
    ],
    [
      'a group that extends itself',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) extends A { src -> tgt.text = 'x'; }`,
      4,
      56,
      /extends itself/,
    ],
    [
      'two default groups for the same types',
      `${HEADER}\ngroup A(source src : Visit, target tgt : Card) { src.period -> tgt.period; }\ngroup B(source a : Period, target b : Period) <<types>> { a.start -> b.start; }\ngroup C(source a : Period, target b : Period) <<types>> { a.end -> b.end; }`,
      4,
      64,
      /several groups map Period to Period/,
    ],
    [
      'metadata below a declaration',
      'map "urn:a" = "a"\n/// version = \'1\'\ngroup A(source s : Patient) { s check (true); }',
      2,
      1,
      /metadata/,
    ],
    [
      'metadata without a value',
      '/// this is my map\nmap "urn:a" = "a"\ngroup A(source s : Patient) { s check (true); }',
      1,
      1,
      /reads: \/\/\/ key = 'value'/,
    ],
    [
      'a url that differs from the metadata',
      '/// url = \'urn:b\'\nmap "urn:a" = "a"\ngroup A(source s : Patient) { s check (true); }',
      2,
      1,
      /differs from \/\/\/ url/,
    ],
    [
      'a constant that uses itself',
      `${HEADER}\nlet a = b; let b = a;\ngroup A(source src : Visit, target tgt : Card) { src -> tgt.text = (a); }`,
      4,
      20,
      /uses itself/,
    ],
    [
      'words on the top level',
      'map "urn:a" = "a"\nfoo\ngroup A(source s : Patient) { s check (true); }',
      2,
      1,
      /expected map, conceptmap, uses/,
    ],
  ],
  (text) => text,
);

describe('many problems', () => {
  test('all of a file are listed, in order', () => {
    const problems = problemsOf(
      visitToCard(
        'src.a -> tgt.text;\nsrc.note -> tgt.b;\nsrc.note -> ;\nsrc.kind as k -> tgt.count = k;\nsrc.note then { src.c -> tgt.text; };',
      ),
    );
    assert.deepEqual(
      problems.map((p) => [p.line, p.column]),
      [
        [5, 5],
        [6, 17],
        [7, 13],
        [8, 30],
        [9, 21],
      ],
    );
  });

  test('all files are checked, and the message names each', () => {
    const files = ['a', 'b'].map((name) => ({
      file: `${name}.map`,
      text: visitToCard('src.x -> tgt.text;').replace('/test"', `/${name}"`),
    }));
    assert.throws(
      () => loadMaps(files, { definitions: definitions() }),
      (error) => error instanceof MapLoadError && /^a\.map:5:5 .*\nb\.map:5:5 .*$/.test(error.message),
    );
  });

  test('two maps with one url', () => {
    const text = visitToCard('src.note -> tgt.text;');
    assert.throws(
      () =>
        loadMaps(
          [
            { file: 'a.map', text },
            { file: 'b.map', text },
          ],
          { definitions: definitions() },
        ),
      /b\.map:1:1 the map https:\/\/example\.org\/StructureMap\/test is also defined in a\.map/,
    );
  });
});
