/**
 * What the mapping language can say, one small map for each feature, from a logical model into another.
 *
 * Spec: https://hl7.org/fhir/R4/mapping-language.html, https://hl7.org/fhir/R5/mapping-language.html
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { load, targetOf, visitToCard } from './support.ts';

const visit: JsonObject = {
  id: 'v1',
  kind: 'outing',
  note: 'Went to the library',
  held: true,
  minutes: 90,
  rate: 12.5,
  start: '2026-03-02T16:00:00-06:00',
  end: '2026-03-02T17:30:00-06:00',
  day: '2026-03-02',
  tags: ['a', 'b', 'c'],
  concept: { coding: [{ system: 'https://example.org/kinds', code: 'outing' }], text: 'Outing' },
  period: { start: '2026-03-02' },
  person: { first: 'Ana', last: 'Ruiz', role: ['mentor', 'driver'] },
  goals: [
    { text: 'read', due: '2026-06-01', rank: 1, parts: [{ text: 'page one' }] },
    { text: 'write', rank: 2 },
    { text: 'sum', due: '2026-07-01', rank: 3 },
  ],
};

type Row = [title: string, rules: string, expected: JsonObject, source?: JsonObject];

function table(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    for (const [title, rules, expected, source = visit] of rows) {
      test(title, () => {
        assert.deepEqual(targetOf(load(visitToCard(rules)), source), expected);
      });
    }
  });
}

table('values', [
  ['simple copy', 'src.note -> tgt.text;', { text: 'Went to the library' }],
  ['simple copy of a list', 'src.tags -> tgt.list;', { list: ['a', 'b', 'c'] }],
  ['copy through a variable', 'src.note as n -> tgt.text = n;', { text: 'Went to the library' }],
  ['copy()', 'src.note as n -> tgt.text = copy(n);', { text: 'Went to the library' }],
  ['copy of a path', 'src -> tgt.text = src.note;', { text: 'Went to the library' }],
  ['copy of a deep path', 'src -> tgt.text = src.person.first;', { text: 'Ana' }],
  ['copy of a path that is absent writes nothing', 'src -> tgt.text = src.note;', {}, { id: 'v' }],
  ['copy of a list path', 'src -> tgt.list = src.tags;', { list: ['a', 'b', 'c'] }],
  ['copy of an object', 'src.concept as c -> tgt.concept = c;', { concept: visit.concept ?? null }],
  ['simple copy of an object', 'src.period -> tgt.period;', { period: { start: '2026-03-02' } }],
  ['string literal', "src -> tgt.text = 'fixed';", { text: 'fixed' }],
  ['string literal with escapes', "src -> tgt.text = 'it\\'s \\u00e9\\n';", { text: "it's é\n" }],
  ['integer literal', 'src -> tgt.count = 5;', { count: 5 }],
  ['integer literal before a rule name', 'src -> tgt.count = 2 "s";', { count: 2 }],
  ['negative literal', 'src -> tgt.count = -5;', { count: -5 }],
  ['decimal literal', 'src -> tgt.amount = 1.5;', { amount: 1.5 }],
  ['boolean literal', 'src -> tgt.flag = false;', { flag: false }],
  ['date literal', 'src -> tgt.on = @2026-01-02;', { on: '2026-01-02' }],
  ['dateTime literal', 'src -> tgt.at = @2026-01-02T10:00:00Z;', { at: '2026-01-02T10:00:00Z' }],
  ['time literal', 'src -> tgt.clock = @T10:00:00;', { clock: '10:00:00' }],
  ['text into a date by its form', "src -> tgt.on = '2026-01-02';", { on: '2026-01-02' }],
  ['integer into decimal', 'src.minutes -> tgt.amount;', { amount: 90 }],
  ['date into dateTime', 'src.day -> tgt.at;', { at: '2026-03-02' }],
  ['string into code', 'src.note as n -> tgt.code = n;', { code: 'Went to the library' }],
]);

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

table('expressions as values', [
  ['in parentheses', "src -> tgt.text = (src.kind & '-' & src.note);", { text: 'outing-Went to the library' }],
  ['& with an absent side', "src -> tgt.text = (src.kind & '-' & src.note);", { text: '-n' }, { note: 'n' }],
  ['+ with an absent side writes nothing', "src -> tgt.text = (src.kind + '-' + src.note);", {}, { note: 'n' }],
  ['%variable', 'src.note as n -> tgt.text = (%n.upper());', { text: 'WENT TO THE LIBRARY' }],
  ['arithmetic', 'src.minutes as m -> tgt.count = (m div 60);', { count: 1 }],
  ['division', 'src.minutes as m -> tgt.amount = (m / 60);', { amount: 1.5 }],
  ['mod and precedence', 'src.minutes as m -> tgt.count = (m mod 60 + 2 * 3);', { count: 36 }],
  ['iif', "src.minutes as m -> tgt.text = (iif(m > 60, 'long', 'short'));", { text: 'long' }],
  [
    'where and select over a list',
    'src -> tgt.list = (src.goals.where(rank > 1).select(text));',
    { list: ['write', 'sum'] },
  ],
  ['first()', 'src -> tgt.text = (src.goals.first().text);', { text: 'read' }],
  ['an index', 'src -> tgt.text = (src.goals[1].text);', { text: 'write' }],
  ['count()', 'src -> tgt.count = (src.goals.count());', { count: 3 }],
  ['join', "src -> tgt.text = (src.tags.join('+'));", { text: 'a+b+c' }],
  ['sum()', 'src -> tgt.count = (src.goals.rank.sum());', { count: 6 }],
  ['aggregate()', 'src -> tgt.count = (src.goals.rank.aggregate($this + $total, 0));', { count: 6 }],
  ['toString()', 'src.minutes as m -> tgt.text = (m.toString());', { text: '90' }],
  [
    'substring and length',
    'src.note as n -> tgt.text = (n.substring(0, 4)), tgt.count = (n.length());',
    { text: 'Went', count: 19 },
  ],
  ['date plus duration', 'src.day as d -> tgt.on = (d + 1 month);', { on: '2026-04-02' }],
  ['toDate() of a dateTime is its day', 'src -> tgt.on = (src.start.toDate());', { on: '2026-03-02' }],
  [
    'where with a nested condition',
    "src -> tgt.list = (src.goals.where(parts.exists(text = 'page one')).text);",
    { list: ['read'] },
  ],
  [
    'replaceMatches',
    "src -> tgt.text = (src.note.replaceMatches('^Went to (.*)$', 'At $1'));",
    { text: 'At the library' },
  ],
  [
    'encode as base64 of UTF-8',
    "src -> tgt.text = (src.note.encode('base64'));",
    { text: 'U29mw61hIPCfkY0=' },
    { note: 'Sofía 👍' },
  ],
  [
    'encode inside a longer expression',
    "src -> tgt.text = (src.note.trim().encode('base64').decode('base64').trim());",
    { text: 'Sofía' },
    { note: ' Sofía ' },
  ],
  [
    'decode of base64',
    "src -> tgt.text = (src.note.decode('base64'));",
    { text: 'Sofía 👍' },
    { note: 'U29mw61hIPCf\nkY0=' },
  ],
  [
    'hex and urlbase64',
    "src -> tgt.list = (src.note.encode('hex')), tgt.list = (src.note.encode('urlbase64'));",
    { list: ['c3bf', 'w78'] },
    { note: 'ÿ' },
  ],
  ['ofType on a choice', 'src -> tgt.count = (src.answer.ofType(integer));', { count: 4 }, { answerInteger: 4 }],
  ['as on a choice', 'src -> tgt.count = (src.answer as integer);', { count: 4 }, { answerInteger: 4 }],
  [
    'a choice through all its names',
    'src where (src.answer.exists()) -> tgt.flag = true;',
    { flag: true },
    { answerQuantity: { value: 1 } },
  ],
  ['an empty result writes nothing', 'src -> tgt.text = (src.goals.where(rank > 9).text.first());', {}],
  ['the empty collection', 'src -> tgt.text = ({});', {}],
  ['%ucum', 'src -> tgt.text = (%ucum);', { text: 'http://unitsofmeasure.org' }],
  ['evaluate with an expression', 'src.person as p -> tgt.text = evaluate(p, first & last);', { text: 'AnaRuiz' }],
  ['evaluate with a quoted expression', "src.person as p -> tgt.text = evaluate(p, 'first.upper()');", { text: 'ANA' }],
]);

table('transforms', [
  ['append', "src.person as p -> tgt.text = append(p.first, ' ', p.last);", { text: 'Ana Ruiz' }],
  ['append of numbers', "src.minutes as m -> tgt.text = append(m, ' min');", { text: '90 min' }],
  ['append of absent values writes nothing', "src -> tgt.text = append('x', src.note);", {}, {}],
  ['truncate', 'src.note as n -> tgt.text = truncate(n, 4);', { text: 'Went' }],
  ['truncate keeps characters whole', 'src.note as n -> tgt.text = truncate(n, 2);', { text: 'a😀' }, { note: 'a😀b' }],
  ['cast number to string', "src.minutes as m -> tgt.text = cast(m, 'string');", { text: '90' }],
  ['cast string to integer', "src.note as n -> tgt.count = cast(n, 'integer');", { count: 7 }, { note: '7' }],
  ['cast string to boolean', "src.note as n -> tgt.flag = cast(n, 'boolean');", { flag: true }, { note: 'true' }],
  ['cast dateTime to date', "src.start as s -> tgt.on = cast(s, 'date');", { on: '2026-03-02' }],
  ['cast dateTime to instant', 'src.start as s -> tgt.moment = cast(s);', { moment: '2026-03-02T16:00:00-06:00' }],
  ['cast a list', "src.tags as t -> tgt.numbers = cast(t, 'integer');", { numbers: [1, 2] }, { tags: ['1', '2'] }],
  [
    'c',
    "src.kind as k -> tgt.coding = c('https://example.org/k', k);",
    { coding: { system: 'https://example.org/k', code: 'outing' } },
  ],
  [
    'c with display',
    "src.kind as k -> tgt.coding = c('urn:k', k, 'Outing');",
    { coding: { system: 'urn:k', code: 'outing', display: 'Outing' } },
  ],
  ['c of an absent code writes nothing', "src -> tgt.coding = c('urn:k', src.kind);", {}, {}],
  ['cc with text', 'src.note as n -> tgt.concept = cc(n);', { concept: { text: 'Went to the library' } }],
  [
    'cc with system and code',
    "src.kind as k -> tgt.concept = cc('urn:k', k);",
    { concept: { coding: [{ system: 'urn:k', code: 'outing' }] } },
  ],
  [
    'cc with display',
    "src -> tgt.concept = cc('urn:k', 'a', 'A');",
    { concept: { coding: [{ system: 'urn:k', code: 'a', display: 'A' }] } },
  ],
  [
    'cc into a list',
    "src.tags as t -> tgt.concepts = cc('urn:k', t);",
    {
      concepts: [{ coding: [{ system: 'urn:k', code: 'a' }] }, { coding: [{ system: 'urn:k', code: 'b' }] }],
    },
    { tags: ['a', 'b'] },
  ],
  [
    'qty',
    "src.minutes as m -> tgt.quantity = qty(m, 'min', 'http://unitsofmeasure.org', 'min');",
    {
      quantity: { value: 90, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
    },
  ],
  ['qty with a unit', "src.minutes as m -> tgt.quantity = qty(m, 'min');", { quantity: { value: 90, unit: 'min' } }],
  [
    'qty from text',
    'src.note as n -> tgt.quantity = qty(n);',
    { quantity: { value: 5.5, comparator: '<', unit: 'min' } },
    { note: '<5.5 min' },
  ],
  ['qty into a Duration', "src.minutes as m -> tgt.length = qty(m, 'min');", { length: { value: 90, unit: 'min' } }],
  ['id', "src.id as i -> tgt.identifier = id('urn:x', i);", { identifier: { system: 'urn:x', value: 'v1' } }],
  [
    'id with a type',
    "src.id as i -> tgt.identifier = id('urn:x', i, 'MR');",
    {
      identifier: {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
        system: 'urn:x',
        value: 'v1',
      },
    },
  ],
  [
    'cp',
    "src.note as n -> tgt.contact = cp('phone', n);",
    { contact: { system: 'phone', value: '555' } },
    { note: '555' },
  ],
]);

table('targets', [
  ['several targets', 'src.note as n -> tgt.text = n, tgt.list = n;', { text: 'x', list: ['x'] }, { note: 'x' }],
  [
    'create of a data type',
    "src.day as d -> tgt.period = create('Period') as p, p.start = d;",
    { period: { start: '2026-03-02' } },
  ],
  [
    'create without a type',
    'src.day as d -> tgt.period = create() as p, p.start = d;',
    { period: { start: '2026-03-02' } },
  ],
  [
    'an element without a transform is made',
    'src.day as d -> tgt.period as p, p.start = d;',
    { period: { start: '2026-03-02' } },
  ],
  [
    'create of a nested element',
    "src.goals as g -> tgt.items = create('BackboneElement') as i, i.label = g.text;",
    {
      items: [{ label: 'read' }, { label: 'write' }, { label: 'sum' }],
    },
  ],
  [
    'items below items, by contentReference',
    'src.goals as g -> tgt.items as i then { g.parts as p -> i.sub as s, s.label = p.text; };',
    {
      items: [{ sub: [{ label: 'page one' }] }],
    },
  ],
  [
    'a deep path makes what is missing',
    "src -> tgt.part.inner.label = 'x', tgt.part.label = 'y';",
    { part: { inner: { label: 'x' }, label: 'y' } },
  ],
  ['an object that stays empty is left out', 'src -> tgt.period as p, p.start = src.day;', {}, {}],
  [
    'a list item that stays empty is left out',
    'src.goals as g -> tgt.items as i then { g.due -> i.label = g.text; };',
    { items: [{ label: 'read' }, { label: 'sum' }] },
  ],
  ['the same value twice', "src -> tgt.text = 'x'; src -> tgt.text = 'x';", { text: 'x' }],
  [
    'lists append in the order of the rules',
    "src -> tgt.list = 'x'; src.tags -> tgt.list;",
    { list: ['x', 'a', 'b', 'c'] },
  ],
  ['first', "src.tags -> tgt.list; src -> tgt.list = 'x' first;", { list: ['x', 'a', 'b', 'c'] }],
  [
    'first keeps the order of its items',
    "src -> tgt.list = 'x'; src.tags as t -> tgt.list = t first;",
    { list: ['a', 'b', 'c', 'x'] },
  ],
  ['last', "src -> tgt.list = 'x' last; src.tags -> tgt.list;", { list: ['a', 'b', 'c', 'x'] }],
  [
    'first and last',
    "src -> tgt.list = 'z' last; src -> tgt.list = 'y' first; src.tags -> tgt.list;",
    { list: ['y', 'a', 'b', 'c', 'z'] },
  ],
  [
    'last keeps the order of its items',
    "src.tags as t -> tgt.list = t last; src -> tgt.list = 'x';",
    { list: ['x', 'a', 'b', 'c'] },
  ],
  [
    'share',
    'src.note as n -> tgt.items as i share one, i.label = n; src.kind as k -> tgt.items as i share one, i.code = k;',
    {
      items: [{ label: 'n', code: ['k'] }],
    },
    { note: 'n', kind: 'k' },
  ],
  [
    'share with different ids',
    'src.note as n -> tgt.items as i share one, i.label = n; src.kind as k -> tgt.items as i share two, i.code = k;',
    {
      items: [{ label: 'n' }, { code: ['k'] }],
    },
    { note: 'n', kind: 'k' },
  ],
  [
    'share of a single element',
    'src.day as d -> tgt.period as p share one, p.start = d; src.end as e -> tgt.period as p share one, p.end = e;',
    {
      period: { start: '2026-03-02', end: '2026-03-03' },
    },
    { day: '2026-03-02', end: '2026-03-03' },
  ],
  ['single', 'src.tags as t -> tgt.items as i single, i.code = t;', { items: [{ code: ['a', 'b', 'c'] }] }],
  [
    'collate',
    "src -> tgt.items as i, i.label = 'x'; src.tags as t -> tgt.items as i collate, i.code = t;",
    { items: [{ label: 'x', code: ['a', 'b', 'c'] }] },
  ],
  [
    'a variable without an element',
    'src.person as p -> append(p.first, p.last) as full, tgt.text = full, tgt.list = full;',
    { text: 'AnaRuiz', list: ['AnaRuiz'] },
  ],
  ['an expression as a variable', 'src -> (src.minutes * 2) as twice, tgt.count = twice;', { count: 180 }],
  ['a written value as a variable', "src -> tgt.code = 'x' as c, tgt.text = (c & '!');", { code: 'x', text: 'x!' }],
  [
    'a copied object can be added to',
    'src.period as p -> tgt.period = p as q, q.end = src.end;',
    {
      period: { start: '2026-03-02', end: '2026-03-03' },
    },
    { period: { start: '2026-03-02' }, end: '2026-03-03' },
  ],
  [
    'a target in an expression',
    "src -> tgt.text = 'x'; src -> tgt.list = (tgt.text & 'y');",
    { text: 'x', list: ['xy'] },
  ],
  ['a choice by type', 'src.minutes as m -> tgt.reply = m;', { replyInteger: 90 }],
  ['a choice by literal', "src -> tgt.reply = 'x';", { replyString: 'x' }],
  ['a choice by create', "src -> tgt.reply = create('Quantity') as q, q.value = 5;", { replyQuantity: { value: 5 } }],
  [
    'a choice by transform',
    "src.kind as k -> tgt.reply = c('urn:k', k);",
    { replyCoding: { system: 'urn:k', code: 'outing' } },
  ],
  ['a choice by cast', "src.note as n -> tgt.narrow = cast(n, 'uri');", { narrowUri: 'urn:a' }, { note: 'urn:a' }],
  ['a choice by its JSON name', "src -> tgt.replyString = 'x';", { replyString: 'x' }],
  [
    'a choice into a choice, simple',
    'src.answer -> tgt.reply;',
    { replyQuantity: { value: 2 } },
    { answerQuantity: { value: 2 } },
  ],
  [
    'a choice into a choice, by variable',
    'src.answer as a -> tgt.reply = a;',
    { replyInteger: 2 },
    { answerInteger: 2 },
  ],
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

test('a run changes neither its source nor a later run', () => {
  const source: JsonObject = { period: { start: '2026-03-02' }, end: '2026-03-03' };
  const before = structuredClone(source);
  const map = load(visitToCard('src.period as p -> tgt.period = p as q, q.end = src.end;'));
  const first = targetOf(map, source);
  assert.deepEqual(source, before);
  assert.deepEqual(targetOf(map, source), first);
});
