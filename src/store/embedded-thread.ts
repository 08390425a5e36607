/**
 * This side of the worker thread that PGlite runs in: calls, their answers, their deadlines, and the thread's end.
 *
 * A thread ends once and is not started again; `embedded-engine.ts` starts another.
 */
import { Worker } from 'node:worker_threads';
import type { WorkerAnswer, WorkerCall, WorkerStart } from './embedded-worker.ts';
import { StoreUnavailable } from './resource-store.ts';

interface PendingCall {
  resolve(reply: Uint8Array): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export class EmbeddedThread {
  /** Resolves when the database answers; rejects with StoreUnavailable when it can not be opened. */
  readonly ready: Promise<void>;
  /** Resolves when the thread is gone and its files are closed. */
  readonly gone: Promise<void>;
  readonly #worker: Worker;
  readonly #isOnDisk: boolean;
  readonly #pending = new Map<number, PendingCall>();
  #lastCall = 0;
  #ended = false;

  constructor(start: WorkerStart) {
    this.#isOnDisk = start.dataDir !== undefined;
    this.#worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
      workerData: start,
      name: 'embedded-store',
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    promise.catch(() => {}); // whoever awaits it gets the error
    this.gone = new Promise((done) => this.#worker.once('exit', () => done()));
    this.#worker.on('message', (answer: WorkerAnswer) => ('ready' in answer ? resolve() : this.#settle(answer)));
    this.#worker.on('error', (cause: Error) => {
      reject(new StoreUnavailable(notOpened(start.dataDir), { cause }));
      this.#end(new StoreUnavailable('The embedded database stopped unexpectedly.', { cause }));
    });
    this.#worker.on('exit', () => {
      reject(new StoreUnavailable('The embedded database stopped while it was opened.'));
      this.#end(new StoreUnavailable('The embedded database stopped.'));
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sends a call at once; calls are answered in the order they are sent. */
  call(message: Omit<WorkerCall, 'call'>, deadlineMs: number): Promise<Uint8Array> {
    if (this.#ended) return Promise.reject(new StoreUnavailable('The embedded database was restarted. Try again.'));
    const call = ++this.#lastCall;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#overdue(call), deadlineMs);
      this.#pending.set(call, { resolve, reject, timer });
      this.#worker.postMessage({ call, ...message } satisfies WorkerCall);
    });
  }

  /** Closes the database after the calls before it. What is only in memory needs no closing: that thread just ends. */
  async close(deadlineMs: number): Promise<void> {
    if (!this.#isOnDisk) await this.#worker.terminate();
    if (this.#ended) return this.gone;
    this.#worker.postMessage('close');
    // Cut off, it loses nothing: the next start recovers as after a crash.
    const timer = setTimeout(() => void this.#worker.terminate(), deadlineMs);
    await this.gone;
    clearTimeout(timer);
  }

  /** Ends the thread where it stands, without a write: for a folder that is no longer ours. */
  async cutOff(): Promise<void> {
    await this.#worker.terminate();
    return this.gone;
  }

  #overdue(call: number): void {
    const late = new StoreUnavailable('The embedded database did not answer in time.');
    if (this.#isOnDisk) {
      void this.#worker.terminate();
      this.#end(late);
      return;
    }
    this.#pending.get(call)?.reject(late);
    this.#pending.delete(call);
  }

  #end(reason: StoreUnavailable): void {
    this.#ended = true;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#pending.clear();
  }

  #settle(answer: Exclude<WorkerAnswer, { ready: true }>): void {
    const waiting = this.#pending.get(answer.call);
    if (!waiting) return; // its caller was told that it is overdue
    this.#pending.delete(answer.call);
    clearTimeout(waiting.timer);
    if ('reply' in answer) waiting.resolve(answer.reply);
    else waiting.reject(new StoreUnavailable(`The embedded database failed: ${answer.failure}`));
  }
}

const notOpened = (dataDir: string | undefined): string =>
  dataDir === undefined
    ? 'The embedded database could not be started.'
    : `The database in ${dataDir} could not be opened: its files are damaged or of another version. ` +
      'Restore the folder from a backup, or move it away to start with an empty one.';
