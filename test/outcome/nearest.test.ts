/** "Did you mean …?": a word with a slip in it leads to the word meant, and a different word to none. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { nearest, orList } from '../../src/outcome/nearest.ts';

const WORDS = ['status', 'subject', 'period', 'participant', 'partOf', 'type', 'code'];

describe('nearest', () => {
  const rows: [written: string, meant: string[]][] = [
    ['staus', ['status']],
    ['STATUS', ['status']],
    ['subjects', ['subject']],
    ['perido', ['period']],
    ['partof', ['partOf']],
    ['cod', ['code']],
    ['tyde', ['type']],
  ];
  for (const [written, meant] of rows)
    test(`${written}: ${meant}`, () => assert.deepEqual(nearest(written, WORDS), meant));

  for (const written of ['shoeSize', 'x', '', 'statusHistoryOfEverything']) {
    test(`'${written}': nothing`, () => assert.deepEqual(nearest(written, WORDS), []));
  }

  test('the nearest first, then by name, and no more than asked for', () => {
    const candidates = ['goalz', 'goals', 'goal', 'goald', 'goat'];
    assert.deepEqual(nearest('goal', candidates), ['goal', 'goald', 'goals']);
    assert.deepEqual(nearest('goal', candidates, 1), ['goal']);
  });

  test('a list of millions is not looked through', () => {
    let asked = 0;
    function* endless() {
      for (;;) yield `word-${asked++}`;
    }
    assert.deepEqual(nearest('status', endless()), []);
    assert.ok(asked < 3000);
  });
});

describe('orList', () => {
  const rows: [words: string[], text: string][] = [
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a or b'],
    [['a', 'b', 'c'], 'a, b or c'],
  ];
  for (const [words, text] of rows) test(text || 'none', () => assert.equal(orList(words), text));
});
