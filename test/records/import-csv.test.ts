/**
 * Batch import of CSV: field paths in the header, one receipt for each row.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc4180
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/records/description/examples.ts';
import { CSV, importAll } from './import-runs.ts';
import { type RecordsService, startRecords } from './service.ts';

let service: RecordsService;

beforeAll(async () => {
  service = await startRecords();
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

describe('CSV', () => {
  test('paths, lists, quotes, line breaks and a byte order mark', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('episodes');
    const file = [
      '\ufeffid,youthId,program,type,status,start,end,mentorId,referralId,episodeId,modality,setting,activities,place.name,place.city,goalIds[0],minutes,locationSafe,participantPreference',
      'csv-1,youth-1,state-cys,session,held,2026-03-11T15:30:00-04:00,2026-03-11T17:00:00-04:00,mentor-1,referral-1,episode-1,in-person,other-community,skill-training-communication | skill-training-social,"Library, ""Main""\nhall",Springfield,goal-1,90,TRUE,a \\| b',
      'csv-2,youth-1,state-cys,session,no-show,2026-03-12T15:30:00-04:00,,mentor-1,referral-1,episode-1,,,,,,,,,',
    ].join('\r\n');
    const { job, receipts } = await importAll(service, agency, '/$import?kind=sessions', file, CSV);
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
    const { job, receipts } = await importAll(service, agency, '/$import?kind=organizations', file, CSV);
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
    ['id,address.city,address. city\n', /^The columns "address\.city" and "address\. city" are the same field\.$/],
    [
      'id,programs,programs[0]\n',
      /^The column "programs" is the whole list, and "programs\[0\]" one of its items\. Use one or the other\.$/,
    ],
    ['id,programs[0],programs\n', /^The column "programs" is the whole list, and "programs\[0\]" one of its items\./],
    ['id,programs[0],programs[0]\n', /^The column "programs\[0\]" is there twice\.$/],
    [
      'id,programs[0],programs[01]\n',
      /^Column 3, "programs\[01\]", numbers an item with a zero in front\. Write "programs\[1\]"\.$/,
    ],
    [
      'id,identifiers[00].value\n',
      /^Column 2, "identifiers\[00\]\.value", numbers an item with a zero in front\. Write "identifiers\[0\]\.value"\.$/,
    ],
    ['id,name[01]\n', /^Column 2, "name\[01\]", is not a field\./],
    ['id,programs[500]\n', /^Column 2, "programs\[500\]", is not a field\./],
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
    const { job, receipts } = await importAll(service, agency, '/$import?kind=organizations', file, CSV);
    expect(job).toMatchObject({ status: 'failed', accepted: 0, failure: expect.stringMatching(failure) });
    expect(receipts).toEqual([]);
  });

  test('the example of the API description', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('episodes');
    const { receipts } = await importAll(service, agency, '/$import?kind=sessions', EXAMPLES.csv, CSV);
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
      const { job } = await importAll(service, agency, '/$import?kind=organizations', file, CSV);
      expect(job).toMatchObject({ status: 'completed', accepted: 1 });
    }
  });

  test('a gap in the numbers of a list', async () => {
    const agency = service.agency();
    const file = 'id,family,given[0],given[2],birthDate,gender\ny,Stone,Bo,Lee,2012-01-01,male\n';
    const { receipts } = await importAll(service, agency, '/$import?kind=youths', file, CSV);
    expect(receipts[0]).toMatchObject({
      outcome: 'refused',
      findings: [{ field: 'given[1]', message: expect.stringMatching(/Number items from 0 without gaps/) }],
    });
  });
});
