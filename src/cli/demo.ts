/**
 * `npm run demo`: starts the service on the embedded store, plays the story with invented data over real HTTP, prints
 * links and stays up. `npm run demo -- --once` ends after the story; PORT and DATA_DIR are honoured.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../config/config.ts';
import { jsonLinesLog } from '../http/log.ts';
import { SANDBOX_BANNER } from '../programs/sandbox-data.ts';
import { startService } from '../service.ts';
import { tellChapters } from './demo-chapters.ts';
import { tellStory } from './story.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const once = process.argv.includes('--once');

const env = { DATA_DIR: join(root, 'data', 'demo'), ...process.env };
const wanted = loadConfig(env);
const config = (await isFree(wanted.PORT, wanted.HOST)) ? wanted : loadConfig({ ...env, PORT: '0' });
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

// Only failures are logged: the story itself says what happens.
const log = {
  ...jsonLinesLog(
    (line) => console.error(line),
    () => new Date(),
  ),
  info: () => {},
};
const service = await startService({ config, root, softwareVersion: version, log, now: () => new Date() });
console.log(`mentoring-fhir ${version} on the ${service.engineName} store: ${service.url}\n${SANDBOX_BANNER}`);

try {
  await tellChapters(tellStory(service.url, (text) => console.log(text)));
} catch (error) {
  console.error(`\nThe story did not go as told: ${error instanceof Error ? error.message : String(error)}`);
  await service.stop();
  process.exit(1);
}

if (once) {
  await service.stop();
  process.exit(0);
}
console.log(`
Open
   ${service.url}/                      what runs here
   ${service.url}/mentoring/docs        the records API, field by field
   ${service.url}/fhir/R4/metadata      what the FHIR API offers
   ${service.url}/fhir/R4/Patient       the youths
   ${service.url}/fhir/R4/Encounter?_sort=-date&_count=20

The service stays up. Ctrl-C ends it; the data is kept in ${config.DATA_DIR}.`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void service.stop().then(() => process.exit(0)));
}

/** Whether a port can be listened on; the story takes another one rather than fail. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
