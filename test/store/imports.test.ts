/** Import jobs: leases, progress that is written with its receipts, takeover after a crash, cancelling. */
import { describe, expect, test } from 'vitest';
import { sandboxGrant } from '../../src/privacy/grant.ts';
import type { ImportJob, ImportReceipt } from '../../src/store/import-store.ts';
import { CommitConflict } from '../../src/store/resource-store.ts';
import { clock, onEveryEngine } from './stores.ts';

const job = (id: string): Omit<ImportJob, 'tenant' | 'createdAt' | 'updatedAt'> => ({
  id,
  kind: 'sessions',
  format: 'ndjson',
  status: 'queued',
  uploadId: `upload-${id}`,
  totalBytes: 5_000_000_000,
  position: 0,
  line: 0,
  accepted: 0,
  refused: 0,
  readerState: '',
});
const receipt = (line: number, outcome: ImportReceipt['outcome'] = 'accepted'): ImportReceipt => ({
  line,
  outcome,
  kind: 'sessions',
  sourceId: `s${line}`,
  references: [`Encounter/e${line}`],
  findings: [],
});
const LEASE_SECONDS = 60;

onEveryEngine('imports', (place) => {
  const imports = () => place.store().imports;
  const grant = sandboxGrant('agency-imports');
  const place_ = (id: string, more: Partial<ImportJob> = {}) => ({
    tenant: grant.tenant,
    id,
    position: 10,
    line: 1,
    accepted: 1,
    refused: 0,
    readerState: 'header',
    ...more,
  });
  const claimNamed = async (worker: string, id: string) => {
    const claimed = await imports().claimImport(worker, LEASE_SECONDS);
    expect(claimed?.id).toBe(id);
  };

  test('a job comes back as it was made, and is found by its tenant only', async () => {
    const made = await imports().createImport(grant, job('as-made'));
    expect(made).toEqual({
      ...job('as-made'),
      tenant: grant.tenant,
      createdAt: clock.now().toISOString(),
      updatedAt: clock.now().toISOString(),
    });
    expect(await imports().findImport(grant, 'as-made')).toEqual(made);
    expect(await imports().findImport(sandboxGrant('agency-else'), 'as-made')).toBeUndefined();
    await expect(imports().createImport(grant, job('as-made'))).rejects.toBeInstanceOf(CommitConflict);
    expect(await imports().cancelImport(sandboxGrant('agency-else'), 'as-made')).toBe(false);
    expect(await imports().cancelImport(grant, 'as-made')).toBe(true);
    expect(await imports().claimImport('w', LEASE_SECONDS)).toBeUndefined();
  });

  test('the oldest queued job is claimed first, and each by one of 8 workers', async () => {
    for (const id of ['q1', 'q2', 'q3']) {
      clock.tick();
      await imports().createImport(grant, job(id));
    }
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, n) => imports().claimImport(`w${n}`, LEASE_SECONDS)),
    );
    expect(claims.flatMap((c) => c?.id ?? []).sort()).toEqual(['q1', 'q2', 'q3']);
    expect((await imports().listImports(grant, 2)).map((j) => [j.id, j.status])).toEqual([
      ['q3', 'running'],
      ['q2', 'running'],
    ]);
    for (const id of ['q1', 'q2', 'q3']) await imports().cancelImport(grant, id);
  });

  test('progress and receipts are written together, and go on from there', async () => {
    await imports().createImport(grant, job('steps'));
    await claimNamed('w1', 'steps');
    clock.tick(5);
    const bad: ImportReceipt = {
      line: 2,
      outcome: 'refused',
      references: [],
      findings: [{ severity: 'error', code: 'value', message: 'No such date.', field: 'start' }],
    };
    expect(
      await imports().recordProgress('w1', place_('steps', { line: 2, refused: 1 }), [receipt(1), bad], LEASE_SECONDS),
    ).toBe(true);
    expect(
      await imports().recordProgress(
        'w1',
        place_('steps', { line: 3, accepted: 2, refused: 1 }),
        [receipt(3, 'unchanged')],
        LEASE_SECONDS,
      ),
    ).toBe(true);
    expect(await imports().findImport(grant, 'steps')).toMatchObject({
      position: 10,
      line: 3,
      accepted: 2,
      refused: 1,
      readerState: 'header',
      updatedAt: clock.now().toISOString(),
    });
    expect(await imports().receipts(grant, 'steps', { count: 10 })).toEqual([receipt(1), bad, receipt(3, 'unchanged')]);
    expect(await imports().receipts(grant, 'steps', { count: 1, afterLine: 1 })).toEqual([bad]);
    expect(await imports().receipts(grant, 'steps', { count: 9, outcome: 'refused' })).toEqual([bad]);
    expect(await imports().receipts(sandboxGrant('agency-else'), 'steps', { count: 9 })).toEqual([]);

    // The chunk after a crash confirms its lines once more.
    expect(await imports().recordProgress('w1', place_('steps'), [receipt(3)], LEASE_SECONDS)).toBe(true);
    expect((await imports().receipts(grant, 'steps', { count: 9 })).map((r) => r.line)).toEqual([1, 2, 3]);

    await imports().finishImport('w1', place_('steps'), 'completed');
    expect(await imports().findImport(grant, 'steps')).toMatchObject({ status: 'completed' });
    expect(await imports().cancelImport(grant, 'steps')).toBe(false);
  });

  test('a worker without a sign of life loses its job, and can write nothing afterwards', async () => {
    await imports().createImport(grant, job('taken'));
    await claimNamed('dead', 'taken');
    expect(await imports().claimImport('next', LEASE_SECONDS)).toBeUndefined();
    clock.tick(LEASE_SECONDS * 1000 - 1);
    expect(await imports().recordProgress('dead', place_('taken'), [], LEASE_SECONDS)).toBe(true);
    clock.tick(LEASE_SECONDS * 1000 - 1);
    expect(await imports().claimImport('next', LEASE_SECONDS)).toBeUndefined(); // the progress renewed the lease
    clock.tick(1);
    const claimed = await imports().claimImport('next', LEASE_SECONDS);
    expect(claimed).toMatchObject({ id: 'taken', position: 10, line: 1, readerState: 'header', status: 'running' });

    expect(await imports().recordProgress('dead', place_('taken', { line: 99 }), [receipt(99)], LEASE_SECONDS)).toBe(
      false,
    );
    await imports().finishImport('dead', place_('taken'), 'completed');
    expect(await imports().findImport(grant, 'taken')).toMatchObject({ line: 1, status: 'running' });
    expect(await imports().receipts(grant, 'taken', { count: 9 })).toEqual([]);
    await imports().finishImport('next', place_('taken'), 'failed', 'The file ends in the middle of a line.');
    expect(await imports().findImport(grant, 'taken')).toMatchObject({
      status: 'failed',
      failure: 'The file ends in the middle of a line.',
    });
  });

  describe('cancelling', () => {
    test('a running job stops at its next chunk, whose lines are stored and have their receipts', async () => {
      await imports().createImport(grant, job('stopped'));
      await claimNamed('w1', 'stopped');
      expect(await imports().cancelImport(grant, 'stopped')).toBe(true);
      expect(await imports().recordProgress('w1', place_('stopped'), [receipt(1)], LEASE_SECONDS)).toBe(false);
      await imports().finishImport('w1', place_('stopped'), 'completed');
      expect(await imports().findImport(grant, 'stopped')).toMatchObject({
        status: 'cancelled',
        line: 1,
        position: 10,
        accepted: 1,
      });
      expect(await imports().receipts(grant, 'stopped', { count: 9 })).toEqual([receipt(1)]);
      expect(await imports().cancelImport(grant, 'stopped')).toBe(false);
      expect(await imports().cancelImport(grant, 'never')).toBe(false);
      // It has no lease that could run out: nobody takes it up again.
      clock.tick(LEASE_SECONDS * 2000);
      expect(await imports().claimImport('w2', LEASE_SECONDS)).toBeUndefined();
    });

    const early: [status: string, end: (id: string) => Promise<unknown>][] = [
      ['cancelled', (id) => imports().cancelImport(grant, id)],
      ['failed', (id) => imports().finishImport('next', place_(id), 'failed', 'No more.')],
    ];
    test.each(early)('of two workers at a %s job, the one that came farther is heard', async (status, end) => {
      const id = `two-${status}`;
      await imports().createImport(grant, job(id));
      await claimNamed('slow', id);
      clock.tick(LEASE_SECONDS * 1000);
      await claimNamed('next', id);
      await end(id);
      const far = place_(id, { line: 3, position: 30, accepted: 3 });
      expect(
        await imports().recordProgress(
          'slow',
          far,
          [1, 2, 3].map((n) => receipt(n)),
          LEASE_SECONDS,
        ),
      ).toBe(false);
      const near = place_(id, { line: 2, position: 20, accepted: 2 });
      expect(await imports().recordProgress('next', near, [receipt(1, 'unchanged')], LEASE_SECONDS)).toBe(false);
      expect(await imports().findImport(grant, id)).toMatchObject({ status, line: 3, accepted: 3 });
      expect(await imports().receipts(grant, id, { count: 9 })).toEqual([1, 2, 3].map((n) => receipt(n)));
    });

    test('a job that is done hears nobody', async () => {
      await imports().createImport(grant, job('done'));
      await claimNamed('w1', 'done');
      await imports().finishImport('w1', place_('done'), 'completed');
      expect(await imports().recordProgress('w1', place_('done'), [receipt(1)], LEASE_SECONDS)).toBe(false);
      expect(await imports().receipts(grant, 'done', { count: 9 })).toEqual([]);
    });
  });
});
