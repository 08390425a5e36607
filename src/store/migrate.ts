/**
 * Brings a database to the schema this version of the service needs: forward only, one SQL file at a time.
 *
 * Each file runs in a transaction of its own under an advisory lock, so replicas that start together apply it once.
 * A file that was applied must not change afterwards: its SHA-256 is recorded and compared.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { SqlEngine, SqlSession } from './engine.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
/** Any number that no other user of the same database takes for its advisory lock. */
const LOCK = 70_114_205;

export interface Migration {
  /** `0001-resources-records-imports`: applied in the order of names. */
  name: string;
  sql: string;
}

/** The migrations that come with this version, in order. */
export async function loadMigrations(): Promise<Migration[]> {
  const files = (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      sql: (await readFile(new URL(file, MIGRATIONS), 'utf8')).replaceAll('\r\n', '\n'),
    })),
  );
}

/**
 * Applies what is missing. Throws when an applied migration was edited, or when the database holds one that this
 * version does not know (it was migrated by a newer version).
 */
export async function migrate(engine: SqlEngine, migrations: readonly Migration[]): Promise<void> {
  await engine.transaction(async (session) => {
    await lock(session);
    await session.script(
      'CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
  });
  for (const migration of migrations) {
    await engine.transaction(async (session) => {
      await lock(session);
      const applied = await appliedChecksums(session);
      requireKnown(applied, migrations);
      if (applied.has(migration.name)) return requireUnchanged(migration, applied);
      await session.script(migration.sql);
      await session.query({
        text: 'INSERT INTO schema_migration (name, checksum) VALUES ($1, $2)',
        values: [migration.name, checksum(migration)],
      });
    });
  }
}

async function lock(session: SqlSession): Promise<void> {
  await session.script(`SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(${LOCK})`);
}

async function appliedChecksums(session: SqlSession): Promise<Map<string, string>> {
  const rows = await session.query<{ name: string; checksum: string }>({
    text: 'SELECT name, checksum FROM schema_migration',
    values: [],
  });
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function requireKnown(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const unknown = [...applied.keys()].find((name) => !migrations.some((migration) => migration.name === name));
  if (unknown) {
    throw new Error(
      `The database holds the migration ${unknown}, which this version does not know. Start a newer version.`,
    );
  }
}

function requireUnchanged(migration: Migration, applied: ReadonlyMap<string, string>): void {
  if (applied.get(migration.name) === checksum(migration)) return;
  throw new Error(`The migration ${migration.name} was edited after it was applied. Put the change into a new file.`);
}

const checksum = ({ sql }: Migration): string => createHash('sha256').update(sql).digest('hex');
