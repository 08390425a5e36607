/**
 * Starts the service with the operator's settings. The only user of `process`, besides the command line. Loaded by
 * `main.ts`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig } from './config/config.ts';
import { jsonLinesLog, type Log } from './http/log.ts';
import { MapLoadError } from './mapping/map-library.ts';
import { SANDBOX_BANNER } from './programs/sandbox-data.ts';
import { startService } from './service.ts';
import { DirectoryInUse } from './store/directory-lock.ts';
import { StoreUnavailable } from './store/resource-store.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const EXPECTED = [ConfigError, DirectoryInUse, StoreUnavailable, MapLoadError];

/** What the operating system says of a folder or port, as a sentence for the operator. */
const SYSTEM_SAYS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is taken by another process. Set PORT to another one.',
  EADDRNOTAVAIL: 'This machine has no such address. Set HOST to one of its own.',
  EACCES: 'Not allowed. Set PORT or DATA_DIR to one that this user may use.',
  EPERM: 'Not allowed. Set DATA_DIR to a folder that this user may write to.',
  EEXIST: 'DATA_DIR names a file. Set it to a folder.',
  ENOTDIR: 'A part of DATA_DIR is a file. Set it to a folder.',
  ENOENT: 'DATA_DIR can not be made there. Set it to a folder that exists or can be made.',
  EROFS: 'DATA_DIR is on a disk that can only be read. Set it to another folder.',
  ENOSPC: 'The disk of DATA_DIR is full.',
};

try {
  const config = loadConfig(process.env);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const service = await startService({
    config,
    root,
    softwareVersion: version,
    log: quieter(
      jsonLinesLog(
        (line) => process.stdout.write(`${line}\n`),
        () => new Date(),
      ),
      config.LOG_LEVEL,
    ),
    now: () => new Date(),
  });
  console.log(`mentoring-fhir ${version} on the ${service.engineName} store: ${service.url}`);
  console.log(SANDBOX_BANNER);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(service.stop));
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

async function stop(stopService: () => Promise<void>): Promise<void> {
  await stopService();
  process.exit(0);
}

/** A mistake of the settings in a sentence; anything else with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const said = code === undefined ? undefined : SYSTEM_SAYS[code];
  if (said) return path === undefined ? said : `${path}: ${said}`;
  return EXPECTED.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
}

function quieter(log: Log, level: 'info' | 'error' | 'silent'): Log {
  const nothing = () => {};
  if (level === 'info') return log;
  return { info: nothing, warn: nothing, error: level === 'silent' ? nothing : log.error };
}
