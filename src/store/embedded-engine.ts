/**
 * The SQL engine inside this process: PGlite (PostgreSQL compiled to WebAssembly) in a worker thread.
 *
 * There is one session. Statements run in the order they are given; a transaction keeps all others waiting until it
 * ends. PGlite ignores `statement_timeout`, so an overdue statement ends its thread: on disk the database is opened
 * again (as after a crash, nothing acknowledged is lost); in memory there would be nothing to open, so there only the
 * caller is told. See docs/adr/2026-11-embedded-store-is-durable-pglite.md.
 */
import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type DirectoryLock, type LockTimes, lockDirectory } from './directory-lock.ts';
import { createMaintenance } from './embedded-maintenance.ts';
import type { WorkerAnswer, WorkerCall, WorkerStart } from './embedded-worker.ts';
import { type Row, type SqlEngine, SqlError, type SqlSession, type Statement, toParameter } from './engine.ts';
import { StoreUnavailable } from './resource-store.ts';
import { decodeReply, encodeExecute, encodeParse, encodeScript } from './wire-protocol.ts';

export interface EmbeddedOptions {
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

interface PendingCall {
  resolve(reply: Uint8Array): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/** One worker thread and the calls it has not answered yet. */
interface Thread {
  worker: Worker;
  pending: Map<number, PendingCall>;
  ready: Promise<void>;
  ended: boolean;
}

/** Opens the database. Throws DirectoryInUse when another process has it open. */
export async function openEmbeddedEngine(options: EmbeddedOptions): Promise<SqlEngine> {
  const { dataDir, statementDeadlineMs = 30_000 } = options;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = dataDir === undefined ? undefined : await lockDirectory(dataDir, options.lockTimes);
  try {
    const engine = new EmbeddedEngine({ ...options, statementDeadlineMs }, lock);
    await engine.opened();
    return engine;
  } catch (error) {
    lock?.release();
    throw error;
  }
}

class EmbeddedEngine implements SqlEngine {
  readonly name = 'embedded';
  readonly #options: EmbeddedOptions & { statementDeadlineMs: number };
  readonly #lock: DirectoryLock | undefined;
  readonly #maintenance: ReturnType<typeof createMaintenance>;
  #thread: Thread;
  #lastCall = 0;
  /** Resolves when the transactions begun so far have ended; statements outside of them wait for it. */
  #gate: Promise<void> = Promise.resolve();
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

  async query<R extends object = Row>(statement: Statement): Promise<R[]> {
    await this.#gate;
    return this.#query<R>(this.#thread, statement);
  }

  async script(text: string): Promise<void> {
    await this.#gate;
    await this.#script(this.#thread, text);
  }

  async transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T> {
    const before = this.#gate;
    let open = (): void => {};
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    await before;
    const thread = this.#thread;
    try {
      await this.#script(thread, 'BEGIN');
      const result = await work({
        query: (statement) => this.#query(thread, statement),
        script: (text) => this.#script(thread, text),
      });
      await this.#script(thread, 'COMMIT');
      return result;
    } catch (error) {
      if (!thread.ended) await this.#script(thread, 'ROLLBACK');
      throw error;
    } finally {
      open();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#maintenance.stop();
    await this.#gate;
    this.#closed = true;
    const { worker, ended } = this.#thread;
    if (!ended) {
      const exit = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await exit;
    }
    this.#lock?.release();
  }

  async #query<R extends object>(thread: Thread, statement: Statement): Promise<R[]> {
    const { name = '', text } = statement;
    const parameters = statement.values.map(toParameter);
    const message = { parse: { name, bytes: encodeParse(name, text) }, batch: encodeExecute(name, parameters) };
    const reply = await this.#call(thread, message, statement.deadlineMs);
    if (statement.writes) this.#maintenance.noteRows(statement.writes);
    return decodeReply(reply) as R[];
  }

  async #script(thread: Thread, text: string): Promise<void> {
    decodeReply(await this.#call(thread, { batch: encodeScript(text) }));
  }

  async #call(thread: Thread, message: Omit<WorkerCall, 'call'>, deadlineMs?: number): Promise<Uint8Array> {
    if (this.#closed) throw new StoreUnavailable('The store is closed.');
    await thread.ready;
    this.#lock?.requireHeld();
    if (thread.ended) throw new StoreUnavailable('The embedded database was restarted; try again.');
    const call = ++this.#lastCall;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#overdue(thread, call), deadlineMs ?? this.#options.statementDeadlineMs);
      thread.pending.set(call, { resolve, reject, timer });
      thread.worker.postMessage({ call, ...message } satisfies WorkerCall);
    });
  }

  #overdue(thread: Thread, call: number): void {
    const late = new StoreUnavailable('The embedded database did not answer in time.');
    if (this.#options.dataDir !== undefined) {
      void thread.worker.terminate();
      this.#end(thread, late);
      return;
    }
    thread.pending.get(call)?.reject(late);
    thread.pending.delete(call);
  }

  /** Fails what the thread has not answered; unless the engine is closing, another thread takes its place. */
  #end(thread: Thread, reason: StoreUnavailable): void {
    if (thread.ended) return;
    thread.ended = true;
    for (const { reject, timer } of thread.pending.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    thread.pending.clear();
  }

  #startThread(): Thread {
    const { dataDir, seedFile } = this.#options;
    const workerData: WorkerStart = { ...(dataDir !== undefined && { dataDir }), ...(seedFile && { seedFile }) };
    const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData, name: 'embedded-store' });
    const ready = Promise.withResolvers<void>();
    ready.promise.catch(() => {}); // every call awaits it and gets the error
    const thread: Thread = { worker, pending: new Map(), ready: ready.promise, ended: false };

    worker.on('message', (answer: WorkerAnswer) => {
      if ('ready' in answer) ready.resolve();
      else if (answer.call !== 'close') settle(thread, answer);
    });
    worker.on('error', (cause: Error) => {
      ready.reject(new StoreUnavailable('The embedded database could not be opened.', { cause }));
      this.#end(thread, new StoreUnavailable('The embedded database stopped unexpectedly.', { cause }));
    });
    worker.on('exit', () => {
      ready.reject(new StoreUnavailable('The embedded database stopped while it was opened.'));
      this.#end(thread, new StoreUnavailable('The embedded database stopped.'));
      // The next one may only open the folder when this one is gone. A database that never opened is not tried again.
      if (!this.#closed && dataDir !== undefined && wasReady) this.#thread = this.#startThread();
    });
    let wasReady = false;
    void ready.promise.then(
      () => {
        wasReady = true;
      },
      () => {},
    );
    return thread;
  }
}

function settle(thread: Thread, answer: Exclude<WorkerAnswer, { ready: true } | { call: 'close' }>): void {
  const waiting = thread.pending.get(answer.call);
  if (!waiting) return; // its caller was told that it is overdue
  thread.pending.delete(answer.call);
  clearTimeout(waiting.timer);
  if ('reply' in answer) waiting.resolve(answer.reply);
  else waiting.reject(new SqlError('XX000', answer.failure));
}
