/**
 * `npm run bench`: records a second through the whole path (HTTP, parse, map, validate, rules, store) on both engines,
 * against a floor of bare inserts of the same bytes measured in the same run, and the time from start to first answer.
 *
 * PostgreSQL is that of TEST_DATABASE_URL, or a server started from this machine's binaries. The load comes from this
 * process, so on two cores the service has about one and the database and the load share the other: the ratio to the
 * floor travels between machines, the absolute numbers do not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { later, moment } from '../src/cli/sandbox/calendar.ts';
import { sandboxRecords } from '../src/cli/sandbox/sandbox-records.ts';
import { openEmbeddedEngine } from '../src/store/embedded-engine.ts';
import type { SqlEngine } from '../src/store/engine.ts';
import { createPostgresEngine } from '../src/store/postgres-engine.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import { type ServiceProcess, startProcess } from './service-process.ts';

const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 3000);
const CONCURRENCY = 16;

/** The first held session of each youth: every one of ours is made after one of these. */
const PATTERNS = [
  ...Map.groupBy(
    sandboxRecords.filter(({ kind, record }) => kind === 'sessions' && record.status === 'held'),
    ({ record }) => record.youthId,
  ).values(),
].map(([first]) => first?.record);

interface Line {
  engine: string;
  floorPerSecond: number;
  putPerSecond: number;
  importPerSecond: number;
  cpuMs: number;
  startMs: number;
  residentMb: number;
}

const lines: Line[] = [await measureEmbedded()];
const postgres = await startPostgres({ durable: true });
try {
  if (postgres.url) lines.push(await measurePostgres(postgres.url));
  else console.log(`PostgreSQL was not measured: ${postgres.reason}`);
} finally {
  await postgres.stop();
}
print(lines);

async function measureEmbedded(): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'mentoring-fhir-bench-'));
  try {
    const engine = await openEmbeddedEngine({ dataDir: join(folder, 'floor') });
    const floorPerSecond = await floor(engine, 1);
    await engine.close();
    return { engine: 'embedded', floorPerSecond, ...(await measureService({ DATA_DIR: join(folder, 'data') })) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measurePostgres(databaseUrl: string): Promise<Line> {
  const engine = createPostgresEngine({ databaseUrl, poolSize: CONCURRENCY });
  const floorPerSecond = await floor(engine, CONCURRENCY);
  await engine.script('DROP TABLE floor');
  await engine.close();
  return { engine: 'PostgreSQL', floorPerSecond, ...(await measureService({ DATABASE_URL: databaseUrl })) };
}

/** Bare inserts of a session's bytes, one statement and one commit each. */
async function floor(engine: SqlEngine, concurrency: number): Promise<number> {
  await engine.script('CREATE TABLE floor (id text PRIMARY KEY, content text NOT NULL)');
  // What a session leaves behind: the Encounter twice (current and history), its Provenance, the record.
  const content = JSON.stringify(session(0)).padEnd(6000, '.');
  return perSecond(SESSIONS, concurrency, async (index) => {
    await engine.query({ name: 'floor', text: 'INSERT INTO floor VALUES ($1, $2)', values: [`id-${index}`, content] });
  });
}

async function measureService(settings: Record<string, string>): Promise<Omit<Line, 'engine' | 'floorPerSecond'>> {
  await (await startProcess(settings)).stop(); // the first start makes the database
  const service = await startProcess(settings);
  try {
    await sendAll(service.url);
    await perSecond(200, CONCURRENCY, (index) => put(service.url, 900_000 + index)); // warm-up
    const before = service.cpuMs();
    const putPerSecond = await perSecond(SESSIONS, CONCURRENCY, (index) => put(service.url, index));
    const cpuMs = (service.cpuMs() - before) / SESSIONS;
    const importPerSecond = await measureImport(service);
    return { putPerSecond, importPerSecond, cpuMs, startMs: service.startMs, residentMb: service.residentMb() };
  } finally {
    await service.stop();
  }
}

/** What sessions refer to: everything of the sandbox but sessions and what rests on them. */
async function sendAll(url: string): Promise<void> {
  const before = new Set([
    'organizations',
    'mentors',
    'youths',
    'diagnoses',
    'outcomes',
    'plans',
    'referrals',
    'episodes',
  ]);
  for (const { kind, record } of sandboxRecords) {
    if (before.has(kind)) await send(`${url}/mentoring/${kind}/${record.id}`, record);
  }
}

function put(url: string, index: number): Promise<void> {
  return send(`${url}/mentoring/sessions/s-${index}`, session(index));
}

async function send(url: string, record: object): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(record),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
}

async function measureImport({ url }: ServiceProcess): Promise<number> {
  const body = Array.from({ length: SESSIONS }, (_, index) =>
    JSON.stringify({ kind: 'sessions', record: session(100_000 + index) }),
  );
  const startedAt = performance.now();
  const taken = await fetch(`${url}/mentoring/$import`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: body.join('\n'),
  });
  const job = new URL(taken.headers.get('content-location') ?? '', url).href;
  for (;;) {
    const progress = (await (await fetch(job)).json()) as { status: string; refused: number };
    if (progress.refused > 0) throw new Error('The import refused a session');
    if (progress.status === 'completed') return (SESSIONS * 1000) / (performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A session of one of the sandbox's youths, on a day and at a time of its own. */
function session(index: number): { id: string; [field: string]: unknown } {
  const like = PATTERNS[index % PATTERNS.length];
  const day = later('2026-01-01', Math.floor(index / 8) % 180);
  return { ...like, id: `s-${index}`, start: moment(day, '15:30'), end: moment(day, '16:45') };
}

async function perSecond(count: number, concurrency: number, work: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        await work(index);
      }
    }),
  );
  return (count * 1000) / (performance.now() - startedAt);
}

function print(measured: Line[]): void {
  const round = (value: number) => String(Math.round(value)).padStart(8);
  console.log(`\n${SESSIONS} sessions, ${CONCURRENCY} at a time`);
  console.log('engine        floor/s    PUT/s   of floor  import/s  CPU ms/PUT  start ms  memory MB');
  for (const line of measured) {
    const share = (line.putPerSecond / line.floorPerSecond).toFixed(2).padStart(10);
    console.log(
      `${line.engine.padEnd(12)} ${round(line.floorPerSecond)} ${round(line.putPerSecond)} ${share} ${round(line.importPerSecond)}  ${line.cpuMs.toFixed(2).padStart(10)} ${round(line.startMs)}   ${round(line.residentMb)}`,
    );
  }
}
