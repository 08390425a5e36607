/**
 * What a map can read and how its rules are built, one small map for each feature, from a logical model into another.
 *
 * Spec: https://hl7.org/fhir/R4/mapping-language.html, https://hl7.org/fhir/R5/mapping-language.html
 */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { load, targetOf, visitToCard } from './support.ts';
import { table } from './visit-table.ts';

table('sources', [
  ['an absent element runs no rule', 'src.note -> tgt.flag = true;', {}, { id: 'v' }],
  ['a null counts as absent', 'src.note -> tgt.flag = true;', {}, { id: 'v', note: null }],
  ['a list runs the rule for each item', 'src.goals as g -> tgt.list = g.text;', { list: ['read', 'write', 'sum'] }],
  ['a deep source path', 'src.person.first as f -> tgt.text = f;', { text: 'Ana' }],
  ['a deep source path over lists', 'src.goals.parts.text as t -> tgt.list = t;', { list: ['page one'] }],
  ['an element by contentReference', 'src.goals.parts as p -> tgt.list = p.text;', { list: ['page one'] }],
  ['the context itself', "src -> tgt.text = 'x';", { text: 'x' }],
  ['the context under another name', 'src as s -> tgt.text = s.note;', { text: 'Went to the library' }],
  ['a name in backticks', 'src.`note` as `n` -> tgt.`text` = `n`;', { text: 'Went to the library' }],
  ['first', 'src.tags first as t -> tgt.text = t;', { text: 'a' }],
  ['last', 'src.tags last as t -> tgt.text = t;', { text: 'c' }],
  ['not_first', 'src.tags not_first as t -> tgt.list = t;', { list: ['b', 'c'] }],
  ['not_last', 'src.tags not_last as t -> tgt.list = t;', { list: ['a', 'b'] }],
  ['only_one', 'src.tags only_one as t -> tgt.text = t;', { text: 'z' }, { tags: ['z'] }],
  ['list option after where', "src.tags first as t where (t != 'a') -> tgt.text = t;", { text: 'b' }],
  ['default of an absent element', "src.note default 'none' as n -> tgt.text = n;", { text: 'none' }, {}],
  ['default of a present element', "src.note default 'none' as n -> tgt.text = n;", { text: 'x' }, { note: 'x' }],
  [
    'default as an expression',
    "src.note default (src.kind & '!') as n -> tgt.text = n;",
    { text: 'k!' },
    { kind: 'k' },
  ],
  ['cardinality that holds', 'src.tags 1..3 as t -> tgt.list = t;', { list: ['a', 'b', 'c'] }],
  ['cardinality with *', 'src.tags 0..* as t -> tgt.list = t;', { list: ['a', 'b', 'c'] }],
  ['type of a single-typed element', 'src.note : string as n -> tgt.text = n;', { text: 'Went to the library' }],
  ['type filter that matches', 'src.answer : integer as a -> tgt.count = a;', { count: 3 }, { answerInteger: 3 }],
  ['type filter that does not match', 'src.answer : integer as a -> tgt.count = a;', {}, { answerString: 'x' }],
  ['a choice by its JSON name', 'src.answerInteger as a -> tgt.count = a;', { count: 3 }, { answerInteger: 3 }],
  [
    'type filter on a variable',
    'src.answer as a then { a : integer as i -> tgt.count = i; };',
    { count: 3 },
    { answerInteger: 3 },
  ],
  [
    'two sources give all combinations',
    'src.tags as t, src.goals as g where (g.rank < 3) -> tgt.list = append(t, g.text);',
    {
      list: ['aread', 'awrite', 'bread', 'bwrite', 'cread', 'cwrite'],
    },
  ],
  ['two sources, one absent: no combination', 'src.tags as t, src.note as n -> tgt.list = t;', {}, { tags: ['a'] }],
  ['check that holds', 'src.minutes as m check (m > 0) -> tgt.count = m;', { count: 90 }],
]);

