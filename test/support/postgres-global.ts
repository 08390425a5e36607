/**
 * Vitest's global set-up: a door behind which one PostgreSQL server waits to be started.
 *
 * The server starts when the first test file asks for it, so a run that needs no database does not pay for one, and
 * stops at the end of the run. When there is no PostgreSQL on this machine the reason is printed at the end: the
 * PostgreSQL half of the store's tests is never left out silently.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address that answers a GET with `{ url }` or `{ reason }`. */
    postgresDoor: string;
  }
}

/** Opens the door; the function returned closes it and stops the server. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<PostgresServer> | undefined;
  const door = createServer((_request, response) => {
    started ??= startPostgres();
    void started.then(({ url, reason }) => response.end(JSON.stringify({ url, reason })));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('postgresDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);

  return async () => {
    door.closeAllConnections();
    await new Promise((resolve) => door.close(resolve));
    const server = await started;
    await server?.stop();
    if (server?.reason) console.warn(`\nNot tested on PostgreSQL: ${server.reason}\n`);
  };
}
