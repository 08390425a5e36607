/**
 * Calls that meet go together, and nobody pays for another's mistake.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { coalesce } from '../../src/store/coalesce.ts';
import { StoreUnavailable } from '../../src/store/resource-store.ts';

interface Call {
  key?: string;
  id: string;
  touches?: string[];
}

/** A store whose groups end when the test says so. */
function heldBack(options: { groups?: number; most?: number; fails?: (ids: string[]) => Error | undefined } = {}) {
  const groups: string[][] = [];
  const ends: (() => void)[] = [];
  const call = coalesce<Call, string>({
    most: options.most ?? 10,
    groups: options.groups ?? 1,
    key: ({ key = '' }) => key,
    touches: ({ touches = [] }) => touches,
    run: async (requests) => {
      const ids = requests.map(({ id }) => id);
      groups.push(ids);
      await new Promise<void>((resolve) => ends.push(resolve));
      const error = options.fails?.(ids);
      if (error) throw error;
      return ids.map((id) => `answer ${id}`);
    },
  });
  /** Ends the groups under way, and those that they made room for, until none is left. */
  const endAll = async () => {
    for (let quiet = 0; quiet < 3; quiet++) {
      for (const end of ends.splice(0)) {
        end();
        quiet = 0;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { call, groups, endAll };
}

describe('calls that meet', () => {
  test('the first goes alone, those that come meanwhile go together, each with its own answer', async () => {
    const { call, groups, endAll } = heldBack();
    const answers = Promise.all(['a', 'b', 'c'].map((id) => call({ id })));
    await endAll();
    assert.deepEqual(groups, [['a'], ['b', 'c']]);
    assert.deepEqual(await answers, ['answer a', 'answer b', 'answer c']);
  });

  test('no group is larger than allowed, and as many are under way as allowed', async () => {
    const { call, groups, endAll } = heldBack({ most: 2, groups: 2 });
    const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => call({ id })));
    assert.equal(groups.length, 2);
    await endAll();
    await answers;
    assert.deepEqual(groups, [['a'], ['b'], ['c', 'd'], ['e']]);
  });

  test('different keys never go together', async () => {
    const { call, groups, endAll } = heldBack();
    const answers = Promise.all([
      call({ id: 'a' }),
      call({ id: 'b', key: 'x' }),
      call({ id: 'c', key: 'y' }),
      call({ id: 'd', key: 'x' }),
    ]);
    await endAll();
    await answers;
    assert.deepEqual(groups, [['a'], ['b', 'd'], ['c']]);
  });

  test('two that touch the same thing go one after the other, in their order', async () => {
    const { call, groups, endAll } = heldBack();
    const answers = Promise.all([
      call({ id: 'a' }),
      call({ id: 'b', touches: ['1'] }),
      call({ id: 'c', touches: ['1', '2'] }),
      call({ id: 'd', touches: ['2'] }),
      call({ id: 'e', touches: ['3'] }),
    ]);
    await endAll();
    await answers;
    assert.deepEqual(groups, [['a'], ['b', 'e'], ['c'], ['d']]);
  });
});

describe('a group that fails', () => {
  test('is done again call by call: only the one at fault is told', async () => {
    const { call, groups, endAll } = heldBack({ fails: (ids) => (ids.includes('bad') ? new Error('bad') : undefined) });
    const answers = Promise.allSettled(['first', 'a', 'bad', 'b'].map((id) => call({ id })));
    await endAll();
    assert.deepEqual(
      (await answers).map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(groups, [['first'], ['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
  });

  test('without an answer of the database is not done again: what became of it is not known', async () => {
    const { call, groups, endAll } = heldBack({
      fails: (ids) => (ids.length > 1 ? new StoreUnavailable('gone') : undefined),
    });
    const answers = Promise.allSettled(['first', 'a', 'b'].map((id) => call({ id })));
    await endAll();
    assert.deepEqual(
      (await answers).map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected'],
    );
    assert.deepEqual(groups, [['first'], ['a', 'b']]);
  });

  test('leaves the turn to the next', async () => {
    const { call, endAll } = heldBack({ fails: (ids) => (ids[0] === 'bad' ? new Error('bad') : undefined) });
    const bad = call({ id: 'bad' });
    const next = call({ id: 'next' });
    await Promise.all([assert.rejects(bad, /bad/), endAll()]);
    assert.equal(await next, 'answer next');
  });
});
