/** Migrations: forward only, once, by one of several starters, unchanged ever after; and what opening a store needs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbeddedEngine } from '../../src/store/embedded-engine.ts';
import type { SqlEngine } from '../../src/store/engine.ts';
import { loadMigrations, type Migration, migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createPostgresEngine } from '../../src/store/postgres-engine.ts';
import { freshDatabase } from '../support/postgres.ts';
import { CACHE_DIR, clock, hasPostgres, ridingIndexer } from './stores.ts';

const first: Migration = { name: '0001-a', sql: 'CREATE TABLE a (id int); INSERT INTO a VALUES (1)' };
const second: Migration = { name: '0002-b', sql: 'INSERT INTO a VALUES (2)' };
const rowsOf = async (engine: SqlEngine): Promise<number> =>
  (await engine.query({ text: 'SELECT id FROM a', values: [] })).length;

for (const name of ['memory', 'postgres']) {
  describe.skipIf(name === 'postgres' && !hasPostgres)(`migrate [${name}]`, () => {
    let engine: SqlEngine;
    let cleanUp = async (): Promise<void> => {};
    beforeAll(async () => {
      if (name === 'memory') {
        engine = await openEmbeddedEngine({ seedFile: `${CACHE_DIR}/pglite-0.5.16-empty.tar` });
        return;
      }
      const database = await freshDatabase();
      engine = createPostgresEngine({ databaseUrl: database.url });
      cleanUp = database.drop;
    });
    afterAll(async () => {
      await engine.close();
      await cleanUp();
    });

    test('four that start at once apply it once; later only what is new is applied', async () => {
      await Promise.all([1, 2, 3, 4].map(() => migrate(engine, [first])));
      expect(await rowsOf(engine)).toBe(1);
      await migrate(engine, [first, second]);
      await migrate(engine, [first, second]);
      expect(await rowsOf(engine)).toBe(2);
    });

    test('an edited migration is refused', async () => {
      await expect(migrate(engine, [{ ...first, sql: `${first.sql} -- edited` }, second])).rejects.toThrow(
        '0001-a was edited',
      );
    });

    test('a database of a newer version is refused', async () => {
      await expect(migrate(engine, [first])).rejects.toThrow('0002-b, which this version does not know');
    });

    test('one that fails leaves nothing and is tried again', async () => {
      const broken = { name: '0003-c', sql: 'INSERT INTO a VALUES (3); SELECT 1 / 0' };
      await expect(migrate(engine, [first, second, broken])).rejects.toMatchObject({ sqlState: '22012' });
      expect(await rowsOf(engine)).toBe(2);
      await migrate(engine, [first, second, { ...broken, sql: 'INSERT INTO a VALUES (3)' }]);
      expect(await rowsOf(engine)).toBe(3);
    });
  });
}

describe('the migrations of this version', () => {
  test('are numbered without gaps and name what they bring', async () => {
    const names = (await loadMigrations()).map((migration) => migration.name);
    expect(names.length).toBeGreaterThan(0);
    for (const [i, name] of names.entries()) {
      expect(name).toMatch(new RegExp(`^${String(i + 1).padStart(4, '0')}-[a-z0-9-]+$`));
    }
  });
});

describe('openStore', () => {
  const shared = { indexer: ridingIndexer, now: clock.now, cacheDir: CACHE_DIR };

  test('needs to be told where the data are', async () => {
    await expect(openStore(shared)).rejects.toThrow('database URL');
  });

  test('gives a sign of life until it is closed', async () => {
    const store = await openStore({ ...shared, inMemory: true });
    await store.resources.ping();
    await store.close();
    await expect(store.resources.ping()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await store.close();
  });
});
