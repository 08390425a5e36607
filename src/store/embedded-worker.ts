/**
 * The thread that PGlite runs in: takes batches of the wire protocol and answers with the bytes of the reply.
 *
 * A query blocks the thread it runs in, so the service's own thread must not be it. Calls are done one after the
 * other, in the order they arrive. `embedded-engine.ts` is the other end.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DURABLE_START, DurableNodeFS, syncPath, syncTree } from './durable-filesystem.ts';
import { repliesParsed } from './wire-protocol.ts';

export interface WorkerStart {
  /** Folder of the database on disk, or undefined to keep it in memory. */
  dataDir?: string;
  /** File that holds an empty database; made when it does not exist. Saves most of a first start's time. */
  seedFile?: string;
}

export interface WorkerCall {
  call: number;
  /** Prepares the statement `name` first when this thread has not done so yet. */
  parse?: { name: string; bytes: Uint8Array };
  batch: Uint8Array;
}

export type WorkerAnswer =
  | { ready: true }
  | { call: number; reply: Uint8Array<ArrayBuffer> }
  | { call: number; failure: string };

/** Name of the file beside the database that says its creation was finished and synced. */
const CREATED = 'created';

async function openDatabase({ dataDir, seedFile }: WorkerStart): Promise<PGlite> {
  const folder = dataDir && join(dataDir, 'pgdata');
  const exists = dataDir !== undefined && existsSync(join(dataDir, CREATED));
  const seed = !exists && seedFile && existsSync(seedFile) ? new Blob([readFileSync(seedFile)]) : undefined;
  if (folder && !exists && existsSync(folder)) renameSync(folder, `${folder}.incomplete-${Date.now()}`);

  const database = await PGlite.create({
    ...(folder && { fs: new DurableNodeFS(folder), startParams: DURABLE_START }),
    ...(seed && { loadDataDir: seed }),
  });
  if (!exists && seedFile && !seed) await saveSeed(database, seedFile);
  if (dataDir && folder && !exists) {
    syncTree(folder);
    writeFileSync(join(dataDir, CREATED), `PGlite, PostgreSQL ${readFileSync(join(folder, 'PG_VERSION'), 'utf8')}`);
    syncPath(join(dataDir, CREATED));
    syncPath(dataDir);
  }
  return database;
}

async function saveSeed(database: PGlite, seedFile: string): Promise<void> {
  const dump = await database.dumpDataDir('none');
  const unfinished = `${seedFile}.${threadId}-${Date.now()}`;
  mkdirSync(dirname(seedFile), { recursive: true });
  writeFileSync(unfinished, new Uint8Array(await dump.arrayBuffer()));
  renameSync(unfinished, seedFile); // so that nobody reads half a seed
}

async function exchange(database: PGlite, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  await database.execProtocolRawStream(bytes, {
    syncToFs: false, // for file systems that keep writes back; ours does not
    onRawData: (part) => parts.push(part.slice()),
  });
  const reply = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    reply.set(part, at);
    at += part.byteLength;
  }
  return reply;
}

const port = parentPort;
if (!port) throw new Error('embedded-worker.ts runs as a worker thread only');
const database = await openDatabase(workerData as WorkerStart);
const prepared = new Set<string>();

async function carryOut(message: WorkerCall | 'close'): Promise<void> {
  if (message === 'close') {
    await database.close();
    port?.close();
    return;
  }
  const { call, parse, batch } = message;
  try {
    const mustParse = parse !== undefined && !(parse.name && prepared.has(parse.name));
    const reply = await exchange(database, mustParse ? Buffer.concat([parse.bytes, batch]) : batch);
    if (mustParse && repliesParsed(reply)) prepared.add(parse.name);
    port?.postMessage({ call, reply } satisfies WorkerAnswer, [reply.buffer]);
  } catch (error) {
    port?.postMessage({ call, failure: error instanceof Error ? error.message : String(error) } satisfies WorkerAnswer);
  }
}

// One after the other: a named statement must be known to be prepared before the next call looks.
let last: Promise<void> = Promise.resolve();
port.on('message', (message: WorkerCall | 'close') => {
  last = last.then(() => carryOut(message));
});
port.postMessage({ ready: true } satisfies WorkerAnswer);
