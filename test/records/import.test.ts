/**
 * Batch import: any size, one receipt for each record, on from the same place after a crash.
 *
 * Spec: https://github.com/ndjson/ndjson-spec, https://www.rfc-editor.org/rfc/rfc4180
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/records/examples.ts';
import { createImportWorker, type ImportWorkerParts } from '../../src/records/import/import-worker.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { StoreUnavailable } from '../../src/store/resource-store.ts';
import { type Agency, type Answer, example, type RecordsService, startRecords } from './service.ts';

let service: RecordsService;

beforeAll(async () => {
  service = await startRecords();
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

const NDJSON = { 'content-type': 'application/x-ndjson' };
const CSV = { 'content-type': 'text/csv' };

const worker = (parts: Partial<ImportWorkerParts> = {}) =>
  createImportWorker({ ...service.parts, worker: randomUUID(), chunkLines: 10, concurrency: 4, ...parts });

/** Sends a file, works it off, and answers the job with its receipts. */
async function importAll(agency: Agency, path: string, body: string | Uint8Array, headers: Record<string, string>) {
  const taken = await agency.send('POST', path, body, headers);
  expect([taken.status, taken.text]).toEqual([202, expect.any(String)]);
  expect(await worker().runOnce()).toBe(true);
  return ended(agency, taken);
}

async function ended(agency: Agency, taken: Answer) {
  const url = new URL(taken.headers.get('content-location') ?? '');
  const path = url.pathname.replace('/mentoring', '');
  const job = (await agency.get(path)).json;
  const receipts = lines((await agency.get(`${path}/receipts`)).text);
  return { path, job, receipts };
}

