/**
 * The service as it is composed: it tells the demo's whole story over HTTP, every route of it is a known exit, it
 * ends in order and comes back with what it stored.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { tellChapters } from '../src/cli/demo-chapters.ts';
import { tellStory } from '../src/cli/story.ts';
import { loadConfig } from '../src/config/config.ts';
import { EXITS } from '../src/http/exits.ts';
import { SANDBOX_BANNER } from '../src/programs/sandbox-data.ts';
import { type Service, startService } from '../src/service.ts';
import { DirectoryInUse } from '../src/store/directory-lock.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mentoring-fhir-service-'));
const logged: string[] = [];
let service: Service;

const start = (): Promise<Service> =>
  startService({
    config: loadConfig({ PORT: '0', DATA_DIR: join(folder, 'data') }),
    root,
    softwareVersion: '0.0.0',
    log: {
      info: (event) => logged.push(JSON.stringify(event)),
      warn: (event) => logged.push(JSON.stringify(event)),
      error: (event) => logged.push(JSON.stringify(event)),
    },
    now: () => new Date(),
  });

beforeAll(async () => {
  service = await start();
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const text = async (path: string): Promise<string> => (await fetch(service.url + path)).text();

describe('the composed service', () => {
  test('the demo’s story goes as told', { timeout: 180_000 }, async () => {
    const told: string[] = [];
    await tellChapters(tellStory(service.url, (line) => told.push(line)));
    const story = told.join('\n');
    assert.match(story, /535 accepted, 0 refused/);
    assert.match(story, /4 sessions, 8 hours/);
    assert.match(story, /HRC-021/);
    assert.match(story, /CTD-006/);
    assert.match(story, /is now entered-in-error, with 2 versions/);
  });

  test('no log line of the story holds a name, an id of a youth or a search value', () => {
    const lines = logged.join('\n');
    assert.ok(logged.length > 20);
    for (const secret of ['marcus', 'Bell', 'SB-100417', '100000004411', 'patient=']) {
      assert.ok(!lines.includes(secret), `${secret} is in the log`);
    }
  });

  test('every page and document says that it is a sandbox', async () => {
    for (const path of ['/', '/mentoring/docs']) assert.ok((await text(path)).includes(SANDBOX_BANNER), path);
    for (const path of ['/mentoring/openapi.json', '/fhir/R4/metadata'])
      assert.match(await text(path), /[Ss]andbox/, path);
  });

  test('what is not there is said in FHIR’s words', async () => {
    const response = await fetch(`${service.url}/nothing/here`);
    assert.equal(response.status, 404);
    assert.equal(((await response.json()) as { resourceType: string }).resourceType, 'OperationOutcome');
  });

  test('every public page is a row of EXITS, and answers', async () => {
    const pages = EXITS.filter((exit) => exit.part === 'web').map(({ route }) =>
      route === '/docs' ? '/mentoring/docs' : route,
    );
    assert.ok(pages.length >= 5);
    for (const path of pages) assert.equal((await fetch(service.url + path)).status, 200, path);
  });

  test('a second service on the same folder is refused with a sentence', async () => {
    await assert.rejects(
      start(),
      (error: Error) => error instanceof DirectoryInUse && /in use|another/i.test(error.message),
    );
  });

  test('stopped and started again, it has what it had', { timeout: 60_000 }, async () => {
    const count = async () =>
      ((await (await fetch(`${service.url}/fhir/R4/Encounter?_summary=count`)).json()) as { total: number }).total;
    const before = await count();
    await service.stop();
    service = await start();
    assert.ok(before > 190);
    assert.equal(await count(), before);
  });
});
