/**
 * An import goes on from the same place when its worker dies, stops or is told to.
 *
 * Spec: src/store/import-store.ts (leases, receipts and position in one transaction)
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ImportWorkerParts } from '../../src/records/import/import-worker.ts';
import { StoreUnavailable } from '../../src/store/resource-store.ts';
import { CSV, envelope, jobOf, NDJSON, organization, workerOf } from './import-runs.ts';
import { type RecordsService, startRecords } from './service.ts';

let service: RecordsService;

beforeAll(async () => {
  service = await startRecords();
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

/** More lines than three chunks have. */
const file = Array.from({ length: 45 }, (_, index) => envelope('organizations', organization(`o-${index}`))).join('\n');

describe('a worker that dies', () => {
  test('between chunks: the next one goes on from there', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    // The store is lost at the third chunk: two chunks of ten have their receipts.
    let chunks = 0;
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        if (++chunks === 3) throw new StoreUnavailable('gone');
        return service.parts.imports.recordProgress(...args);
      },
    };
    await expect(workerOf(service, { imports, leaseSeconds: 0 }).runOnce()).rejects.toThrow('gone');
    const half = await jobOf(agency, taken);
    expect(half.job).toMatchObject({ status: 'running', accepted: 20, line: 20 });
    expect(half.job.percent).toBeGreaterThan(40);
    expect(half.job.percent).toBeLessThan(50);

    expect(await workerOf(service).runOnce()).toBe(true);
    const { job, receipts } = await jobOf(agency, taken);
    expect(job).toMatchObject({ status: 'completed', accepted: 45, refused: 0, line: 45 });
    expect(receipts.map(({ line }) => line)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    // The chunk whose receipts were lost is stored: it is confirmed, not written twice.
    expect(receipts.slice(20, 30).map(({ outcome }) => outcome)).toEqual(Array(10).fill('unchanged'));
    expect(receipts.slice(30).every(({ outcome }) => outcome === 'accepted')).toBe(true);
  });

  test('in the middle of a CSV file: the header is remembered, rows are not read twice', async () => {
    const agency = service.agency();
    const rows = Array.from({ length: 25 }, (_, index) => `row-${index},payer,"Payer\n${index}"`);
    const taken = await agency.send('POST', '/$import?kind=organizations', `id,kind,name\n${rows.join('\n')}\n`, CSV);
    let chunks = 0;
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        if (++chunks === 2) throw new StoreUnavailable('gone');
        return service.parts.imports.recordProgress(...args);
      },
    };
    await expect(workerOf(service, { imports, leaseSeconds: 0 }).runOnce()).rejects.toThrow('gone');
    await workerOf(service).runOnce();
    const { job, receipts } = await jobOf(agency, taken);
    expect(job).toMatchObject({ status: 'completed', accepted: 25, refused: 0, line: 51 });
    expect(receipts.map(({ line }) => line)).toEqual(Array.from({ length: 25 }, (_, index) => 2 + index * 2));
  });

  test('a worker that is stopped hands its job back at once', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    let stopped: Promise<void> | undefined;
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        // Told in the middle of the file: the chunk under way is the last.
        stopped ??= first.stop();
        return service.parts.imports.recordProgress(...args);
      },
    };
    const first = workerOf(service, { imports, pollMs: 5 });
    first.start();
    while (!stopped) await new Promise((resolve) => setTimeout(resolve, 2));
    await stopped;
    expect((await jobOf(agency, taken)).job).toMatchObject({ status: 'running', accepted: 20, line: 20 });
    expect(await workerOf(service).runOnce()).toBe(true);
    const { job, receipts } = await jobOf(agency, taken);
    expect(job).toMatchObject({ status: 'completed', accepted: 45 });
    expect(receipts.every(({ outcome }) => outcome === 'accepted')).toBe(true);
  });

  test('a worker that lost its lease: each line has one receipt, that of the worker that has the job', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        const [, { line }] = args;
        // The lines up to 20 are stored when the other worker takes the job over, from line 10 on.
        if (line === 20) expect(await workerOf(service).runOnce()).toBe(true);
        return service.parts.imports.recordProgress(...args);
      },
    };
    expect(await workerOf(service, { imports, leaseSeconds: 0 }).runOnce()).toBe(true);
    const { job, receipts } = await jobOf(agency, taken);
    expect(job).toMatchObject({ status: 'completed', accepted: 45, refused: 0, line: 45 });
    expect(receipts.map(({ line }) => line)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    expect(receipts.slice(10, 20).map(({ outcome }) => outcome)).toEqual(Array(10).fill('unchanged'));
  });
});

describe('a cancelled import', () => {
  test('stops at its next chunk: what it stored stays, and has its receipts', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    const { path } = await jobOf(agency, taken);
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        // The lines up to 30 are written when the import is cancelled.
        if (args[1].line === 30) expect((await agency.send('DELETE', path)).status).toBe(204);
        return service.parts.imports.recordProgress(...args);
      },
    };
    await workerOf(service, { imports }).runOnce();
    const { job, receipts } = await jobOf(agency, taken);
    expect(job).toMatchObject({ status: 'cancelled', accepted: 30, line: 30 });
    const stored = (await agency.get('/organizations?count=500')).json.items.map(({ id }: { id: string }) => id);
    expect(receipts.map(({ sourceId }) => sourceId).sort()).toEqual(stored.sort());
    expect(stored).toHaveLength(30);
    expect((await agency.send('DELETE', path)).status).toBe(204);
    expect(await workerOf(service).runOnce()).toBe(false);
  });
});