// biome-ignore lint/suspicious/noExplicitAny: receipts are looked into
const lines = (text: string): any[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const envelope = (kind: string, record: object) => JSON.stringify({ kind, record });
const organization = (id: string, name = `Payer ${id}`) => ({ id, kind: 'payer', name });

describe('NDJSON', () => {
  test('a first import of everything in one file, in order where it matters', async () => {
    const agency = service.agency();
    const records = RECORD_KINDS.flatMap(({ kind }) => [
      ...(kind === 'mentors' ? [envelope(kind, EXAMPLES.supervisor)] : []),
      envelope(kind, example(kind)),
    ]);
    const { job, receipts } = await importAll(agency, '/$import', `${records.join('\n')}\n`, NDJSON);
    expect(receipts.filter((receipt) => receipt.outcome !== 'accepted')).toEqual([]);
    expect(job).toMatchObject({
      status: 'completed',
      accepted: 14,
      refused: 0,
      line: 14,
      percent: 100,
      format: 'ndjson',
    });
    expect(receipts.map((receipt) => receipt.line)).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
    expect(receipts[0]).toMatchObject({
      kind: 'organizations',
      sourceId: 'agency',
      references: [expect.stringMatching(/^Organization\//), expect.stringMatching(/^HealthcareService\//)],
    });
    expect((await agency.get('/sessions/session-1')).json).toEqual(example('sessions'));

    const again = await importAll(agency, '/$import', `${records.join('\n')}\n`, NDJSON);
    expect(new Set(again.receipts.map((receipt) => receipt.outcome))).toEqual(new Set(['unchanged']));
    expect(again.job.accepted).toBe(14);
  });

  test('a bad line is one receipt that says what to do; the others go on', async () => {
    const agency = service.agency();
    const bad: [line: string | Uint8Array, message: RegExp, kind?: string][] = [
      ['{"kind":"organizations","record":{', /^The line is not JSON\. It ends too early at column 35\./],
      ['not json at all', /^The line is not JSON\./],
      ['[1,2]', /each line holds one JSON object/],
      ['{"id":"a","name":"b"}', /^Each line is \{"kind":"sessions","record":\{…\}\}/],
      ['{"kind":"payers","record":{}}', /kind is one of organizations, youths/],
      ['{"kind":"organizations","record":7}', /record must be a JSON object/, 'organizations'],
      ['{"kind":"organizations","record":{"kind":"payer","name":"No id"}}', /^id is required/, 'organizations'],
      ['{"kind":"organizations","record":{"id":"a b","kind":"payer","name":"x"}}', /is not an id/, 'organizations'],
      ['{"kind":"organizations","record":{"id":"z","kind":"payer"}}', /^name is required/, 'organizations'],
      [
        Buffer.concat([
          Buffer.from('{"kind":"organizations","record":{"id":"l","kind":"payer","name":"M'),
          Buffer.from([0xfc]),
          Buffer.from('ller"}}'),
        ]),
        /is not UTF-8/,
      ],
      [`{"kind":"organizations","record":{"id":"long","name":"${'x'.repeat(1_100_000)}"}}`, /longer than 1 MiB/],
      ['{"kind":"sessions","record":{"id":"s","youthId":"nobody"}}', /is required/, 'sessions'],
      ['{"kind":"organizations","record":{"id":"d","id":"e","kind":"payer","name":"x"}}', /same name twice/],
    ];
    const good = bad.map((_, index) => envelope('organizations', organization(`good-${index}`)));
    const file = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      ...bad.flatMap(([line], index) => [
        Buffer.from(`${good[index]}\r\n`),
        Buffer.from(line as string),
        Buffer.from('\n\n'),
      ]),
    ]);
    const { job, receipts } = await importAll(agency, '/$import', file, NDJSON);
    expect(job).toMatchObject({ status: 'completed', accepted: bad.length, refused: bad.length });
    for (const [index, [, message, kind]] of bad.entries()) {
      // good line, bad line, empty line
      const receipt = receipts.find((one) => one.line === index * 3 + 2);
      expect(receipt).toMatchObject({ outcome: 'refused', references: [] });
      expect(receipt.findings[0].message).toMatch(message);
      expect(receipt.kind).toBe(kind);
      expect(receipts.find((one) => one.line === index * 3 + 1)).toMatchObject({ outcome: 'accepted' });
    }
    expect((await agency.get('/organizations?count=500')).json.items).toHaveLength(bad.length);
  });

  test('records alone, of the kind the request names, and an envelope among them', async () => {
    const agency = service.agency();
    const file = [JSON.stringify(organization('a')), envelope('organizations', organization('b'))].join('\n');
    const { receipts } = await importAll(agency, '/$import?kind=organizations', file, NDJSON);
    expect(receipts.map(({ outcome, sourceId }) => [outcome, sourceId])).toEqual([
      ['accepted', 'a'],
      ['accepted', 'b'],
    ]);
  });

  test('the same record many times in one file: its last line counts', async () => {
    const agency = service.agency();
    const file = Array.from({ length: 25 }, (_, index) =>
      envelope('organizations', organization('a', `Name ${index}`)),
    );
    const { job } = await importAll(agency, '/$import', file.join('\n'), NDJSON);
    expect(job.accepted).toBe(25);
    expect((await agency.get('/organizations/a')).json.name).toBe('Name 24');
    expect((await agency.get('/organizations/a')).headers.get('etag')).toBe('W/"25"');
  });

  test('onFinding and history are carried along', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('episodes');
    const excluded = { ...example('sessions'), activities: ['clinical-therapy'] };
    const refusing = await importAll(agency, '/$import?onFinding=refuse', envelope('sessions', excluded), NDJSON);
    expect(refusing.receipts[0]).toMatchObject({ outcome: 'refused', findings: [{ ruleId: 'CYS-048' }] });
    const storing = await importAll(agency, '/$import?history=true', envelope('sessions', excluded), NDJSON);
    expect(storing.receipts[0]).toMatchObject({
      outcome: 'accepted',
      findings: [{ ruleId: 'CYS-048', severity: 'warning' }],
    });
  });

  test('receipts are paged and filtered', async () => {
    const agency = service.agency();
    const file = Array.from({ length: 12 }, (_, index) =>
      index % 3 === 0 ? 'broken' : envelope('organizations', organization(`p-${index}`)),
    );
    const { path } = await importAll(agency, '/$import', file.join('\n'), NDJSON);
    const found: number[] = [];
    let next: string | undefined = `${path}/receipts?outcome=refused&count=3`;
    while (next) {
      const page: Answer = await agency.get(next);
      expect(page.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
      found.push(...lines(page.text).map(({ line }) => line));
      const link: string | undefined = /<http:\/\/records\.example\/mentoring([^>]+)>; rel="next"/.exec(
        page.headers.get('link') ?? '',
      )?.[1];
      next = link;
    }
    expect(found).toEqual([1, 4, 7, 10]);
    expect((await agency.get('/imports?count=1')).json.items).toHaveLength(1);
    expect((await agency.get(`${path}/receipts?outcome=lost`)).status).toBe(400);
  });
});

describe('a worker that dies', () => {
  const file = Array.from({ length: 45 }, (_, index) => envelope('organizations', organization(`o-${index}`))).join(
    '\n',
  );

  test('between chunks: the next one goes on from there', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    // The store is lost at the third chunk: two chunks of ten have their receipts.
    let chunks = 0;
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        if (++chunks === 3) throw new StoreUnavailable('gone');
        return service.parts.imports.recordProgress(...args);
      },
    };
    await expect(worker({ imports, leaseSeconds: 0 }).runOnce()).rejects.toThrow('gone');
    const half = await ended(agency, taken);
    expect(half.job).toMatchObject({ status: 'running', accepted: 20, line: 20 });
    expect(half.job.percent).toBeGreaterThan(40);
    expect(half.job.percent).toBeLessThan(50);

    expect(await worker().runOnce()).toBe(true);
    const { job, receipts } = await ended(agency, taken);
    expect(job).toMatchObject({ status: 'completed', accepted: 45, refused: 0, line: 45 });
    expect(receipts.map(({ line }) => line)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    // The chunk whose receipts were lost is stored: it is confirmed, not written twice.
    expect(receipts.slice(20, 30).map(({ outcome }) => outcome)).toEqual(Array(10).fill('unchanged'));
    expect(receipts.slice(30).every(({ outcome }) => outcome === 'accepted')).toBe(true);
  });

  test('in the middle of a CSV file: the header is remembered, rows are not read twice', async () => {
    const agency = service.agency();
    const rows = Array.from({ length: 25 }, (_, index) => `row-${index},payer,"Payer\n${index}"`);
    const taken = await agency.send('POST', '/$import?kind=organizations', `id,kind,name\n${rows.join('\n')}\n`, CSV);
    let chunks = 0;
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        if (++chunks === 2) throw new StoreUnavailable('gone');
        return service.parts.imports.recordProgress(...args);
      },
    };
    await expect(worker({ imports, leaseSeconds: 0 }).runOnce()).rejects.toThrow('gone');
    await worker().runOnce();
    const { job, receipts } = await ended(agency, taken);
    expect(job).toMatchObject({ status: 'completed', accepted: 25, refused: 0, line: 51 });
    expect(receipts.map(({ line }) => line)).toEqual(Array.from({ length: 25 }, (_, index) => 2 + index * 2));
  });

  test('a worker that is stopped hands its job back at once', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    const first = worker({ pollMs: 5 });
    first.start();
    while ((await ended(agency, taken)).job.line === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await first.stop();
    const handedBack = (await ended(agency, taken)).job;
    if (handedBack.status === 'running') expect(await worker().runOnce()).toBe(true);
    expect((await ended(agency, taken)).job).toMatchObject({ status: 'completed', accepted: 45 });
  });

  test('a cancelled import stops at its next chunk; what it stored stays', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', file, NDJSON);
    const { path } = await ended(agency, taken);
    const imports: ImportWorkerParts['imports'] = {
      ...service.parts.imports,
      recordProgress: async (...args) => {
        const held = await service.parts.imports.recordProgress(...args);
        if (args[1].line === 20) expect((await agency.send('DELETE', path)).status).toBe(204);
        return held;
      },
    };
    await worker({ imports }).runOnce();
    const { job, receipts } = await ended(agency, taken);
    expect(job).toMatchObject({ status: 'cancelled', accepted: 20 });
    expect(receipts).toHaveLength(20);
    expect((await agency.send('DELETE', path)).status).toBe(204);
    expect(await worker().runOnce()).toBe(false);
  });
});

