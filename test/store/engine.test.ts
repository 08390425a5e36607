/**
 * What both SQL engines promise alike: values, errors, transactions
 * (https://www.postgresql.org/docs/17/errcodes-appendix.html).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbeddedEngine } from '../../src/store/embedded-engine.ts';
import { type SqlEngine, SqlError, type SqlValue } from '../../src/store/engine.ts';
import { createPostgresEngine } from '../../src/store/postgres-engine.ts';
import { freshDatabase } from '../support/postgres.ts';
import { CACHE_DIR, hasPostgres } from './stores.ts';

type Open = () => Promise<{ engine: SqlEngine; cleanUp(): Promise<void> }>;

const engines: Record<'memory' | 'postgres', Open> = {
  memory: async () => ({
    engine: await openEmbeddedEngine({ seedFile: `${CACHE_DIR}/pglite-0.5.16-empty.tar` }),
    cleanUp: async () => {},
  }),
  postgres: async () => {
    const { url, drop } = await freshDatabase();
    return { engine: createPostgresEngine({ databaseUrl: url, poolSize: 8 }), cleanUp: drop };
  },
};

for (const [name, open] of Object.entries(engines)) {
  describe.skipIf(name === 'postgres' && !hasPostgres)(`engine [${name}]`, () => {
    let opened: Awaited<ReturnType<Open>>;
    const engine = (): SqlEngine => opened.engine;
    const one = async (expression: string, ...values: SqlValue[]): Promise<unknown> =>
      (await engine().query<{ v: unknown }>({ text: `SELECT ${expression} AS v`, values }))[0]?.v;

    beforeAll(async () => {
      opened = await open();
      await engine().script(
        'CREATE TABLE account (id int PRIMARY KEY, amount int NOT NULL); INSERT INTO account VALUES (1, 100), (2, 0)',
      );
    });
    afterAll(async () => {
      await engine().close();
      await opened.cleanUp();
    });

    const values: [title: string, expression: string, value: SqlValue, result?: unknown][] = [
      ['text', '$1::text', `it's "quoted" \\ {a,b} 👩‍👧 \n`],
      ['the empty text', '$1::text', ''],
      ['null', '$1::text', null],
      ['integer', '$1::int', -5],
      ['64-bit integer', '$1::bigint', 8.64e15],
      ['64-bit integer beyond 2^53, as text', '$1::bigint::text', '-9223372036854775808'],
      ['float', '$1::float8', 1.5],
      ['true', '$1::boolean', true],
      ['false', '$1::boolean', false],
      ['bytes', '$1::bytea', new Uint8Array([0, 255, 92, 120])],
      ['no bytes', '$1::bytea', new Uint8Array()],
      [
        'list',
        `array_to_string($1::text[], '|', 'null')`,
        ['a"b', 'c\\d', '', 'NULL', '{x,y}', null],
        'a"b|c\\d||NULL|{x,y}|null',
      ],
      ['empty list', 'cardinality($1::text[])', [], 0],
      ['list of numbers and booleans', '$1::int[] = ARRAY[1, -2]', [1, -2], true],
    ];
    for (const [title, expression, value, result = value] of values) {
      test(`${title} goes in and comes back`, async () => {
        const read = await one(expression, value);
        expect(read instanceof Uint8Array ? [...read] : read).toEqual(
          result instanceof Uint8Array ? [...result] : result,
        );
      });
    }

    const refused: [title: string, text: string, sqlState: string][] = [
      ['a syntax error', 'SELEC 1', '42601'],
      ['a unique violation', 'INSERT INTO account VALUES (1, 1)', '23505'],
      ['a missing table', 'SELECT * FROM nowhere', '42P01'],
      ['a division by zero', 'SELECT 1 / 0', '22012'],
    ];
    for (const [title, text, sqlState] of refused) {
      test(`${title} is an SqlError with its SQLSTATE, and the next statement works`, async () => {
        await expect(engine().query({ text, values: [] })).rejects.toBeInstanceOf(SqlError);
        await expect(engine().query({ text, values: [] })).rejects.toMatchObject({ sqlState });
        await expect(engine().script(text)).rejects.toMatchObject({ sqlState });
        expect(await one('1')).toBe(1);
      });
    }

    test('a named statement that failed works the next time', async () => {
      const divide = (by: number) =>
        engine().query<{ v: number }>({ name: 'divide', text: 'SELECT 10 / $1::int AS v', values: [by] });
      await expect(divide(0)).rejects.toMatchObject({ sqlState: '22012' });
      expect(await divide(2)).toEqual([{ v: 5 }]);
      const broken = { name: 'broken', text: 'SELEC $1', values: [1] };
      await expect(engine().query(broken)).rejects.toMatchObject({ sqlState: '42601' });
      await expect(engine().query(broken)).rejects.toMatchObject({ sqlState: '42601' });
    });

    test('20 transactions at once, of which 5 fail: the sum is right and nothing of the failed ones stays', async () => {
      const transfer = (n: number) =>
        engine().transaction(async (session) => {
          await session.query({ text: 'UPDATE account SET amount = amount - 1 WHERE id = 1', values: [] });
          await session.query({ text: 'UPDATE account SET amount = amount + 1 WHERE id = 2', values: [] });
          if (n % 4 === 0) throw new Error('changed my mind');
        });
      const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => transfer(n)));
      expect(results.filter((r) => r.status === 'rejected').length).toBe(5);
      const rows = await engine().query({ text: 'SELECT amount FROM account ORDER BY id', values: [] });
      expect(rows).toEqual([{ amount: 85 }, { amount: 15 }]);
    });

    test('a statement outside does not see an open transaction, and a failed statement ends it whole', async () => {
      const insert = { text: 'INSERT INTO account VALUES ($1::int, 0)', values: [7] };
      const attempt = engine().transaction(async (session) => {
        await session.query(insert);
        await session.query(insert);
      });
      const outside = engine().query({ text: 'SELECT id FROM account WHERE id = 7', values: [] });
      await expect(attempt).rejects.toMatchObject({ sqlState: '23505' });
      expect(await outside).toEqual([]);
      expect(await engine().query({ text: 'SELECT id FROM account WHERE id = 7', values: [] })).toEqual([]);
    });

    test('single statements between transactions that fail are all kept', async () => {
      await engine().script('CREATE TABLE kept (id int PRIMARY KEY)');
      const failing = () =>
        engine().transaction(async (session) => {
          await session.query({ text: 'SELECT 1', values: [] });
          throw new Error('changed my mind');
        });
      const attempts = Array.from({ length: 40 }, (_, n) => [
        failing().catch(() => {}),
        engine().query({ name: 'keep', text: 'INSERT INTO kept VALUES ($1)', values: [n] }),
      ]);
      await Promise.all(attempts.flat());
      expect((await engine().query({ text: 'SELECT id FROM kept', values: [] })).length).toBe(40);
    });

    test('a transaction that the database gave up is tried again', async () => {
      let tries = 0;
      const result = await engine().transaction(async (session) => {
        tries += 1;
        await session.query({
          text: `DO $$ BEGIN IF ${tries} < 3 THEN RAISE SQLSTATE '40001'; END IF; END $$`,
          values: [],
        });
        return 'done';
      });
      expect([result, tries]).toEqual(['done', 3]);
    });

    test('one that is given up every time ends with the error', async () => {
      const hopeless = engine().query({ text: `DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$`, values: [] });
      await expect(hopeless).rejects.toMatchObject({ name: 'SqlError', sqlState: '40P01' });
    });
  });
}
