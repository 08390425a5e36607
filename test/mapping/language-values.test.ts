/**
 * What a map can write, one small map for each feature: values, expressions, transforms, targets.
 *
 * Spec: https://hl7.org/fhir/R4/mapping-language.html, https://hl7.org/fhir/R5/mapping-language.html,
 *       https://hl7.org/fhir/R4/valueset-map-transform.html, https://hl7.org/fhir/R4/valueset-map-target-list-mode.html
 */
import { table, visit } from './visit-table.ts';

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