describe('CSV', () => {
  test('paths, lists, quotes, line breaks and a byte order mark', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('episodes');
    const file = [
      '\ufeffid,youthId,program,type,status,start,end,mentorId,referralId,episodeId,modality,setting,activities,place.name,place.city,goalIds[0],minutes,locationSafe,participantPreference',
      'csv-1,youth-1,state-cys,session,held,2026-03-11T15:30:00-04:00,2026-03-11T17:00:00-04:00,mentor-1,referral-1,episode-1,in-person,other-community,skill-training-communication | skill-training-social,"Library, ""Main""\nhall",Springfield,goal-1,90,TRUE,a \\| b',
      'csv-2,youth-1,state-cys,session,no-show,2026-03-12T15:30:00-04:00,,mentor-1,referral-1,episode-1,,,,,,,,,',
    ].join('\r\n');
    const { job, receipts } = await importAll(agency, '/$import?kind=sessions', file, CSV);
    expect(
      receipts.flatMap(({ outcome, findings }) => [
        outcome,
        ...findings.filter((one: { severity: string }) => one.severity === 'error'),
      ]),
    ).toEqual(['accepted', 'accepted']);
    expect(job).toMatchObject({ status: 'completed', kind: 'sessions', format: 'csv', line: 4 });
    expect(receipts.map(({ line }) => line)).toEqual([2, 4]);
    expect((await agency.get('/sessions/csv-1?as=sent')).json).toEqual({
      id: 'csv-1',
      youthId: 'youth-1',
      program: 'state-cys',
      type: 'session',
      status: 'held',
      start: '2026-03-11T15:30:00-04:00',
      end: '2026-03-11T17:00:00-04:00',
      mentorId: 'mentor-1',
      referralId: 'referral-1',
      episodeId: 'episode-1',
      modality: 'in-person',
      setting: 'other-community',
      activities: ['skill-training-communication', 'skill-training-social'],
      place: { name: 'Library, "Main"\nhall', city: 'Springfield' },
      goalIds: ['goal-1'],
      minutes: 90,
      locationSafe: true,
      participantPreference: 'a \\| b',
    });
  });

  test('bad rows are told one by one, and do not swallow their neighbours', async () => {
    const agency = service.agency();
    const rows: [row: string | Uint8Array, message?: RegExp][] = [
      ['good-1,payer,Payer one'],
      ['bad-1,payer,"never closed', /quotes of this row are broken/],
      ['good-2,payer,"Payer, two"'],
      ['bad-2,payer,a "quote" inside', /quotes of this row are broken/],
      ['bad-3,payer', /The row has 2 cells, the header has 3\./],
      ['bad-4,payer,Payer, four', /The row has 4 cells, the header has 3\./],
      [Buffer.from([...Buffer.from('bad-5,payer,M'), 0xfc]), /is not UTF-8/],
      ['bad-6,bank,Payer six', /^kind "bank" is not one of its codes/],
      [`bad-7,payer,${'x'.repeat(1_100_000)}`, /longer than 1 MiB/],
      ['good-3;payer;semicolon', /The row has 1 cells, the header has 3/],
      ['good-4,payer,"two\nlines"'],
      ['good-5,payer,last'],
    ];
    const file = Buffer.concat([
      Buffer.from('id,kind,name\n'),
      ...rows.map(([row]) => Buffer.concat([Buffer.from(row as string), Buffer.from('\n')])),
    ]);
    const { job, receipts } = await importAll(agency, '/$import?kind=organizations', file, CSV);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(
      rows.map(([, message]) => (message ? 'refused' : 'accepted')),
    );
    for (const [index, [, message]] of rows.entries()) {
      if (message) expect(receipts[index].findings[0].message).toMatch(message);
    }
    expect(job).toMatchObject({ status: 'completed', accepted: 4, refused: 8 });
  });

  const headers: [file: string, failure: RegExp][] = [
    ['id,kind,nam\na,payer,b\n', /^Column 3, "nam", is not a field\. Did you mean "name"\?$/],
    ['id,kind,name,name\n', /^The column "name" is there twice\.$/],
    ['id,address,name\n', /^Column 2, "address", is not a field\./],
    [
      'id,identifiers.value\n',
      /^Column 2, "identifiers\.value", is not a field\. Did you mean "identifiers\[0\]\.value"\?$/,
    ],
    ['id,name[0]\n', /^Column 2, "name\[0\]", is not a field\./],
    ['id,,name\n', /^Column 2, "", is not a field\.$/],
    ['\n\n\n', /^The file is empty\. Its first row must name the columns\.$/],
    ['"id,kind,name\n', /^The header row can not be read\./],
  ];
  test.each(headers)('a header that can not be used fails the import: %j', async (file, failure) => {
    const agency = service.agency();
    const { job, receipts } = await importAll(agency, '/$import?kind=organizations', file, CSV);
    expect(job).toMatchObject({ status: 'failed', accepted: 0, failure: expect.stringMatching(failure) });
    expect(receipts).toEqual([]);
  });

  test('the example of the API description', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('episodes');
    const { receipts } = await importAll(agency, '/$import?kind=sessions', EXAMPLES.csv, CSV);
    expect(receipts).toMatchObject([{ line: 2, outcome: 'accepted', sourceId: 'session-2', findings: [] }]);
  });

  test('semicolons and tabs, as spreadsheets of other countries write them', async () => {
    for (const separator of [';', '\t']) {
      const agency = service.agency();
      const file = [
        ['id', 'kind', 'name'],
        ['x', 'payer', 'A, B'],
      ]
        .map((row) => row.join(separator))
        .join('\n');
      const { job } = await importAll(agency, '/$import?kind=organizations', file, CSV);
      expect(job).toMatchObject({ status: 'completed', accepted: 1 });
    }
  });

  test('a gap in the numbers of a list', async () => {
    const agency = service.agency();
    const file = 'id,family,given[0],given[2],birthDate,gender\ny,Stone,Bo,Lee,2012-01-01,male\n';
    const { receipts } = await importAll(agency, '/$import?kind=youths', file, CSV);
    expect(receipts[0]).toMatchObject({
      outcome: 'refused',
      findings: [{ field: 'given[1]', message: expect.stringMatching(/Number items from 0 without gaps/) }],
    });
  });
});

