/**
 * One process at a time on the folder of the embedded database: who is refused, and who may take over.
 *
 * Times are shortened; nothing here depends on how long a step takes beyond "a heartbeat was seen or not".
 */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DirectoryInUse, type DirectoryLock, type LockTimes, lockDirectory } from '../../src/store/directory-lock.ts';
import { StoreUnavailable } from '../../src/store/resource-store.ts';

const TIMES: LockTimes = { heartbeatMs: 20, staleAfterMs: 400 };

describe('directory lock', () => {
  let folder = '';
  const held: DirectoryLock[] = [];
  const take = async (times = TIMES): Promise<DirectoryLock> => {
    const lock = await lockDirectory(folder, times);
    held.push(lock);
    return lock;
  };
  const file = (): string => join(folder, 'lock');
  /** What a lock of this process looks like. */
  const own = async (): Promise<Record<string, unknown>> => {
    const lock = await take();
    const text = readFileSync(file(), 'utf8');
    lock.release();
    return JSON.parse(text);
  };
  const leave = (holder: object): void => writeFileSync(file(), JSON.stringify(holder));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mentoring-fhir-lock-'));
  });
  afterEach(async () => {
    for (const lock of held.splice(0)) lock.release();
    await rm(folder, { recursive: true, force: true });
  });

  test('a second opening is refused with a sentence that names the folder and the process', async () => {
    await take();
    await expect(take()).rejects.toBeInstanceOf(DirectoryInUse);
    await expect(take()).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
  });

  test('after a release the next one opens', async () => {
    (await take()).release();
    await take();
  });

  test('a released lock does not remove the lock of the next holder', async () => {
    const first = await take();
    first.release();
    const second = await take();
    first.release();
    expect(() => second.requireHeld()).not.toThrow();
    await expect(take()).rejects.toBeInstanceOf(DirectoryInUse);
  });

  test('the lock of a process that was killed is taken over', async () => {
    const child = fork(new URL('./hold-lock.ts', import.meta.url), [folder], { execArgv: [] });
    await new Promise((resolve) => child.once('message', resolve));
    await expect(take()).rejects.toThrow(`in use by process ${child.pid}`);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    await take();
  });

  test('a restarted process that has its old id again starts', async () => {
    leave({ ...(await own()), instance: 'before', startTicks: '1' });
    await take();
  });

  test('a lock from another container with a standing heartbeat is taken over', async () => {
    leave({ ...(await own()), instance: 'other', place: 'elsewhere boot pid:[1]' });
    await take();
  });

  test('a lock from another container with a beating heart is refused', async () => {
    const holder = { ...(await own()), instance: 'other', place: 'elsewhere boot pid:[1]', beat: 1 };
    leave(holder);
    const beating = setInterval(() => leave({ ...holder, beat: holder.beat++ }), TIMES.heartbeatMs);
    try {
      await expect(take()).rejects.toThrow('elsewhere');
    } finally {
      clearInterval(beating);
    }
  });

  test('an unreadable lock that stays unreadable is taken over', async () => {
    writeFileSync(file(), '{"instance":');
    await take();
  });

  test('of 8 that find a dead lock at once exactly one gets it', async () => {
    leave({ ...(await own()), instance: 'dead', startTicks: '1' });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => take()));
    expect(tries.filter((t) => t.status === 'fulfilled').length).toBe(1);
    const reasons = tries.filter((t) => t.status === 'rejected').map((t) => t.reason);
    expect(reasons.every((reason) => reason instanceof DirectoryInUse)).toBe(true);
  });

  test('a takeover that was cut short does not block the folder', async () => {
    leave({ ...(await own()), instance: 'dead', startTicks: '1' });
    writeFileSync(join(folder, 'lock.takeover'), '');
    await take();
  });

  test('a holder that slept through a takeover notices before its next statement', async () => {
    const sleeper = await take({ heartbeatMs: 60_000, staleAfterMs: 0 });
    leave({ ...JSON.parse(readFileSync(file(), 'utf8')), instance: 'new owner' });
    expect(() => sleeper.requireHeld()).toThrow(StoreUnavailable);
  });
});
