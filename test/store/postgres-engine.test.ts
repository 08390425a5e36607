/** What a PostgreSQL server that is away, ends connections, or is slow looks like to the service. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SqlEngine } from '../../src/store/engine.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createPostgresEngine } from '../../src/store/postgres-engine.ts';
import { StoreUnavailable } from '../../src/store/resource-store.ts';
import { freshDatabase } from '../support/postgres.ts';
import { clock, hasPostgres, ridingIndexer } from './stores.ts';

const NOWHERE = 'postgres://nobody@127.0.0.1:1/nothing';
const select1 = { text: 'SELECT 1 AS one', values: [] };

describe('without a server', () => {
  test('a statement, a transaction and opening the store say that it can not be reached', async () => {
    const engine = createPostgresEngine({ databaseUrl: NOWHERE });
    await expect(engine.query(select1)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(engine.transaction(async () => {})).rejects.toBeInstanceOf(StoreUnavailable);
    await engine.close();
    await expect(openStore({ databaseUrl: NOWHERE, indexer: ridingIndexer, now: clock.now })).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
  });
});

describe.skipIf(!hasPostgres)('with a server', () => {
  let engine: SqlEngine;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    database = await freshDatabase();
    engine = createPostgresEngine({ databaseUrl: database.url, poolSize: 2, statementTimeoutMs: 2000 });
  });
  afterAll(async () => {
    await engine.close();
    await database.drop();
  });

  const killOthers = () =>
    engine.query({
      text: 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      values: [],
    });

  test('a connection that is ended during a statement is StoreUnavailable, and the next statement works', async () => {
    const slow = engine.query({ text: 'SELECT pg_sleep(1.5)', values: [] });
    const outcome = expect(slow).rejects.toBeInstanceOf(StoreUnavailable);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await killOthers();
    await outcome;
    expect(await engine.query(select1)).toEqual([{ one: 1 }]);
  });

  test('a connection that is ended inside a transaction leaves nothing and is not used again', async () => {
    await engine.script('CREATE TABLE note (id int)');
    const attempt = engine.transaction(async (session) => {
      await session.query({ text: 'INSERT INTO note VALUES (1)', values: [] });
      await killOthers();
      await session.query({ text: 'INSERT INTO note VALUES (2)', values: [] });
    });
    await expect(attempt).rejects.toBeInstanceOf(StoreUnavailable);
    for (const _ of [1, 2, 3]) expect(await engine.query({ text: 'SELECT id FROM note', values: [] })).toEqual([]);
  });

  test('a statement over its limit is StoreUnavailable; one with a longer limit of its own is not', async () => {
    await expect(engine.query({ text: 'SELECT pg_sleep(5)', values: [], deadlineMs: 100 })).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
    const patient = { text: 'SELECT 1 AS one FROM pg_sleep(3.5)', values: [], deadlineMs: 20_000 };
    expect(await engine.query(patient)).toEqual([{ one: 1 }]);
  });

  test('no message of ours quotes a stored value', async () => {
    await engine.script("CREATE TABLE youth (name text PRIMARY KEY); INSERT INTO youth VALUES ('Invented Name')");
    const attempt = engine.query({ text: 'INSERT INTO youth VALUES ($1)', values: ['Invented Name'] });
    const error = await attempt.catch((e: unknown) => e);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('Invented');
  });
});
