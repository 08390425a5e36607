/**
 * The `mentoring-fhir` command as a person runs it: what it prints and its exit codes (0 ok, 1 errors in the input,
 * 2 usage, 3 failed).
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { sandboxRecords } from '../../src/cli/sandbox/sandbox-records.ts';
import { loadConfig } from '../../src/config/config.ts';
import { type Service, startService } from '../../src/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mentoring-fhir-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

function run(args: string[], stdin = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'bin/mentoring-fhir.mjs'), ...args], { cwd: folder });
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ran.err += chunk.toString()));
    child.on('close', (code) => resolve({ ...ran, code }));
    child.stdin.end(stdin);
  });
}

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

const session = JSON.parse(readFileSync(join(root, 'docs/examples/session.json'), 'utf8')) as Record<string, unknown>;

describe('map', () => {
  test('a record becomes a Bundle, and the Bundle the record again', async () => {
    const mapped = await run(['map', file('sessions.json', JSON.stringify(session)), '--report']);
    assert.equal(mapped.code, 0, mapped.err);
    const bundle = JSON.parse(mapped.out) as { entry: { resource: { resourceType: string } }[] };
    assert.equal(bundle.entry[0]?.resource.resourceType, 'Encounter');
    assert.match(mapped.err, /every field was read/);

    const back = await run(['map', '-', '--back', '--kind', 'sessions'], mapped.out);
    assert.deepEqual(JSON.parse(back.out), session);
  });

  test('a record with mistakes is not mapped: exit 1, every field named', async () => {
    const wrong = { ...session, activities: ['skill-traning-communication'], colour: 'blue' };
    const mapped = await run(['map', file('sessions-wrong.json', JSON.stringify(wrong))]);
    assert.equal(mapped.code, 1);
    assert.match(mapped.err, /activities\[0\].*skill-training-communication/);
    assert.match(mapped.err, /colour/);
    assert.equal(mapped.out, '');
  });
});

describe('validate', () => {
  test('a valid resource of the guide', async () => {
    const example = join(root, 'profiles/package/example/Encounter-example-session.json');
    const checked = await run(['validate', example]);
    assert.equal(checked.code, 0, checked.out);
    assert.match(checked.out, /1 valid, 0 not valid/);
  });

  test('an invalid one: exit 1, element and nearest code told', async () => {
    const checked = await run([
      'validate',
      file('e.json', '{"resourceType":"Encounter","status":"finishd","class":{}}'),
    ]);
    assert.equal(checked.code, 1);
    assert.match(checked.out, /Encounter\.status.*finished/);
  });

  test('lines of NDJSON are told by their numbers', async () => {
    const lines = [
      JSON.stringify({ kind: 'sessions', record: session }),
      '',
      '{"kind":"sessions","record":{"id":"x"}}',
    ];
    const checked = await run(['validate', file('mixed.ndjson', lines.join('\n'))]);
    assert.equal(checked.code, 1);
    assert.match(checked.out, /mixed\.ndjson:3: record of sessions: not valid/);
    assert.match(checked.out, /2 inputs: 1 valid, 1 not valid/);
  });
});

describe('import', () => {
  let service: Service;
  beforeAll(async () => {
    const config = loadConfig({ PORT: '0', DATA_DIR: join(folder, 'data') });
    const quiet = () => {};
    const log = { info: quiet, warn: quiet, error: quiet };
    service = await startService({ config, root, softwareVersion: '0.0.0', log, now: () => new Date() });
  });
  afterAll(() => service.stop());

  test('a file with a bad line: the rest is stored, the line is told, exit 1', async () => {
    const organizations = sandboxRecords.filter(({ kind }) => kind === 'organizations');
    const lines = [
      ...organizations.map((line) => JSON.stringify(line)),
      '{"kind":"organizations","record":{"id":"bad"}}',
    ];
    const done = await run(['import', file('all.ndjson', lines.join('\n')), '--url', service.url]);
    assert.equal(done.code, 1, done.err);
    assert.match(done.out, new RegExp(`${organizations.length} accepted, 1 refused`));
    assert.match(done.out, /line 8: organizations bad/);
    assert.match(done.out, /name/);
    assert.match(done.err, /100 %/);
  });

  test('a CSV file without a refusal: exit 0', async () => {
    const csv = 'id,kind,name\nschool-1,school,Lincoln Middle School\nschool-2,school,"Oak, Elm and Co."\n';
    const done = await run(['import', file('schools.csv', csv), '--url', service.url, '--kind', 'organizations']);
    assert.equal(done.code, 0, done.out + done.err);
    assert.match(done.out, /2 accepted, 0 refused/);
  });
});

describe('mistakes on the command line', () => {
  const mistakes: [args: string[], code: number, told: RegExp][] = [
    [[], 2, /^$/],
    [['frobnicate'], 2, /map, validate or import/],
    [['map'], 2, /at least one FILE/],
    [['map', 'sessions.json', '--kind', 'sesions'], 2, /sessions/],
    [['validate', 'no-such-file.json'], 3, /no-such-file\.json can not be read/],
    [['import', 'x.csv', '--url', 'http://127.0.0.1:1'], 2, /--kind/],
    [['import', 'x.ndjson'], 2, /--url/],
    [['import', 'x.json', '--url', 'http://127.0.0.1:1'], 2, /one JSON document/],
    [['import', 'x.txt', '--url', 'http://127.0.0.1:1'], 2, /--format/],
    [['import', '-', '--url', 'http://127.0.0.1:1'], 2, /reads a file/],
    [['validate', '--shiny'], 2, /shiny/],
  ];
  for (const [args, code, told] of mistakes) {
    test(`mentoring-fhir ${args.join(' ')}`, async () => {
      const ran = await run(args);
      assert.equal(ran.code, code, ran.err);
      assert.match(ran.err, told);
    });
  }

  test('a server out of reach: exit 3, in a sentence', async () => {
    const ran = await run(['import', file('one.ndjson', '{}'), '--url', 'http://127.0.0.1:1']);
    assert.equal(ran.code, 3);
    assert.match(ran.err, /can not be reached/);
  });

  test('a file or line that can not be read does not keep the others from being checked', async () => {
    const lines = [
      JSON.stringify({ kind: 'sessions', record: session }),
      '{"kind":',
      JSON.stringify({ kind: 'sessions', record: session }),
    ];
    const ran = await run(['validate', 'nowhere.json', file('torn.ndjson', lines.join('\n'))]);
    assert.equal(ran.code, 3);
    assert.match(ran.err, /nowhere\.json can not be read[\s\S]*torn\.ndjson:2/);
    assert.match(ran.out, /2 inputs: 2 valid, 0 not valid/);
  });

  test('a file that is not JSON: exit 3, with its place', async () => {
    const ran = await run(['validate', file('broken.json', '{"a": }')]);
    assert.equal(ran.code, 3);
    assert.match(ran.err, /broken\.json.*line 1/);
  });
});
