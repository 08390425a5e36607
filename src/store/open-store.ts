/**
 * Opens the store: PostgreSQL when there is a database URL, the embedded engine otherwise, migrated either way.
 *
 * The one place that knows both engines.
 */
import { join } from 'node:path';
import { openEmbeddedEngine } from './embedded-engine.ts';
import type { SqlEngine } from './engine.ts';
import type { ImportStore } from './import-store.ts';
import { loadMigrations, migrate } from './migrate.ts';
import { createPostgresEngine } from './postgres-engine.ts';
import type { ResourceStore, SearchIndexer } from './resource-store.ts';
import { createImportStore } from './sql-import-store.ts';
import { createResourceStore } from './sql-resource-store.ts';

interface StoreOptions {
  /** Of a PostgreSQL server (15 or newer); wins over the embedded engine. */
  databaseUrl?: string;
  /** Folder of the embedded database. */
  dataDir?: string;
  /** Keeps the embedded database in memory: everything is gone at the end. */
  inMemory?: boolean;
  /** Folder that keeps an empty embedded database, so that the next first start is fast. May be removed at any time. */
  cacheDir?: string;
  /** Most connections to the server. */
  poolSize?: number;
  indexer: SearchIndexer;
  now(): Date;
}

export interface OpenStore {
  resources: ResourceStore;
  imports: ImportStore;
  engineName: SqlEngine['name'];
  close(): Promise<void>;
}

/**
 * Throws StoreUnavailable when the server can not be reached, DirectoryInUse when another process has the folder open,
 * and a plain Error when none of the three places is given or the schema belongs to another version.
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const engine = await openEngine(options);
  try {
    await migrate(engine, await loadMigrations());
  } catch (error) {
    await engine.close();
    throw error;
  }
  const { indexer, now } = options;
  const resources = createResourceStore({ engine, indexer, now });
  const imports = createImportStore({ engine, now });
  return { resources, imports, engineName: engine.name, close: () => engine.close() };
}

async function openEngine({ databaseUrl, dataDir, inMemory, cacheDir, poolSize }: StoreOptions): Promise<SqlEngine> {
  if (databaseUrl) return createPostgresEngine({ databaseUrl, ...(poolSize !== undefined && { poolSize }) });
  const seed = cacheDir === undefined ? {} : { seedFile: join(cacheDir, SEED_NAME) };
  if (inMemory) return openEmbeddedEngine(seed);
  if (dataDir) return openEmbeddedEngine({ dataDir, ...seed });
  throw new Error('The store needs a database URL, a data folder, or to be told to keep everything in memory.');
}

/** Names the version of PGlite that package.json pins: the format of the files belongs to it. */
const SEED_NAME = 'pglite-0.5.16-empty.tar';
