/**
 * Expressions that run as closures answer as fhirpath.js does, and really run as closures.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html#functions, #operations
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { compileFhirpath } from '../../src/mapping/compile-fhirpath.ts';
import { compileNative } from '../../src/mapping/compile-native.ts';
import type { Frame } from '../../src/mapping/frame.ts';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { parseExpression } from '../../src/mapping/parse-expression.ts';
import { Problems } from '../../src/mapping/problems.ts';
import { type ExpressionContext, resolveExpression } from '../../src/mapping/resolve-expression.ts';
import { Scope } from '../../src/mapping/scope.ts';
import { TokenStream } from '../../src/mapping/token-stream.ts';
import { tokenize } from '../../src/mapping/tokenizer.ts';
import { TypeSystem } from '../../src/mapping/types.ts';
import { definitions, MODEL } from './support.ts';

const types = new TypeSystem(definitions());
const rule = { file: 'test.map', line: 1, name: 'rule', group: 'Main' };

const records: JsonObject[] = [
  {},
  { note: '', tags: [] },
  {
    kind: 'b',
    note: 'a b.c é',
    held: true,
    minutes: 90,
    rate: 1.5,
    tags: ['a', 'b', 'a'],
    person: { first: 'Ana', role: ['x'] },
    goals: [{ text: 'one', rank: 1, parts: [{ text: 'p' }] }, { text: 'two', rank: 2 }, { rank: 3 }],
    answerString: 'yes',
  },
  { held: false, minutes: 0, kind: 'a', note: 'a', person: {}, answerQuantity: { value: 1 } },
];

function compileBoth(text: string) {
  const problems = new Problems();
  const scope = new Scope({ size: 0 });
  scope.declare('src', types.find(`${MODEL}Visit`), 'source');
  const context: ExpressionContext = { file: 'test.map', problems, types, constants: new Map(), scope };
  const tokens = new TokenStream('test.map', tokenize('test.map', text, problems), problems);
  const resolved = resolveExpression(parseExpression(tokens), context);
  assert.ok(resolved, JSON.stringify(problems.list()));
  return { native: compileNative(resolved, rule), fhirpath: compileFhirpath(resolved, context, rule), problems };
}

const frameOf = (record: JsonObject): Frame => ({
  values: [structuredClone(record)],
  paths: [{ parent: undefined, name: 'src', index: -1 }],
  item: undefined,
  run: { reads: undefined, lineage: undefined, uuid: () => '', log: undefined, shared: undefined, listEnds: undefined },
});

describe('as closures', () => {
  const expressions = [
    "'text'",
    '5',
    '-5',
    '1.50',
    'true',
    '{}',
    'src.note',
    'src.tags',
    'src.person.first',
    'src.person.role',
    'src.goals.text',
    'src.goals.parts.text',
    'src.answer',
    'src.answer.ofType(string)',
    'src.answer is Quantity',
    'src.answer as Quantity',
    "src.kind = 'a'",
    "src.kind != 'a'",
    'src.minutes = 90',
    'src.minutes != 90',
    'src.held = true',
    'src.kind = src.note',
    'src.minutes > 5',
    'src.minutes >= 90',
    'src.minutes < 90',
    'src.minutes <= src.rate',
    'src.rate > 1',
    "src.held and src.kind = 'b'",
    "src.held or src.kind = 'b'",
    'src.held.not()',
    "(src.kind = 'a').not()",
    "src.kind = 'a' or src.note = 'z' and src.held",
    "src.minutes > 5 and src.person.first = 'Ana'",
    "src.note & '!'",
    "src.note + '!'",
    "'<' & src.kind & '>' & src.person.first",
    "'<' + src.kind + '>'",
    'src.tags.exists()',
    'src.tags.empty()',
    'src.tags.count()',
    'src.tags.first()',
    'src.note.exists()',
    'src.note.empty()',
    'src.person.exists()',
    'src.note.count()',
    'src.goals.first().text',
    'src.goals.first().rank',
    'src.goals.where(rank > 1).text',
    "src.goals.where(text = 'one').rank",
    'src.goals.where(parts.exists()).text',
    "src.goals.where(parts.where(text = 'p').exists()).rank",
    'src.goals.where(rank = $this.rank).count()',
    'src.goals.where(rank = src.minutes)',
    "src.tags.where($this != 'a')",
    "src.person.where(first = 'Ana').role",
    'src.goals.exists(rank > 2)',
    'src.goals.exists(rank > 20)',
    'src.person.exists(first.empty())',
    "src.note.startsWith('a')",
    "src.note.endsWith('é')",
    "src.note.contains('b.c')",
    'src.note.startsWith(src.kind)',
    'src.note.upper()',
    'src.note.lower()',
    'src.note.length()',
    "src.note.replaceMatches('[ab]', 'x')",
    "src.note.replaceMatches('(.)\\\\.(.)', '$2.$1')",
    "src.note.matches('^a.*é$')",
    "src.goals.where(parts.exists(text = 'p') and rank = 1).text",
    "src.note.encode('base64')",
    "src.note.encode('hex').decode('hex')",
    "src.note.matches('z')",
  ];
  for (const expression of expressions) {
    test(expression, () => {
      const { native, fhirpath, problems } = compileBoth(expression);
      assert.deepEqual(problems.list(), []);
      assert.ok(native && fhirpath);
      for (const record of records) {
        const expected: string = JSON.stringify(fhirpath.many(frameOf(record)));
        assert.equal(JSON.stringify(native.many(frameOf(record))), expected, JSON.stringify(record));
        if (!native.list)
          assert.equal(JSON.stringify([native.one(frameOf(record))].filter((v) => v !== undefined)), expected);
      }
    });
  }
});

describe('left to fhirpath.js', () => {
  const expressions = [
    'src.start < src.end',
    'src.day = @2026-01-01',
    'src.tags = src.tags',
    'src.minutes + 1',
    "src.kind in ('a' | 'b')",
    'src.tags.distinct()',
    'src.goals.select(rank)',
    '5 minutes',
    'src.note.substring(1)',
    "src.kind ~ 'A'",
    'src.goals.where($index = 1)',
    'src.note.matches(src.kind)',
    'src.goals.all(rank > 0)',
    'src.goals[0]',
  ];
  for (const expression of expressions) {
    test(expression, () => {
      const { native, fhirpath } = compileBoth(expression);
      assert.equal(native, undefined);
      assert.ok(fhirpath);
    });
  }
});