describe('what is not taken', () => {
  const rows: [path: string, body: string, headers: Record<string, string>, status: number][] = [
    ['/$import', 'x', { 'content-type': 'application/json' }, 415],
    ['/$import', 'x', { 'content-type': 'text/csv; charset=windows-1252' }, 415],
    ['/$import', '', NDJSON, 400],
    ['/$import', 'x', CSV, 400],
    ['/$import?kind=payments', 'x', CSV, 404],
    ['/$import?knd=sessions', 'x', NDJSON, 400],
    ['/$import?onFinding=maybe', 'x', NDJSON, 400],
    ['/$import', 'x', { ...NDJSON, 'content-encoding': 'gzip' }, 415],
  ];
  test.each(rows)('%s %j %j', async (path, body, headers, status) => {
    const answer = await service.agency().send('POST', path, body, headers);
    expect([answer.status, answer.json?.resourceType]).toEqual([status, 'OperationOutcome']);
  });

  test('another tenant’s import is not there', async () => {
    const agency = service.agency();
    const taken = await agency.send('POST', '/$import', envelope('organizations', organization('a')), NDJSON);
    const path = new URL(taken.headers.get('content-location') ?? '').pathname.replace('/mentoring', '');
    for (const [method, suffix] of [
      ['GET', ''],
      ['GET', '/receipts'],
      ['DELETE', ''],
    ] as const) {
      expect((await service.agency().send(method, `${path}${suffix}`)).status).toBe(404);
    }
    expect(await worker().runOnce()).toBe(true);
  });
});
