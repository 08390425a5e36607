/**
 * Databases for the tests, on the one PostgreSQL server of the run (postgres-global.ts starts it when first asked).
 *
 * Each suite makes its own database, so test files can run at the same time.
 */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { administer } from './postgres-server.ts';

/** Why there is no PostgreSQL for this run; undefined when there is one. Starts it when it was not asked for before. */
export const whyNoPostgres = async (): Promise<string | undefined> => (await askAtTheDoor()).reason;

async function askAtTheDoor(): Promise<{ url?: string; reason?: string }> {
  return (await (await fetch(inject('postgresDoor'))).json()) as { url?: string; reason?: string };
}

/**
 * A fresh database for one suite; throws where there is no PostgreSQL. `drop` removes it again and must be called after
 * the last connection to it was closed.
 */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { url: serverUrl, reason } = await askAtTheDoor();
  if (!serverUrl) throw new Error(reason);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
