/**
 * Sources that a map refuses while it runs, each with the rule, the path in the record and the sentence.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html. That these are errors, and not silence, is our choice.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { type JsonObject, MapRunError } from '../../src/mapping/map-library.ts';
import { conceptMap, load, run, visitToCard } from './support.ts';

const kinds = conceptMap('kinds', ['outing > OUT', 'home > HH']);

type Row = [title: string, rules: string, source: JsonObject, path: string | undefined, message: RegExp];

const rows: Row[] = [
  [
    'a text that is not base64',
    "src -> tgt.text = (src.note.decode('base64'));",
    { note: 'a' },
    'note',
    /not base64 of a UTF-8 text/,
  ],
  [
    'base64 of something else',
    "src -> tgt.text = (src.note.decode('base64'));",
    { note: '//79' },
    'note',
    /not base64 of a UTF-8 text/,
  ],
  [
    'two values into a single element',
    'src.tags as t -> tgt.text = t;',
    { tags: ['a', 'b'] },
    'tags[1]',
    /Card.text takes one value/,
  ],
  ['two values by simple copy', 'src.tags -> tgt.text;', { tags: ['a', 'b'] }, 'tags[1]', /Card.text takes one value/],
  ['two values of a path', 'src -> tgt.text = src.tags;', { tags: ['a', 'b'] }, 'tags', /'tags' has 2 values/],
  [
    'two values of an expression',
    "src -> tgt.text = (src.tags.where($this != 'x'));",
    { tags: ['a', 'b'] },
    'tags',
    /the expression has 2 values/,
  ],
  [
    'two rules for one element',
    "src.kind -> tgt.text = 'a'; src.note as n -> tgt.text = n;",
    { kind: 'k', note: 'b' },
    'note',
    /written a second time/,
  ],
  [
    'an object made twice',
    'src.goals as g -> tgt.period as p, p.start = g.due;',
    { goals: [{ due: '2026-01-01' }, { due: '2026-01-02' }] },
    'goals[1]',
    /already made; 'share'/,
  ],
  [
    'two objects for a single element',
    "src.tags as t -> tgt.concept = cc('urn:k', t);",
    { tags: ['a', 'b'] },
    'tags[1]',
    /takes one value/,
  ],
  [
    'two types of one choice',
    'src.note as n -> tgt.reply = n; src.minutes as m -> tgt.reply = m;',
    { note: 'a', minutes: 1 },
    'minutes',
    /already holds replyString/,
  ],
  [
    'only_one of several',
    'src.tags only_one as t -> tgt.text = t;',
    { tags: ['a', 'b'] },
    'tags',
    /2 values where the map asks for only one/,
  ],
  ['too few values', 'src.tags 1..1 as t -> tgt.text = t;', {}, 'tags', /0 values where the map asks for 1\.\.1/],
  [
    'too many values',
    'src.goals.parts 0..1 as p -> tgt.text = p.text;',
    { goals: [{ parts: [{ text: 'a' }, { text: 'b' }] }] },
    'goals.parts',
    /2 values .* 0\.\.1/,
  ],
  [
    'a check that fails',
    'src.goals as g check (g.rank > 0) -> tgt.list = g.text;',
    { goals: [{ rank: 1 }, { rank: 0 }] },
    'goals[1]',
    /the check of this rule fails/,
  ],
  [
    'a check on an absent value',
    'src.goals as g check (g.rank > 0) -> tgt.list = g.text;',
    { goals: [{}] },
    'goals[0]',
    /the check of this rule fails/,
  ],
  [
    'a code without mapping',
    "src.kind as k -> tgt.code = translate(k, 'https://example.org/ConceptMap/kinds', 'code');",
    { kind: 'walk' },
    'kind',
    /code 'walk' has no mapping in https:\/\/example\.org\/ConceptMap\/kinds; it maps 'outing', 'home'/,
  ],
  [
    'a code without mapping, deep',
    "src.person.role as r -> tgt.list = translate(r, 'https://example.org/ConceptMap/kinds', 'code');",
    { person: { role: ['home', 'x'] } },
    'person.role[1]',
    /code 'x'/,
  ],
  [
    'a code of another system',
    "src.coding as k -> tgt.code = translate(k, 'https://example.org/ConceptMap/kinds', 'code');",
    { coding: { system: 'urn:x', code: 'home' } },
    'coding',
    /code 'home' of urn:x has no mapping.*none of that system/,
  ],
  [
    'a Coding without system',
    "src.coding as k -> tgt.code = translate(k, 'https://example.org/ConceptMap/kinds', 'code');",
    { coding: { code: 'home' } },
    'coding',
    /has no system/,
  ],
  [
    'a CodeableConcept that leads to two codes',
    "src.concept as k -> tgt.code = translate(k, 'https://example.org/ConceptMap/kinds', 'code');",
    {
      concept: {
        coding: [
          { system: 'https://example.org/kinds', code: 'home' },
          { system: 'https://example.org/kinds', code: 'outing' },
        ],
      },
    },
    'concept',
    /lead to different codes/,
  ],
  [
    'a CodeableConcept without codings',
    "src.concept as k -> tgt.code = translate(k, 'https://example.org/ConceptMap/kinds', 'code');",
    { concept: { text: 'x' } },
    'concept',
    /needs a code, a Coding/,
  ],
  [
    'text where a number is defined',
    'src.minutes -> tgt.count;',
    { minutes: '60' },
    'minutes',
    /expected integer \(number\), found a string/,
  ],
  [
    'text where a number is read by an expression',
    'src where (src.minutes > 5) -> tgt.flag = true;',
    { minutes: '60' },
    'minutes',
    /expected integer \(number\), found a string/,
  ],
  [
    'a list where one value is defined',
    'src.note -> tgt.text;',
    { note: ['a'] },
    'note',
    /expected string \(string\), found a list/,
  ],
  [
    'one value where a list is defined',
    'src.tags -> tgt.list;',
    { tags: 'a' },
    'tags',
    /expected a list of string, found one value/,
  ],
  [
    'text where an object is defined',
    'src.goals as g -> tgt.list = g.text;',
    { goals: ['a'] },
    'goals[0]',
    /expected Visit.goals \(object\), found a string/,
  ],
  ['zero into positiveInt', 'src.minutes -> tgt.size;', { minutes: 0 }, 'minutes', /'0' is not a valid positiveInt/],
  ['text that is no code', 'src.note as n -> tgt.code = n;', { note: ' a' }, 'note', /' a' is not a valid code/],
  [
    'an expression of the wrong kind',
    'src -> tgt.count = (src.tags.repeat($this).first());',
    { tags: ['a'] },
    undefined,
    /'a' is not a valid integer/,
  ],
  [
    'a cast that would guess',
    "src.note as n -> tgt.count = cast(n, 'integer');",
    { note: '1.5' },
    'note',
    /'1.5' can not be cast to integer/,
  ],
  [
    'a cast to a date of no date',
    "src.note as n -> tgt.on = cast(n, 'date');",
    { note: 'soon' },
    'note',
    /'soon' can not be cast to date/,
  ],
  [
    'a dateTime without zone as instant',
    'src.start as s -> tgt.moment = cast(s);',
    { start: '2026-03' },
    'start',
    /can not be cast to instant/,
  ],
  ['half a Coding', 'src.kind as k -> tgt.coding = c(src.note, k);', { kind: 'a' }, 'note', /the Coding has no system/],
  [
    'a quantity that does not read',
    'src.note as n -> tgt.quantity = qty(n);',
    { note: 'many' },
    'note',
    /does not read as a quantity/,
  ],
  [
    'two rules for the first place',
    'src.note as n -> tgt.list = n; src.kind as k -> tgt.list = k first; src.id as i -> tgt.list = i first;',
    { note: 'n', kind: 'k', id: 'i' },
    undefined,
    /already asks for the first place/,
  ],
  [
    'a variable that was not made',
    "src.note as n -> tgt.concept = (src.concept.where(text = 'x')) as c, c.text = n;",
    { note: 'n' },
    undefined,
    /'c' was not made in this run/,
  ],
  [
    'an expression that fails',
    'src.note as n -> tgt.text = (n.substring(n.length() - n));',
    { note: 'n' },
    'note',
    /can not be evaluated/,
  ],
];

describe('a run stops', () => {
  for (const [title, rules, source, path, message] of rows) {
    test(title, () => {
      const map = load(visitToCard(rules), [kinds]);
      assert.throws(
        () => run(map, source),
        (error) => {
          assert.ok(error instanceof MapRunError, String(error));
          assert.match(error.message, message);
          assert.deepEqual([error.file, error.line, error.sourcePath], ['test.map', 5, path]);
          return true;
        },
      );
    });
  }
});

describe('the error', () => {
  const map = load(
    visitToCard(
      "src.person as p then {\n  p.role as r -> tgt.list = translate(r, 'https://example.org/ConceptMap/kinds', 'code') \"role\";\n};",
    ),
    [kinds],
  );

  test('names the rule, its line, and the place in the record', () => {
    assert.throws(
      () => run(map, { person: { role: ['home', 'zoo'] } }),
      (error) => {
        assert.ok(error instanceof MapRunError);
        assert.deepEqual([error.rule, error.line, error.sourcePath], ['role', 6, 'person.role[1]']);
        assert.match(error.message, /^person\.role\[1\]: code 'zoo' .* \(rule "role", test\.map:6\)$/);
        return true;
      },
    );
  });

  test('leaves the map usable', () => {
    assert.throws(() => run(map, { person: { role: ['zoo'] } }), MapRunError);
    assert.deepEqual(run(map, { person: { role: ['home'] } }).targets, { tgt: { list: ['HH'] } });
  });

  test('a rule without a name is named by its source', () => {
    const unnamed = load(visitToCard('src.note as n check (n.length() > 3) -> tgt.text = n;'));
    assert.throws(() => run(unnamed, { note: 'a' }), /\(rule "src\.note", test\.map:5\)$/);
  });

  test('missing and unknown sources', () => {
    assert.throws(() => map.run({}), /the source 'src' of .* is missing/);
    assert.throws(() => map.run({ src: {}, other: {} }), /has no source 'other'; it has src/);
  });
});
