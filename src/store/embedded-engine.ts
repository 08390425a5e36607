/**
 * The SQL engine inside this process: PGlite (PostgreSQL compiled to WebAssembly) in a worker thread.
 *
 * There is one session. Statements run in the order they are given; a transaction keeps all others waiting until it
 * ends. PGlite ignores `statement_timeout`, so an overdue statement ends its thread: on disk the database is opened
 * again (as after a crash, nothing acknowledged is lost); in memory there would be nothing to open, so there only the
 * caller is told. See docs/adr/2026-11-embedded-store-is-durable-pglite.md.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DirectoryLock, type LockTimes, lockDirectory } from './directory-lock.ts';
import { createMaintenance, type Maintenance } from './embedded-maintenance.ts';
import { EmbeddedThread } from './embedded-thread.ts';
import { type Row, retryWhenGivenUp, type SqlEngine, type SqlSession, type Statement, toParameter } from './engine.ts';
import { StoreUnavailable } from './resource-store.ts';
import { decodeReply, encodeExecute, encodeParse, encodeScript } from './wire-protocol.ts';

interface EmbeddedOptions {
  /** Folder of the database, made when absent. Undefined keeps everything in memory, for tests and demonstrations. */
  dataDir?: string;
  /** File that holds an empty database; made when absent. Speeds up every first start after the first. */
  seedFile?: string;
  /** Longest a statement may take, waiting for others included, in milliseconds. Default 30,000. */
  statementDeadlineMs?: number;
  /** Time between two looks at whether the tables need a vacuum, in milliseconds. Default 60,000. */
  maintenanceIntervalMs?: number;
  lockTimes?: LockTimes;
}

/** Opens the database. Throws DirectoryInUse when another process has it open. */
export async function openEmbeddedEngine(options: EmbeddedOptions): Promise<SqlEngine> {
  const { dataDir, statementDeadlineMs = 30_000 } = options;
  if (dataDir !== undefined) makeFolder(dataDir);
  const lock = dataDir === undefined ? undefined : await lockDirectory(dataDir, options.lockTimes);
  const engine = new EmbeddedEngine({ ...options, statementDeadlineMs }, lock);
  try {
    await engine.opened();
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

class EmbeddedEngine implements SqlEngine {
  readonly name = 'embedded';
  readonly #options: EmbeddedOptions & { statementDeadlineMs: number };
  readonly #lock: DirectoryLock | undefined;
  readonly #maintenance: Maintenance;
  #thread: EmbeddedThread;
  /** Ends with the last turn that was asked for. */
  #turns: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: EmbeddedOptions & { statementDeadlineMs: number }, lock: DirectoryLock | undefined) {
    this.#options = options;
    this.#lock = lock;
    this.#thread = this.#startThread();
    this.#maintenance = createMaintenance(this, options.maintenanceIntervalMs);
  }

  /** Resolves when the database answers. */
  opened(): Promise<void> {
    return this.#thread.ready;
  }

  query<R extends object = Row>(statement: Statement): Promise<R[]> {
    return retryWhenGivenUp(() => this.#send((thread) => this.#query<R>(thread, statement)));
  }

  script(text: string): Promise<void> {
    return this.#send((thread) => this.#script(thread, text));
  }

  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T> {
    return retryWhenGivenUp(() => this.#inTurn((thread) => this.#transaction(thread, work)));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#maintenance.stop();
    await this.#turns;
    // Closing writes a checkpoint: into a folder that another process has taken over, it would be the end of its data.
    await (this.#isHeld() ? this.#thread.close(this.#options.statementDeadlineMs) : this.#thread.cutOff());
    this.#lock?.release();
  }

  #isHeld(): boolean {
    try {
      this.#lock?.lookAgain();
      return true;
    } catch {
      return false;
    }
  }

  /** A single statement's turn ends when it is sent: the thread keeps the order. */
  async #send<T>(send: (thread: EmbeddedThread) => Promise<T>): Promise<T> {
    let sent: Promise<T> | undefined;
    await this.#inTurn(async (thread) => {
      sent = send(thread);
      sent.catch(() => {}); // awaited below, one step later
    });
    return sent as Promise<T>;
  }

  /** Runs `work` after every turn before it has ended, so that no statement slips into another one's transaction. */
  async #inTurn<T>(work: (thread: EmbeddedThread) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreUnavailable('The store is closed.');
    const before = this.#turns;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turns = promise;
    await before;
    try {
      const thread = await this.#usableThread();
      this.#lock?.requireHeld();
      return await work(thread);
    } finally {
      resolve();
    }
  }

  /** The thread, or on disk the one that takes the place of a thread that ended. */
  async #usableThread(): Promise<EmbeddedThread> {
    if (this.#thread.ended && this.#options.dataDir !== undefined) {
      await this.#thread.gone; // two threads on one folder would be as bad as two processes
      this.#thread = this.#startThread();
    }
    await this.#thread.ready;
    return this.#thread;
  }

  #startThread(): EmbeddedThread {
    const { dataDir, seedFile } = this.#options;
    return new EmbeddedThread({
      ...(dataDir !== undefined && { dataDir }),
      ...(seedFile !== undefined && { seedFile }),
    });
  }

  async #transaction<T>(thread: EmbeddedThread, work: (session: SqlSession) => Promise<T>): Promise<T> {
    await this.#script(thread, 'BEGIN');
    try {
      const result = await work({
        query: (statement) => this.#query(thread, statement),
        script: (text) => this.#script(thread, text),
      });
      await this.#script(thread, 'COMMIT');
      return result;
    } catch (error) {
      if (!thread.ended) await this.#script(thread, 'ROLLBACK');
      throw error;
    }
  }

  async #query<R extends object>(thread: EmbeddedThread, statement: Statement): Promise<R[]> {
    const { name = '', text, deadlineMs = this.#options.statementDeadlineMs } = statement;
    const batch = encodeExecute(name, statement.values.map(toParameter));
    const reply = await thread.call({ parse: { name, bytes: encodeParse(name, text) }, batch }, deadlineMs);
    const rows = decodeReply(reply);
    if (statement.writes) this.#maintenance.noteRows(statement.writes);
    return rows as R[];
  }

  async #script(thread: EmbeddedThread, text: string): Promise<void> {
    decodeReply(await thread.call({ batch: encodeScript(text) }, this.#options.statementDeadlineMs));
  }
}

/**
 * Makes a folder and those above it, for this user only. One by one: Node's own recursive form never ends where a
 * folder exists and takes no new ones (/proc).
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
