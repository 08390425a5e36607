/**
 * Makes sure that one process at a time uses the folder of the embedded database.
 *
 * PGlite has no lock of its own: two processes on one folder destroy each other's rows without an error. The lock is a
 * file that names its holder and that the holder touches every few seconds (the heartbeat).
 *
 * Who may take it over:
 * - Same machine and same process namespace: the process id together with its start time says whether the holder
 *   lives. A restarted process that happens to have the old id again has another start time.
 * - Another container or another machine: ids mean nothing there, so the heartbeat decides. If it stands still for
 *   `staleAfterMs` the holder is gone. A container that was killed and restarted therefore waits that long once.
 *
 * `process` is read here for the identity of this process only; it is not configuration.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from './resource-store.ts';

export interface LockTimes {
  /** How often the holder touches the lock. */
  heartbeatMs: number;
  /** A heartbeat that stands still for this long belongs to nobody. Several times `heartbeatMs`. */
  staleAfterMs: number;
}

const LOCK_TIMES: LockTimes = { heartbeatMs: 2000, staleAfterMs: 10_000 };

export interface DirectoryLock {
  /** Throws StoreUnavailable when another process has taken the folder over, as after a long suspension. */
  requireHeld(): void;
  /** As `requireHeld`, and looks at the lock file whatever the heartbeat last said. */
  lookAgain(): void;
  release(): void;
}

/** What the lock file holds. */
interface Holder {
  /** Different for every opening. */
  instance: string;
  pid: number;
  /** Start of the process in clock ticks since boot; empty where the system does not tell. */
  startTicks: string;
  /** Machine, boot and process namespace: process ids can be compared within one place only. */
  place: string;
  /** Grows with every heartbeat. */
  beat: number;
}

/** Thrown when another living process uses the folder. */
export class DirectoryInUse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DirectoryInUse';
  }
}

/**
 * Takes the lock of `folder`, which must exist. Throws DirectoryInUse when its holder lives. Waits up to
 * `staleAfterMs` where only the heartbeat can tell.
 */
export async function lockDirectory(folder: string, times: LockTimes = LOCK_TIMES): Promise<DirectoryLock> {
  const file = join(folder, 'lock');
  const self: Holder = {
    instance: randomUUID(),
    pid: process.pid,
    startTicks: startTicks(process.pid),
    place: place(),
    beat: 0,
  };

  while (!createLock(file, self)) {
    const holder = readHolder(file);
    if (!holder) continue; // released between our two looks
    if (await isAlive(holder, file, times)) throw inUse(folder, holder);
    takeOver(folder, file, holder, self, times);
    if (readHolder(file)?.instance === self.instance) break;
    await sleep(times.heartbeatMs / 4); // another starter was faster; see what it made of it
  }
  return keepHeld(folder, file, self, times);
}

function keepHeld(folder: string, file: string, self: Holder, { heartbeatMs, staleAfterMs }: LockTimes): DirectoryLock {
  let lastBeat = performance.now();
  let lost = false;
  const takenOver = () => new StoreUnavailable(`Another process has taken over the data folder ${folder}.`);
  const beat = (): void => {
    lost ||= readHolder(file)?.instance !== self.instance;
    if (lost) return;
    self.beat += 1;
    writeHolder(file, self, 'replace');
    lastBeat = performance.now();
  };
  const timer = setInterval(() => {
    try {
      beat();
    } catch {
      // A full or read-only disk: requireHeld looks again and the statement itself will fail.
    }
  }, heartbeatMs);
  timer.unref();

  return {
    requireHeld() {
      // While our own heartbeat is fresh nobody may take over, so there is nothing to look up.
      if (performance.now() - lastBeat > staleAfterMs / 2) beat();
      if (lost) throw takenOver();
    },
    lookAgain() {
      beat();
      if (lost) throw takenOver();
    },
    release() {
      clearInterval(timer);
      if (readHolder(file)?.instance === self.instance) rmSync(file, { force: true });
    },
  };
}

async function isAlive(holder: Holder, file: string, { heartbeatMs, staleAfterMs }: LockTimes): Promise<boolean> {
  const samePlace = holder.place === place();
  if (samePlace && !processExists(holder.pid)) return false;
  if (samePlace && holder.startTicks !== '') return startTicks(holder.pid) === holder.startTicks;

  // Watch the heartbeat rather than compare clocks: two machines need not agree on the time.
  for (let waited = 0; waited < staleAfterMs; waited += heartbeatMs / 2) {
    await sleep(heartbeatMs / 2);
    const now = readHolder(file);
    if (now?.instance !== holder.instance) return now !== undefined;
    if (now.beat !== holder.beat) return true;
  }
  return false;
}

/** Replaces a dead holder's lock. Several starters may try at once: a second file, made exclusively, lets one through. */
function takeOver(folder: string, file: string, dead: Holder, self: Holder, times: LockTimes): void {
  const guard = join(folder, 'lock.takeover');
  try {
    closeSync(openSync(guard, 'wx', 0o600));
  } catch {
    // Another starter is at it. Its few milliseconds of work can only have been cut short by its death.
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > times.staleAfterMs) rmSync(guard, { force: true });
    return;
  }
  try {
    const current = readHolder(file);
    // Where the lock is gone meanwhile, the next turn of the loop makes a new one.
    if (current?.instance === dead.instance && current.beat === dead.beat) {
      writeHolder(file, self, 'replace');
    }
  } finally {
    rmSync(guard, { force: true });
  }
}

function createLock(file: string, self: Holder): boolean {
  try {
    writeHolder(file, self, 'create');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function writeHolder(file: string, holder: Holder, how: 'create' | 'replace'): void {
  const path = how === 'create' ? file : `${file}.${holder.instance}`;
  const descriptor = openSync(path, how === 'create' ? 'wx' : 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(holder));
    if (how === 'create') fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (how === 'replace') renameSync(path, file);
}

/** The lock's holder; undefined when there is no lock. A lock that can not be read is one that is just being made. */
function readHolder(file: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return { instance: `unreadable ${text}`, pid: 0, startTicks: '', place: '', beat: 0 };
  }
}

const inUse = (folder: string, holder: Holder): DirectoryInUse =>
  new DirectoryInUse(
    `The data folder ${folder} is in use by process ${holder.pid} (${holder.place.split(' ')[0] || 'unknown host'}). ` +
      'Stop that process, or give this one a folder of its own.',
  );

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/[pid]/stat: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Host name, boot id and process namespace; the last two are empty outside Linux. */
function place(): string {
  const bootId = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return `${hostname()} ${bootId} ${namespace}`;
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