table('conditions', [
  ['where on each item', 'src.goals as g where (g.rank > 1) -> tgt.list = g.text;', { list: ['write', 'sum'] }],
  ['where without parentheses', "src.kind as k where k = 'outing' -> tgt.code = k;", { code: 'outing' }],
  [
    'where without parentheses, then check',
    'src.minutes as m where m > 5 check m < 500 -> tgt.count = m;',
    { count: 90 },
  ],
  ['where on the context', 'src where (src.minutes > 60) -> tgt.flag = true;', { flag: true }],
  ['where on the context, false', 'src where (src.minutes > 600) -> tgt.flag = true;', {}],
  ['where with the value as focus', 'src.goals as g where (rank = 2) -> tgt.list = g.text;', { list: ['write'] }],
  ['where with $this', "src.tags as t where ($this = 'b') -> tgt.text = t;", { text: 'b' }],
  ['where with %variable', "src.tags as t where (%t = 'b') -> tgt.text = t;", { text: 'b' }],
  ['where on another variable', 'src.tags as t where (src.held) -> tgt.list = t;', { list: ['a', 'b', 'c'] }],
  ['where on an absent value is false', 'src where (src.minutes > 60) -> tgt.flag = true;', {}, {}],
  ['where = on absent values is false', 'src where (src.note = src.kind) -> tgt.flag = true;', {}, {}],
  ['and, or, not()', "src where (src.held and (src.kind = 'x' or src.note.exists()).not()) -> tgt.flag = true;", {}],
  ['parentheses within where', "src where (src.kind = 'x') or (src.minutes = 90) -> tgt.flag = true;", { flag: true }],
  ['exists with a condition', 'src where (src.goals.exists(rank > 2)) -> tgt.flag = true;', { flag: true }],
  ['in', "src where (src.kind in ('a' | 'outing')) -> tgt.flag = true;", { flag: true }],
  ['a FHIRPath keyword as an element', 'src where (src.day.exists()) -> tgt.flag = true;', { flag: true }],
  [
    'dates compare by time, not by text',
    'src where (src.start < @2026-03-02T23:00:00Z) -> tgt.flag = true;',
    { flag: true },
  ],
  ['is on a choice', 'src where (src.answer is integer) -> tgt.flag = true;', { flag: true }, { answerInteger: 1 }],
]);

table('structure', [
  [
    'nested rules',
    'src.person as p then { p.first as f -> tgt.text = f; p.last as l -> tgt.list = l; };',
    { text: 'Ana', list: ['Ruiz'] },
  ],
  [
    'nested rules see outer variables',
    'src.person as p -> tgt.items as i then { p.first as f -> i.label = f; };',
    { items: [{ label: 'Ana' }] },
  ],
  ['rule name in quotes', 'src.note -> tgt.text "the note";', { text: 'Went to the library' }],
  ['rule name as a word', 'src.note -> tgt.text note;', { text: 'Went to the library' }],
  ['comments', '// one\nsrc.note -> /* two */ tgt.text; // three', { text: 'Went to the library' }],
  [
    'the same name in neighbouring rules',
    'src.note as x -> tgt.text = x; src.minutes as x -> tgt.count = x;',
    { text: 'Went to the library', count: 90 },
  ],
  [
    'a name in an inner rule hides the outer one',
    'src.person as x then { x.first as x -> tgt.text = x; };',
    { text: 'Ana' },
  ],
  ['a rule with a check only', 'src.minutes as m check (m > 1);', {}],
  ['empty braces', 'src.note as n -> tgt.text = n then { };', { text: 'Went to the library' }],
]);

test('log reaches the caller, with rule and line', () => {
  const said: [string, number, string][] = [];
  const map = load(visitToCard('src.tags as t log (\'tag \' & t) -> tgt.list = t "tags";'));
  map.run({ src: { tags: ['a', 'b'] } }, { log: (message, { line, rule }) => said.push([message, line, rule]) });
  assert.deepEqual(said, [
    ['tags[0]: tag a', 5, 'tags'],
    ['tags[1]: tag b', 5, 'tags'],
  ]);
});

test('uuid() is random, or what the caller gives', () => {
  const map = load(visitToCard('src -> tgt.text = uuid();'));
  const one = map.run({ src: {} }).targets.tgt?.text;
  assert.match(String(one), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.notEqual(map.run({ src: {} }).targets.tgt?.text, one);
  assert.equal(map.run({ src: {} }, { uuid: () => 'given' }).targets.tgt?.text, 'given');
});

test('a copied choice can be added to without changing the source', () => {
  const source: JsonObject = { answerQuantity: { value: 2 } };
  const map = load(visitToCard("src.answer -> tgt.reply; src -> tgt.replyQuantity.unit = 'min';"));
  assert.deepEqual(targetOf(map, source), { replyQuantity: { value: 2, unit: 'min' } });
  assert.deepEqual(source, { answerQuantity: { value: 2 } });
});

test('a run changes neither its source nor a later run', () => {
  const source: JsonObject = { period: { start: '2026-03-02' }, end: '2026-03-03' };
  const before = structuredClone(source);
  const map = load(visitToCard('src.period as p -> tgt.period = p as q, q.end = src.end;'));
  const first = targetOf(map, source);
  assert.deepEqual(source, before);
  assert.deepEqual(targetOf(map, source), first);
});
