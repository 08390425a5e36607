/**
 * Where batch imports keep their place: the uploaded file, the jobs, and one receipt for each line.
 *
 * A job outlives the process that runs it: a worker holds a lease, progress and the receipts of a chunk are written
 * together, and another worker goes on from the last position. Writing a record is idempotent, so a line that was
 * stored just before a crash is only confirmed again.
 */
import type { Finding } from '../outcome/finding.ts';
import type { Grant } from '../privacy/grant.ts';

type ImportStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface ImportJob {
  tenant: string;
  id: string;
  /** Collection of every line, or undefined when each line names its own `kind`. */
  kind?: string;
  format: 'ndjson' | 'csv';
  status: ImportStatus;
  /** Id under which `stageBinary` keeps the uploaded file. */
  uploadId: string;
  /** Size of the upload and position reached, in bytes. */
  totalBytes: number;
  position: number;
  /** Number of the last line done, counted from 1. */
  line: number;
  accepted: number;
  refused: number;
  /** Whatever the reader needs to go on from `position`, such as the header row of a CSV. */
  readerState: string;
  /** Why a job failed, for the person who sent it. */
  failure?: string;
  createdAt: string;
  updatedAt: string;
}

export interface ImportReceipt {
  /** Line of the file, counted from 1, header included. */
  line: number;
  outcome: 'accepted' | 'unchanged' | 'refused';
  kind?: string;
  sourceId?: string;
  /** References of the resources the record became, such as `Encounter/abc`. */
  references: string[];
  findings: Finding[];
}

export interface ImportStore {
  createImport(grant: Grant, job: Omit<ImportJob, 'tenant' | 'createdAt' | 'updatedAt'>): Promise<ImportJob>;
  findImport(grant: Grant, id: string): Promise<ImportJob | undefined>;
  listImports(grant: Grant, count: number): Promise<ImportJob[]>;
  /** Takes the oldest job that is queued, or running with an expired lease, of any tenant (SKIP LOCKED). */
  claimImport(worker: string, leaseSeconds: number): Promise<ImportJob | undefined>;
  /**
   * Writes a chunk's receipts and the new position in one transaction and renews the lease.
   * Returns false when the worker no longer holds the lease or the job was cancelled: stop then. Of a job that was
   * cancelled, or has failed, they are written all the same where no worker came farther: the lines are stored.
   */
  recordProgress(
    worker: string,
    job: Pick<ImportJob, 'tenant' | 'id' | 'position' | 'line' | 'accepted' | 'refused' | 'readerState'>,
    receipts: readonly ImportReceipt[],
    leaseSeconds: number,
  ): Promise<boolean>;
  finishImport(
    worker: string,
    job: Pick<ImportJob, 'tenant' | 'id'>,
    status: 'completed' | 'failed',
    failure?: string,
  ): Promise<void>;
  cancelImport(grant: Grant, id: string): Promise<boolean>;
  receipts(
    grant: Grant,
    id: string,
    page: { count: number; afterLine?: number; outcome?: ImportReceipt['outcome'] },
  ): Promise<ImportReceipt[]>;
}
