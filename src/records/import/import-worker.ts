/**
 * Works on import jobs: reads the uploaded file on from where the last worker stopped, chunk by chunk.
 *
 * A chunk's receipts and the new position are stored together. A worker that dies between the writes of a chunk and its
 * receipts leaves records that the next worker finds unchanged. An import that is cancelled in the middle of a chunk
 * ends behind it, with the receipts of its lines. Jobs are claimed with a lease, so any number of replicas may run a
 * worker; each works on one job at a time.
 */
import { describeError, type Log } from '../../http/log.ts';
import { type Grant, sandboxGrant } from '../../privacy/grant.ts';
import type { ImportJob, ImportStore } from '../../store/import-store.ts';
import { StoreUnavailable } from '../../store/resource-store.ts';
import type { RecordDeps } from '../records-parts.ts';
import { CsvHeaderError, readCsv } from './csv-reader.ts';
import type { ImportLine } from './import-line.ts';
import { type ReaderState, readReaderState, writeReaderState } from './import-options.ts';
import { readNdjson } from './ndjson-reader.ts';
import { fromPosition } from './split-lines.ts';
import { writeLines } from './write-lines.ts';

export interface ImportWorkerParts extends RecordDeps {
  imports: ImportStore;
  log: Log;
  /** Name of this worker, unique among replicas. */
  worker: string;
  /** The authority under which an agency's file is written. Default: the sandbox's. */
  grantForTenant?(tenant: string): Grant;
  /** How often to look for a job when there was none. Default 500. */
  pollMs?: number;
  /** Longest time a chunk may take before another worker takes the job over. Default 60. */
  leaseSeconds?: number;
  /** Records of a chunk. Default 200. */
  chunkLines?: number;
  /** Writes under way at once. Default 64: two groups that the store commits together. */
  concurrency?: number;
}

export interface ImportWorker {
  /** Looks for jobs until `stop`. */
  start(): void;
  /** Resolves when the chunk under way is done and its job was handed back. */
  stop(): Promise<void>;
  /** Claims one job and works on it to its end; false when there was none. */
  runOnce(): Promise<boolean>;
}

export function createImportWorker(parts: ImportWorkerParts): ImportWorker {
  const { imports, log, worker, pollMs = 500, leaseSeconds = 60 } = parts;
  let stopping = false;
  let loop: Promise<void> | undefined;
  let wake: (() => void) | undefined;

  async function runOnce(): Promise<boolean> {
    const job = await imports.claimImport(worker, leaseSeconds);
    if (!job) return false;
    await runJob(job, { ...parts, leaseSeconds }, () => stopping);
    return true;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const worked = await runOnce().catch((error: unknown) => {
        log.error({ error: describeError(error) }, 'The import worker failed; it goes on after a pause');
        return false;
      });
      if (!worked && !stopping) await pause();
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    runOnce,
    start: () => {
      loop ??= run();
    },
    stop: async () => {
      stopping = true;
      wake?.();
      await loop;
    },
  };
}

/** Where a job stands, in memory. */
type Progress = Pick<ImportJob, 'tenant' | 'id' | 'position' | 'line' | 'accepted' | 'refused' | 'readerState'>;

type JobParts = ImportWorkerParts & { leaseSeconds: number };

async function runJob(job: ImportJob, parts: JobParts, isStopping: () => boolean): Promise<void> {
  const { imports, worker, store, log } = parts;
  const grant = (parts.grantForTenant ?? sandboxGrant)(job.tenant);
  try {
    const content = await store.binary(grant, job.uploadId);
    if (!content) {
      await imports.finishImport(worker, job, 'failed', 'The uploaded file is no longer here. Send it again.');
      return;
    }
    const ended = await writeChunks(job, grant, content.chunks, parts, isStopping);
    if (ended) await imports.finishImport(worker, job, 'completed');
  } catch (error) {
    if (error instanceof CsvHeaderError) {
      await imports.finishImport(worker, job, 'failed', error.message);
      return;
    }
    // Without the store nothing can be noted: the lease runs out, and a worker goes on from the last position.
    if (error instanceof StoreUnavailable) throw error;
    log.error({ error: describeError(error) }, 'An import failed unexpectedly');
    await imports.finishImport(
      worker,
      job,
      'failed',
      'Internal error. The lines with a receipt are stored; report it.',
    );
  }
}

/** False when the job was cancelled, taken over, or handed back because this worker stops. */
async function writeChunks(
  job: ImportJob,
  grant: Grant,
  chunks: AsyncIterable<Uint8Array>,
  parts: JobParts,
  isStopping: () => boolean,
): Promise<boolean> {
  const { imports, worker, leaseSeconds, chunkLines = 200, concurrency = 64 } = parts;
  const { header, ...options } = readReaderState(job.readerState);
  const state: ReaderState = { ...options, ...(header && { header }) };
  const progress: Progress = { ...job };
  for await (const lines of inChunks(linesOf(job, chunks, state, parts), chunkLines)) {
    const receipts = await writeLines({ grant, lines, options, concurrency }, parts);
    const refused = receipts.filter((receipt) => receipt.outcome === 'refused').length;
    progress.refused += refused;
    progress.accepted += receipts.length - refused;
    progress.position = lines.at(-1)?.end ?? progress.position;
    progress.line = lines.at(-1)?.lastLine ?? progress.line;
    progress.readerState = writeReaderState(state);
    const stop = isStopping();
    // A lease of no time hands the job back: the next worker need not wait for it to run out.
    const held = await imports.recordProgress(worker, progress, receipts, stop ? 0 : leaseSeconds);
    if (!held || stop) return false;
  }
  return true;
}

function linesOf(
  job: ImportJob,
  chunks: AsyncIterable<Uint8Array>,
  state: ReaderState,
  { schemas }: RecordDeps,
): AsyncIterable<ImportLine> {
  const start = { position: job.position, line: job.line };
  const rest = fromPosition(chunks, job.position);
  if (job.format === 'ndjson') return readNdjson(rest, job.kind, start);
  if (job.kind === undefined) throw new CsvHeaderError('A CSV file needs ?kind=, the collection of its rows.');
  return readCsv(rest, job.kind, schemas.model(job.kind), start, state.header, (header) => {
    state.header = header;
  });
}

async function* inChunks(lines: AsyncIterable<ImportLine>, size: number): AsyncGenerator<ImportLine[]> {
  let chunk: ImportLine[] = [];
  for await (const line of lines) {
    chunk.push(line);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
