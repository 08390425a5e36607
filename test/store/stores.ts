/**
 * The engines that the store's suites run on: embedded in memory, embedded on disk, and a real PostgreSQL.
 *
 * A suite is a function of a place to open the store in; `onEveryEngine` runs it once for each. Where there is no
 * PostgreSQL its half is skipped, and test/support/postgres-global.ts prints why at the end of the run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Grant, sandboxGrant } from '../../src/privacy/grant.ts';
import type { SqlEngine } from '../../src/store/engine.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';
import type { IndexEntries, ResourceChange, SearchIndexer } from '../../src/store/resource-store.ts';
import { freshDatabase, whyNoPostgres } from '../support/postgres.ts';

/** Keeps an empty embedded database between runs; git ignores it. */
export const CACHE_DIR = fileURLToPath(new URL('../../.cache/store', import.meta.url));

export const GRANT: Grant = sandboxGrant('agency-a');
export const OTHER_GRANT: Grant = sandboxGrant('agency-b');

/** A clock that tests move by hand. */
export const clock = {
  at: new Date('2026-03-01T12:00:00.000Z'),
  now: (): Date => new Date(clock.at),
  /** Moves on by some milliseconds. */
  tick(ms = 1): void {
    clock.at = new Date(clock.at.getTime() + ms);
  },
};

/**
 * Index rows as a test wants them: they ride in the resource, in an extension, as JSON. The real indexer has its own
 * tests; here the store is tested.
 */
export const ridingIndexer: SearchIndexer = (resource) => {
  const carried = (resource as { extension?: { url: string; valueString?: string }[] }).extension?.[0]?.valueString;
  return { tokens: [], references: [], dates: [], strings: [], ...(carried && (JSON.parse(carried) as IndexEntries)) };
};

/** An Encounter that leaves these rows in the index. */
export function encounter(entries: Partial<IndexEntries> = {}, more: object = {}): Resource {
  return {
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'HH' },
    ...more,
    extension: [{ url: 'urn:test:index', valueString: JSON.stringify(entries) }],
  } as Resource;
}

export const put = (id: string, expectedVersion: number, resource: Resource = encounter()): ResourceChange => ({
  resourceType: resource.resourceType,
  id,
  expectedVersion,
  method: 'PUT',
  resource,
});

export const remove = (id: string, expectedVersion: number, resourceType = 'Encounter'): ResourceChange => ({
  resourceType,
  id,
  expectedVersion,
  method: 'DELETE',
});

export interface Place {
  engineName: SqlEngine['name'];
  /** The store of the suite; opened before its first test. */
  store(): OpenStore;
}

type Open = () => Promise<{ store: OpenStore; cleanUp(): Promise<void> }>;

const shared = { indexer: ridingIndexer, now: clock.now, cacheDir: CACHE_DIR };

const inMemory: Open = async () => ({ store: await openStore({ ...shared, inMemory: true }), cleanUp: async () => {} });

const onDisk: Open = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mentoring-fhir-store-'));
  const store = await openStore({ ...shared, dataDir });
  return { store, cleanUp: () => rm(dataDir, { recursive: true, force: true }) };
};

const onPostgres: Open = async () => {
  const { url, drop } = await freshDatabase();
  return { store: await openStore({ ...shared, databaseUrl: url }), cleanUp: drop };
};

/** True where a suite can run on PostgreSQL. */
export const hasPostgres = (await whyNoPostgres()) === undefined;

/** Runs the suite once on each engine. `where` leaves places out for suites that are about one of them. */
export function onEveryEngine(
  title: string,
  suite: (place: Place) => void,
  where: readonly ('memory' | 'disk' | 'postgres')[] = ['memory', 'disk', 'postgres'],
): void {
  const places = { memory: inMemory, disk: onDisk, postgres: onPostgres };
  for (const kind of where) {
    describe.skipIf(kind === 'postgres' && !hasPostgres)(`${title} [${kind}]`, () => {
      let opened: Awaited<ReturnType<Open>> | undefined;
      beforeAll(async () => {
        opened = await places[kind]();
      });
      afterAll(async () => {
        await opened?.store.close();
        await opened?.cleanUp();
      });
      suite({
        engineName: kind === 'postgres' ? 'postgresql' : 'embedded',
        store() {
          if (!opened) throw new Error('the store is opened before the first test, not earlier');
          return opened.store;
        },
      });
    });
  }
}
