/**
 * The embedded engine on disk: nothing acknowledged is lost, one process at a time, overdue statements, upkeep
 * (docs/adr/2026-11-embedded-store-is-durable-pglite.md).
 */
import { fork } from 'node:child_process';
import fs, { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sandboxGrant } from '../../src/privacy/grant.ts';
import { DirectoryInUse } from '../../src/store/directory-lock.ts';
import { DURABLE_START, DurableNodeFS } from '../../src/store/durable-filesystem.ts';
import { openEmbeddedEngine } from '../../src/store/embedded-engine.ts';
import type { SqlEngine } from '../../src/store/engine.ts';
import { openStore } from '../../src/store/open-store.ts';
import { StoreUnavailable } from '../../src/store/resource-store.ts';
import { CACHE_DIR, clock, ridingIndexer } from './stores.ts';

const seedFile = join(CACHE_DIR, 'pglite-0.5.16-empty.tar');
/** Keeps PGlite busy for much longer than any test waits. */
const ENDLESS = {
  text: 'SELECT count(*) FROM (SELECT generate_series(1, 2000000000)) AS numbers',
  values: [],
};
const select1 = { text: 'SELECT 1 AS one', values: [] };

describe('embedded engine', () => {
  let dataDir = '';
  const open: SqlEngine[] = [];
  const engineOn = async (options: Partial<Parameters<typeof openEmbeddedEngine>[0]> = {}): Promise<SqlEngine> => {
    const engine = await openEmbeddedEngine({ dataDir, seedFile, ...options });
    open.push(engine);
    return engine;
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mentoring-fhir-embedded-'));
  });
  afterEach(async () => {
    for (const engine of open.splice(0)) await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('a holder whose folder was taken over ends without a write into it', async () => {
    const engine = await engineOn({ lockTimes: { heartbeatMs: 20, staleAfterMs: 60_000 } });
    await engine.script('CREATE TABLE t (id int); INSERT INTO t VALUES (1)');
    await writeFile(
      join(dataDir, 'lock'),
      JSON.stringify({ instance: 'somebody else', pid: 1, startTicks: '', place: 'elsewhere', beat: 1 }),
    );
    const control = join(dataDir, 'pgdata', 'global', 'pg_control');
    const before = fs.readFileSync(control);
    await engine.close();
    expect(fs.readFileSync(control)).toEqual(before);
    await rm(join(dataDir, 'lock'));
    const next = await engineOn();
    expect(await next.query({ text: 'SELECT id FROM t', values: [] })).toEqual([{ id: 1 }]);
    const beforeClean = fs.readFileSync(control);
    await next.close();
    expect(fs.readFileSync(control)).not.toEqual(beforeClean);
  });

  test('a damaged database is refused with what to do', async () => {
    await (await engineOn()).close();
    fs.writeFileSync(join(dataDir, 'pgdata', 'global', 'pg_control'), 'not a control file');
    await expect(engineOn()).rejects.toThrow(/damaged.*Restore the folder from a backup/s);
  });

  describe('durability', () => {
    test('every commit is synced to the disk before it is acknowledged', async () => {
      const folder = join(dataDir, 'pgdata');
      const database = await PGlite.create({
        fs: new DurableNodeFS(folder),
        startParams: DURABLE_START,
        loadDataDir: new Blob([fs.readFileSync(await seed())]),
      });
      await database.exec('CREATE TABLE t (id int)');
      const original = fs.fsyncSync;
      let synced = 0;
      fs.fsyncSync = (descriptor) => {
        synced += 1;
        original(descriptor);
      };
      syncBuiltinESMExports();
      try {
        for (let n = 1; n <= 20; n++) {
          await database.query('INSERT INTO t VALUES ($1)', [n]);
          expect(synced).toBeGreaterThanOrEqual(n);
        }
      } finally {
        fs.fsyncSync = original;
        syncBuiltinESMExports();
        await database.close();
      }
    });

    test('of what a process wrote until it was killed, all it acknowledged is there, with history and index', async () => {
      const grant = sandboxGrant('agency');
      const acknowledged: string[] = [];
      for (const round of ['first', 'second']) {
        const child = fork(new URL('./write-until-killed.ts', import.meta.url), [dataDir, round, CACHE_DIR], {
          execArgv: [],
        });
        const gone = new Promise((resolve) => child.once('exit', resolve));
        await new Promise<void>((resolve, reject) => {
          child.once('exit', () => reject(new Error('the writing process ended by itself')));
          let left = 40;
          child.on('message', (id: string) => {
            acknowledged.push(id);
            left -= 1;
            if (left === 0) resolve();
          });
        });
        child.kill('SIGKILL');
        await gone;
      }
      expect(acknowledged.length).toBeGreaterThanOrEqual(80);

      const { resources, close } = await openStore({
        dataDir,
        cacheDir: CACHE_DIR,
        indexer: ridingIndexer,
        now: clock.now,
      });
      try {
        const read = await resources.readMany(
          grant,
          acknowledged.map((id) => ({ resourceType: 'Patient', id })),
        );
        expect(read.map((version) => version.id).sort()).toEqual([...acknowledged].sort());
        for (const round of ['first', 'second']) {
          const page = await resources.search(grant, {
            resourceType: 'Patient',
            count: 1000,
            total: 'none',
            sort: [{ by: { date: 'date' }, descending: false }],
            clauses: [
              { kind: 'token', code: 'round', any: [{ code: round }] },
              { kind: 'string', code: 'name', match: 'exact', any: [round] },
            ],
          });
          const ids = new Set(page.versions.map((version) => version.id));
          expect(acknowledged.filter((id) => id.startsWith(round) && !ids.has(id))).toEqual([]);
          // And nothing in halves: whatever is in the index has its history.
          for (const id of ids)
            expect((await resources.history(grant, { resourceType: 'Patient', id, count: 2 })).versions.length).toBe(1);
        }
      } finally {
        await close();
      }
    });

    test('a clean close keeps everything, in the folder it was given', async () => {
      const before = await engineOn();
      await before.script('CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
      await before.close();
      expect(existsSync(join(dataDir, 'lock'))).toBe(false);
      expect(await (await engineOn()).query({ text: 'SELECT id FROM kept', values: [] })).toEqual([{ id: 1 }]);
    });

    test('a first start that was cut short is set aside and made anew', async () => {
      await mkdir(join(dataDir, 'pgdata'));
      await writeFile(join(dataDir, 'pgdata', 'PG_VERSION'), '18\n');
      expect(await (await engineOn()).query(select1)).toEqual([{ one: 1 }]);
      expect((await readdir(dataDir)).filter((name) => name.startsWith('pgdata.incomplete-')).length).toBe(1);
    });

    test('without a seed it makes the database by itself and leaves a seed for the next', async () => {
      const ownSeed = join(dataDir, 'cache', 'seed.tar');
      const engine = await engineOn({ dataDir: join(dataDir, 'db'), seedFile: ownSeed });
      expect(await engine.query(select1)).toEqual([{ one: 1 }]);
      const seeded = await openEmbeddedEngine({ seedFile: ownSeed });
      open.push(seeded);
      expect(await seeded.query(select1)).toEqual([{ one: 1 }]);
    });
  });

  describe('one process at a time', () => {
    test('a second opening is refused, and the first goes on', async () => {
      const first = await engineOn();
      await expect(engineOn()).rejects.toBeInstanceOf(DirectoryInUse);
      expect(await first.query(select1)).toEqual([{ one: 1 }]);
    });

    test('an opening that fails leaves no lock behind', async () => {
      await writeFile(join(dataDir, 'created'), 'no database is here');
      await mkdir(join(dataDir, 'pgdata'));
      await writeFile(join(dataDir, 'pgdata', 'PG_VERSION'), '9.6\n');
      await expect(engineOn()).rejects.toBeInstanceOf(StoreUnavailable);
      expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    });
  });

  describe('overdue statements', () => {
    test('on disk: the caller is told, what waited is told, and the database is there again', async () => {
      const engine = await engineOn();
      await engine.script('CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
      const overdue = engine.query({ ...ENDLESS, deadlineMs: 300 });
      const waiting = engine.query(select1);
      const outcomes = await Promise.allSettled([overdue, waiting]);
      expect(outcomes.map((o) => o.status === 'rejected' && o.reason instanceof StoreUnavailable)).toEqual([
        true,
        true,
      ]);
      expect(await engine.query({ text: 'SELECT id FROM kept', values: [] })).toEqual([{ id: 1 }]);
    });

    test('on disk: a transaction that was cut off leaves nothing and can not go on', async () => {
      const engine = await engineOn();
      await engine.script('CREATE TABLE kept (id int)');
      const attempt = engine.transaction(async (session) => {
        await session.query({ text: 'INSERT INTO kept VALUES (1)', values: [] });
        await session.query({ ...ENDLESS, deadlineMs: 300 }).catch(() => {});
        await session.query({ text: 'INSERT INTO kept VALUES (2)', values: [] });
      });
      await expect(attempt).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await engine.query({ text: 'SELECT id FROM kept', values: [] })).toEqual([]);
    });

    test('in memory: the caller is told, and closing does not wait for it', async () => {
      const engine = await openEmbeddedEngine({ seedFile });
      await expect(engine.query({ ...ENDLESS, deadlineMs: 100 })).rejects.toBeInstanceOf(StoreUnavailable);
      await engine.close();
    });

    test('after closing every statement is refused', async () => {
      const engine = await engineOn();
      await engine.close();
      await expect(engine.query(select1)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(engine.transaction(async () => {})).rejects.toBeInstanceOf(StoreUnavailable);
    });
  });

  test('upkeep gathers statistics and writes a checkpoint', async () => {
    const engine = await engineOn({ maintenanceIntervalMs: 50 });
    await engine.script('CREATE TABLE grows (id int)');
    const look = async () =>
      (
        await engine.query<{ rows: number; checkpoint: string }>({
          text: `SELECT reltuples AS rows, (SELECT checkpoint_lsn::text FROM pg_control_checkpoint()) AS checkpoint FROM pg_class WHERE relname = 'grows'`,
          values: [],
        })
      )[0];
    const before = await look();
    await engine.query({ text: 'INSERT INTO grows SELECT generate_series(1, 700)', values: [], writes: 700 });
    await expect.poll(async () => (await look())?.rows, { timeout: 20_000 }).toBe(700);
    await expect.poll(async () => (await look())?.checkpoint, { timeout: 20_000 }).not.toBe(before?.checkpoint);
  });
});

/** The seed, made by whichever test needs it first. */
async function seed(): Promise<string> {
  if (!existsSync(seedFile)) await (await openEmbeddedEngine({ seedFile })).close();
  return seedFile;
}
