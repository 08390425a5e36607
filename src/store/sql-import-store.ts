/**
 * Import jobs and their receipts on an SQL engine.
 *
 * A worker owns a job while its lease lasts. Every write of a worker names the worker and the status `running`, so one
 * whose job was taken over writes nothing and learns it: whoever has the job now goes through the same lines. Nobody
 * does so when the job was cancelled or has failed. Then the lines of the last chunk are stored and their receipts are
 * all that tells of them, so they are written, and the place with them, by the worker that came farthest.
 */
import type { Finding } from '../outcome/finding.ts';
import type { Grant } from '../privacy/grant.ts';
import type { SqlEngine } from './engine.ts';
import type { ImportJob, ImportReceipt, ImportStore } from './import-store.ts';
import { CommitConflict } from './resource-store.ts';

interface ImportStoreDeps {
  engine: SqlEngine;
  /** The clock of leases. Replicas must agree on it to within a fraction of a lease. */
  now(): Date;
}

const COLUMNS =
  'j.tenant, j.id, j.kind, j.format, j.status, j.upload_id, j.total_bytes, j.position, j.line, j.accepted, j.refused, j.reader_state, j.failure, j.created_at, j.updated_at';
const LARGEST_PAGE = 1000;

interface JobRow {
  tenant: string;
  id: string;
  kind: string | null;
  format: ImportJob['format'];
  status: ImportJob['status'];
  upload_id: string;
  total_bytes: number;
  position: number;
  line: number;
  accepted: number;
  refused: number;
  reader_state: string;
  failure: string | null;
  created_at: number;
  updated_at: number;
}

const toJob = (row: JobRow): ImportJob => ({
  tenant: row.tenant,
  id: row.id,
  ...(row.kind !== null && { kind: row.kind }),
  format: row.format,
  status: row.status,
  uploadId: row.upload_id,
  totalBytes: row.total_bytes,
  position: row.position,
  line: row.line,
  accepted: row.accepted,
  refused: row.refused,
  readerState: row.reader_state,
  ...(row.failure !== null && { failure: row.failure }),
  createdAt: new Date(row.created_at).toISOString(),
  updatedAt: new Date(row.updated_at).toISOString(),
});

export function createImportStore({ engine, now }: ImportStoreDeps): ImportStore {
  const nowMs = (): number => now().getTime();
  return {
    createImport: (grant, job) => createImport(engine, grant, job, nowMs()),
    findImport: (grant, id) => findImport(engine, grant, id),
    listImports: (grant, count) => listImports(engine, grant, count),
    claimImport: (worker, leaseSeconds) => claimImport(engine, worker, nowMs(), leaseSeconds),
    recordProgress: (worker, job, receipts, leaseSeconds) =>
      recordProgress(engine, worker, job, receipts, nowMs(), leaseSeconds),
    finishImport: (worker, job, status, failure) => finishImport(engine, worker, job, status, failure, nowMs()),
    cancelImport: (grant, id) => cancelImport(engine, grant, id, nowMs()),
    receipts: (grant, id, page) => receipts(engine, grant, id, page),
  };
}

/** Throws CommitConflict when the tenant has an import with this id already. */
async function createImport(
  engine: SqlEngine,
  grant: Grant,
  job: Parameters<ImportStore['createImport']>[1],
  at: number,
): Promise<ImportJob> {
  const [row] = await engine.query<JobRow>({
    text: `INSERT INTO import_job AS j (tenant, id, kind, format, status, upload_id, total_bytes, position, line, accepted,
                                        refused, reader_state, failure, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
           ON CONFLICT (tenant, id) DO NOTHING RETURNING ${COLUMNS}`,
    values: [
      grant.tenant,
      job.id,
      job.kind ?? null,
      job.format,
      job.status,
      job.uploadId,
      job.totalBytes,
      job.position,
      job.line,
      job.accepted,
      job.refused,
      job.readerState,
      job.failure ?? null,
      at,
    ],
    writes: 1,
  });
  if (!row) throw new CommitConflict('import', job.id);
  return toJob(row);
}

async function findImport(engine: SqlEngine, grant: Grant, id: string): Promise<ImportJob | undefined> {
  const [row] = await engine.query<JobRow>({
    text: `SELECT ${COLUMNS} FROM import_job j WHERE j.tenant = $1 AND j.id = $2`,
    values: [grant.tenant, id],
  });
  return row && toJob(row);
}

/** Newest first. */
async function listImports(engine: SqlEngine, grant: Grant, count: number): Promise<ImportJob[]> {
  const rows = await engine.query<JobRow>({
    text: `SELECT ${COLUMNS} FROM import_job j WHERE j.tenant = $1 ORDER BY j.created_at DESC, j.id DESC LIMIT $2::int`,
    values: [grant.tenant, Math.min(Math.max(count, 0), LARGEST_PAGE)],
  });
  return rows.map(toJob);
}

