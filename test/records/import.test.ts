/**
 * Batch import of NDJSON: any size, one receipt for each record.
 *
 * Spec: https://github.com/ndjson/ndjson-spec
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/records/description/examples.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { CSV, envelope, importAll, jobOf, NDJSON, organization, receiptLines, workerOf } from './import-runs.ts';
import { type Answer, example, type RecordsService, startRecords } from './service.ts';

let service: RecordsService;

beforeAll(async () => {
  service = await startRecords();
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

describe('NDJSON', () => {
  test('a first import of everything in one file, in order where it matters', async () => {
    const agency = service.agency();
    const records = RECORD_KINDS.flatMap(({ kind }) => [
      ...(kind === 'mentors' ? [envelope(kind, EXAMPLES.supervisor)] : []),
      envelope(kind, example(kind)),
    ]);
    const { job, receipts } = await importAll(service, agency, '/$import', `${records.join('\n')}\n`, NDJSON);
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

    const again = await importAll(service, agency, '/$import', `${records.join('\n')}\n`, NDJSON);
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
      [
        '{"kind":"organizations","record":{"id":"e","kind":"payer","name":"x"},"phone":"617-555-0100","x":1}',
        /^"phone" does not belong beside kind and record\. Put it into the record, or leave it out\.$/,
        'organizations',
      ],
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
    const { job, receipts } = await importAll(service, agency, '/$import', file, NDJSON);
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
    const { receipts } = await importAll(service, agency, '/$import?kind=organizations', file, NDJSON);
    expect(receipts.map(({ outcome, sourceId }) => [outcome, sourceId])).toEqual([
      ['accepted', 'a'],
      ['accepted', 'b'],
    ]);
    const more = JSON.stringify({ kind: 'organizations', record: organization('c'), id: 'c', name: 'x' });
    const refused = await importAll(service, agency, '/$import?kind=organizations', more, NDJSON);
    expect(refused.receipts).toMatchObject([{ outcome: 'refused', findings: [{ field: 'id' }, { field: 'name' }] }]);
  });

  test('no kind has a field `record`, by which an envelope is known', () => {
    for (const { kind } of RECORD_KINDS) {
      expect(service.engines.schemas.model(kind).fields.map(({ name }) => name)).not.toContain('record');
    }
  });

  test('an escaped $ is the same address', async () => {
    const agency = service.agency();
    const file = envelope('organizations', organization('a'));
    const { job } = await importAll(service, agency, '/%24import?kind=organizations', file, NDJSON);
    expect(job).toMatchObject({ status: 'completed', accepted: 1 });
  });

  test('the same record many times in one file: its last line counts', async () => {
    const agency = service.agency();
    const file = Array.from({ length: 25 }, (_, index) =>
      envelope('organizations', organization('a', `Name ${index}`)),
    );
    const { job } = await importAll(service, agency, '/$import', file.join('\n'), NDJSON);
    expect(job.accepted).toBe(25);
    expect((await agency.get('/organizations/a')).json.name).toBe('Name 24');
    expect((await agency.get('/organizations/a')).headers.get('etag')).toBe('W/"25-25"');
  });

  test('onFinding and history are carried along', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('episodes');
    const excluded = { ...example('sessions'), activities: ['clinical-therapy'] };
    const refusing = await importAll(
      service,
      agency,
      '/$import?onFinding=refuse',
      envelope('sessions', excluded),
      NDJSON,
    );
    expect(refusing.receipts[0]).toMatchObject({ outcome: 'refused', findings: [{ ruleId: 'CYS-048' }] });
    const storing = await importAll(service, agency, '/$import?history=true', envelope('sessions', excluded), NDJSON);
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
    const { path } = await importAll(service, agency, '/$import', file.join('\n'), NDJSON);
    const found: number[] = [];
    let next: string | undefined = `${path}/receipts?outcome=refused&count=3`;
    while (next) {
      const page: Answer = await agency.get(next);
      expect(page.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
      found.push(...receiptLines(page.text).map(({ line }) => line));
      const link: string | undefined = /<http:\/\/records\.example\/mentoring([^>]+)>; rel="next"/.exec(
        page.headers.get('link') ?? '',
      )?.[1];
      next = link;
    }
    expect(found).toEqual([1, 4, 7, 10]);
    expect((await agency.get('/imports?count=1')).json.items).toHaveLength(1);
    expect((await agency.get(`${path}/receipts?outcome=lost`)).status).toBe(400);
    const behind = async (line: string) => receiptLines((await agency.get(`${path}/receipts?afterLine=${line}`)).text);
    expect(await behind('0')).toHaveLength(12);
    expect((await behind('10')).map(({ line }) => line)).toEqual([11, 12]);
    expect((await agency.get(`${path}/receipts?afterLine=-1`)).json.issue[0].diagnostics).toBe(
      'afterLine must be a whole number from 0 to 999999999.',
    );
  });
});

test('fifty megabytes stream through', async () => {
  const agency = service.agency();
  // Long lines of a kind there is not: much to read and nothing to write, so that the test stays short.
  const filler = Buffer.from(`{"kind":"payers","record":{"name":"${'x'.repeat(900_000)}"}}\n`);
  const good = (index: number) => Buffer.from(`${envelope('organizations', organization(`big-${index}`))}\n`);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(sent % 20 === 0 ? good(sent) : filler);
      if (++sent === 60) controller.close();
    },
  });
  const taken = await agency.send('POST', '/$import', body, NDJSON);
  expect(taken.status).toBe(202);
  expect(taken.json.totalBytes).toBeGreaterThan(50_000_000);
  await workerOf(service).runOnce();
  const { job } = await jobOf(agency, taken);
  expect(job).toMatchObject({ status: 'completed', accepted: 3, refused: 57, line: 60 });
}, 60_000);

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
    expect(await workerOf(service).runOnce()).toBe(true);
  });
});
