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

describe('a worker that dies', () => {
  const file = Array.from({ length: 45 }, (_, index) => envelope('organizations', organization(`o-${index}`))).join(
    '\n',
  );

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
    const first = workerOf(service, { pollMs: 5 });
    first.start();
    while ((await jobOf(agency, taken)).job.line === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await first.stop();
    const handedBack = (await jobOf(agency, taken)).job;
    if (handedBack.status === 'running') expect(await workerOf(service).runOnce()).toBe(true);
    expect((await jobOf(agency, taken)).job).toMatchObject({ status: 'completed', accepted: 45 });
  });

  test('a cancelled import stops at its next chunk; what it stored stays', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    const { path } = await jobOf(agency, taken);
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        const held = await service.parts.imports.recordProgress(...args);
        if (args[1].line === 20) expect((await agency.send('DELETE', path)).status).toBe(204);
        return held;
      },
    };
    await workerOf(service, { imports }).runOnce();
    const { job, receipts } = await jobOf(agency, taken);
    expect(job).toMatchObject({ status: 'cancelled', accepted: 20 });
    expect(receipts).toHaveLength(20);
    expect((await agency.send('DELETE', path)).status).toBe(204);
    expect(await workerOf(service).runOnce()).toBe(false);
  });
});
