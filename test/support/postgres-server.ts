/**
 * A PostgreSQL server for tests and measurements: the one of TEST_DATABASE_URL, or one started from this machine's
 * binaries.
 *
 * The own server lives in a temporary folder and listens on loopback only. PostgreSQL refuses to run as root, so then
 * it runs as the user `postgres` or `nobody`.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface PostgresServer {
  /** Where to connect, as a user who may create databases; undefined when there is none. */
  url?: string;
  /** Why there is none. */
  reason?: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Syncs every commit to disk, as a production server does. Off by default: the data die with the server. */
  durable?: boolean;
}

/** Starts a server, or says in `reason` why there is none. Never throws. */
export async function startPostgres(options: ServerOptions = {}): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  try {
    return await startOwnServer(options);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error), stop: async () => {} };
  }
}

/** Runs one statement as the user of the URL. */
export async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function startOwnServer({ durable = false }: ServerOptions): Promise<PostgresServer> {
  const bin = await binaries();
  const user = runsAs();
  const folder = await mkdtemp(join(tmpdir(), 'mentoring-fhir-pg-'));
  const data = join(folder, 'data');
  try {
    if (user) await chown(folder, user.uid, user.gid);
    const options = { cwd: folder, ...user };
    await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
    const port = await freePort();
    const hasty = durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];
    const settings = [...hasty, 'unix_socket_directories=', 'max_connections=60'];
    const server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings.flatMap((s) => ['-c', s])],
      { ...options, stdio: 'ignore' },
    );
    const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await untilItAnswers(url, () => server.exitCode !== null);
    return {
      url,
      async stop() {
        server.kill('SIGINT'); // "fast" shutdown: https://www.postgresql.org/docs/17/server-shutdown.html
        await exited;
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The newest folder that holds both initdb and postgres. */
async function binaries(): Promise<string> {
  const debian = await readdir('/usr/lib/postgresql').catch(() => []);
  const byConfig = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim();
  const folders = [
    ...debian.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(byConfig ? [byConfig] : []),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const found = folders.find((f) => f && existsSync(join(f, 'initdb')) && existsSync(join(f, 'postgres')));
  if (!found) throw new Error('TEST_DATABASE_URL is not set and no PostgreSQL binaries (initdb) were found');
  return found;
}

/** For root: the ids of a user that PostgreSQL accepts. Anybody else starts it as themselves. */
function runsAs(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout?.trim());
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('running as root and neither of the users postgres and nobody exists');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilItAnswers(url: string, hasExited: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (hasExited()) throw new Error('PostgreSQL ended while it started');
    try {
      await administer(url, 'SELECT 1');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('PostgreSQL did not answer within 15 seconds');
}