async function claimImport(
  engine: SqlEngine,
  worker: string,
  at: number,
  leaseSeconds: number,
): Promise<ImportJob | undefined> {
  const [row] = await engine.query<JobRow>({
    text: `UPDATE import_job j SET status = 'running', worker = $1, lease_until = $2::bigint + $3::bigint, updated_at = $2
            WHERE (j.tenant, j.id) = (
              SELECT tenant, id FROM import_job
               WHERE status = 'queued' OR (status = 'running' AND lease_until <= $2)
               ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING ${COLUMNS}`,
    values: [worker, at, leaseSeconds * 1000],
    writes: 1,
  });
  return row && toJob(row);
}

async function recordProgress(
  engine: SqlEngine,
  worker: string,
  job: Parameters<ImportStore['recordProgress']>[1],
  lines: readonly ImportReceipt[],
  at: number,
  leaseSeconds: number,
): Promise<boolean> {
  const [noted] = await engine.query<{ status: ImportJob['status'] }>({
    text: `WITH held AS (
             UPDATE import_job SET position = $4, line = $5, accepted = $6, refused = $7, reader_state = $8,
                                   updated_at = $9,
                                   lease_until = CASE WHEN status = 'running' THEN $9::bigint + $10::bigint END
              WHERE tenant = $1 AND id = $2
                AND ((status = 'running' AND worker = $3) OR (status IN ('cancelled', 'failed') AND line < $5))
             RETURNING tenant, id, status),
           written AS (
             INSERT INTO import_receipt (tenant, job, line, outcome, kind, source_id, reference_list, finding_list)
             SELECT held.tenant, held.id, v.*
               FROM held, unnest($11::int[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[]) AS v
             ON CONFLICT (tenant, job, line) DO UPDATE
               SET outcome = excluded.outcome, kind = excluded.kind, source_id = excluded.source_id,
                   reference_list = excluded.reference_list, finding_list = excluded.finding_list)
           SELECT status FROM held`,
    values: [
      job.tenant,
      job.id,
      worker,
      job.position,
      job.line,
      job.accepted,
      job.refused,
      job.readerState,
      at,
      leaseSeconds * 1000,
      lines.map((receipt) => receipt.line),
      lines.map((receipt) => receipt.outcome),
      lines.map((receipt) => receipt.kind ?? null),
      lines.map((receipt) => receipt.sourceId ?? null),
      lines.map((receipt) => JSON.stringify(receipt.references)),
      lines.map((receipt) => JSON.stringify(receipt.findings)),
    ],
    writes: 1 + lines.length,
  });
  return noted?.status === 'running';
}

async function finishImport(
  engine: SqlEngine,
  worker: string,
  job: Parameters<ImportStore['finishImport']>[1],
  status: 'completed' | 'failed',
  failure: string | undefined,
  at: number,
): Promise<void> {
  await engine.query({
    text: `UPDATE import_job SET status = $4, failure = $5, updated_at = $6, lease_until = NULL
            WHERE tenant = $1 AND id = $2 AND worker = $3 AND status = 'running'`,
    values: [job.tenant, job.id, worker, status, failure ?? null, at],
    writes: 1,
  });
}

/** False when the import is not there or has ended already. */
async function cancelImport(engine: SqlEngine, grant: Grant, id: string, at: number): Promise<boolean> {
  const cancelled = await engine.query({
    text: `UPDATE import_job SET status = 'cancelled', updated_at = $3, lease_until = NULL
            WHERE tenant = $1 AND id = $2 AND status IN ('queued', 'running') RETURNING id`,
    values: [grant.tenant, id, at],
    writes: 1,
  });
  return cancelled.length > 0;
}

interface ReceiptRow {
  line: number;
  outcome: ImportReceipt['outcome'];
  kind: string | null;
  source_id: string | null;
  reference_list: string;
  finding_list: string;
}

/** In the order of lines, at most 1,000. */
async function receipts(
  engine: SqlEngine,
  grant: Grant,
  id: string,
  page: Parameters<ImportStore['receipts']>[2],
): Promise<ImportReceipt[]> {
  const rows = await engine.query<ReceiptRow>({
    text: `SELECT line, outcome, kind, source_id, reference_list, finding_list FROM import_receipt
            WHERE tenant = $1 AND job = $2 AND line > $3 AND ($4::text IS NULL OR outcome = $4)
            ORDER BY line LIMIT $5::int`,
    values: [
      grant.tenant,
      id,
      page.afterLine ?? 0,
      page.outcome ?? null,
      Math.min(Math.max(page.count, 0), LARGEST_PAGE),
    ],
  });
  return rows.map((row) => ({
    line: row.line,
    outcome: row.outcome,
    ...(row.kind !== null && { kind: row.kind }),
    ...(row.source_id !== null && { sourceId: row.source_id }),
    references: JSON.parse(row.reference_list) as string[],
    findings: JSON.parse(row.finding_list) as Finding[],
  }));
}
