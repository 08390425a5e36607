/**
 * The folder of the embedded database, mounted so that PostgreSQL's fsync reaches the disk.
 *
 * Spec: https://www.postgresql.org/docs/17/wal-reliability.html
 *
 * As PGlite ships it, no fsync is ever made: it starts with `-F`, and the Node file system of its WebAssembly runtime
 * has no fsync operation. This one adds the operation; `DURABLE_START` leaves `-F` out and names the sync method that
 * uses it (fdatasync is a stub in the runtime).
 */
import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** PGlite's own start parameters without `-F`, and with the sync method that reaches the disk. */
export const DURABLE_START: string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
  ...['-c', 'synchronous_commit=on'],
];

type FileSystemOptions = Parameters<NodeFS['init']>[1];

interface EmscriptenModule {
  NODEFS: { stream_ops: Record<string, unknown> };
}

export class DurableNodeFS extends NodeFS {
  override async init(database: PGlite, options: FileSystemOptions): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, options);
    const addFsync = (module: unknown): void => {
      const { NODEFS } = module as EmscriptenModule;
      NODEFS.stream_ops.fsync = (stream: { nfd: number }): number => {
        fsyncSync(stream.nfd);
        return 0;
      };
    };
    const preRun = [...[emscriptenOpts.preRun ?? []].flat(), addFsync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } as FileSystemOptions };
  }
}

/** Syncs every file and folder below `folder` to the disk. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncPath(folder);
}

/** Syncs one file or folder to the disk. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
