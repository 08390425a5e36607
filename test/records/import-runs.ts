/**
 * Runs an import from upload to receipts, for the tests of imports.
 */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import {
  createImportWorker,
  type ImportWorker,
  type ImportWorkerParts,
} from '../../src/records/import/import-worker.ts';
import type { Agency, Answer, RecordsService } from './service.ts';

export const NDJSON = { 'content-type': 'application/x-ndjson' };
export const CSV = { 'content-type': 'text/csv' };

/** A worker with small chunks, so that short files have several. */
export const workerOf = (service: RecordsService, parts: Partial<ImportWorkerParts> = {}): ImportWorker =>
  createImportWorker({ ...service.parts, worker: randomUUID(), chunkLines: 10, concurrency: 4, ...parts });

export interface ImportRun {
  /** Path of the job below /mentoring. */
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: jobs are looked into
  job: any;
  // biome-ignore lint/suspicious/noExplicitAny: receipts are looked into
  receipts: any[];
}

/** Sends a file, works it off, and answers the job with its receipts. */
export async function importAll(
  service: RecordsService,
  agency: Agency,
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
): Promise<ImportRun> {
  const taken = await agency.send('POST', path, body, headers);
  expect([taken.status, taken.text]).toEqual([202, expect.any(String)]);
  expect(await workerOf(service).runOnce()).toBe(true);
  return jobOf(agency, taken);
}

/** How the import stands that this answer was given for. */
export async function jobOf(agency: Agency, taken: Answer): Promise<ImportRun> {
  const url = new URL(taken.headers.get('content-location') ?? '');
  const path = url.pathname.replace('/mentoring', '');
  const job = (await agency.get(path)).json;
  return { path, job, receipts: receiptLines((await agency.get(`${path}/receipts`)).text) };
}

// biome-ignore lint/suspicious/noExplicitAny: receipts are looked into
export const receiptLines = (text: string): any[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const envelope = (kind: string, record: object): string => JSON.stringify({ kind, record });
export const organization = (id: string, name = `Payer ${id}`): { id: string; kind: string; name: string } => ({
  id,
  kind: 'payer',
  name,
});
