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
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') return 'The port is taken by another process. Set PORT to another one.';
  if (code === 'EACCES') return `Not allowed: ${error.message}. Set PORT or DATA_DIR to one this user may use.`;
  return EXPECTED.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
}

function quieter(log: Log, level: 'info' | 'error' | 'silent'): Log {
  const nothing = () => {};
  if (level === 'info') return log;
  return { info: nothing, warn: nothing, error: level === 'silent' ? nothing : log.error };
}
