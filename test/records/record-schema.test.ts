/**
 * Records are read strictly: every problem at once, with its field and a sentence that says what to do.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#primitive for the values, profiles/fsh/records for the fields
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';
import { SOURCE_ID } from '../../src/conformance/source-id.ts';
import { EXAMPLES } from '../../src/records/description/examples.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { compileRecordSchemas, type RecordSchemas } from '../../src/records/schema/parse-record.ts';
import { example, ROOT } from './service.ts';

let schemas: RecordSchemas;

beforeAll(() => {
  const definitions = loadDefinitions({
    cacheDir: join(ROOT, '.cache'),
    packageDirs: [join(ROOT, 'profiles', 'package')],
  });
  schemas = compileRecordSchemas(definitions);
});

test.each(RECORD_KINDS.map(({ kind }) => kind))('the example of %s has no problem', (kind) => {
  expect(schemas.parse(kind, EXAMPLES.records[kind])).toEqual({ record: EXAMPLES.records[kind], findings: [] });
});

type Change = Record<string, unknown>;

describe('refused, with field, code and sentence', () => {
  const rows: [kind: string, change: Change, field: string | undefined, code: string, message: string][] = [
    // what must be there
    [
      'sessions',
      { youthId: undefined },
      'youthId',
      'required',
      'youthId is required. Id of the youth record. One youth only: mentoring is one-to-one (CYS-009).',
    ],
    [
      'youths',
      { given: [] },
      'given',
      'required',
      'given is required. Given names, first one first. It needs at least one item.',
    ],
    ['youths', { family: '   ' }, 'family', 'value', 'family must not be empty. Family name.'],
    ['organizations', { phone: '' }, 'phone', 'value', 'phone is empty. Leave the field out.'],
    // unknown fields
    [
      'sessions',
      { mentorID: 'm' },
      'mentorID',
      'structure',
      'mentorID is not a field of a session. Did you mean "mentorId"?',
    ],
    [
      'sessions',
      { xyzzy: 1 },
      'xyzzy',
      'structure',
      'xyzzy is not a field of a session. Leave it out; its fields are listed at /mentoring/docs.',
    ],
    [
      'sessions',
      { place: { name: 'Library', zipCode: '01108' } },
      'place.zipCode',
      'structure',
      'place.zipCode is not a field of "place". Leave it out; its fields are listed at /mentoring/docs.',
    ],
    [
      'youths',
      { constructor: 1 },
      'constructor',
      'structure',
      'constructor is not a field of a youth. Leave it out; its fields are listed at /mentoring/docs.',
    ],
    [
      'sessions',
      { 'odd\nname': 1 },
      '"odd\\nname"',
      'structure',
      '"odd\\nname" is not a field of a session. Leave it out; its fields are listed at /mentoring/docs.',
    ],
    [
      'sessions',
      { ['x'.repeat(5000)]: 1 },
      `"${'x'.repeat(57)}…"`,
      'structure',
      `"${'x'.repeat(57)}…" is not a field of a session. Leave it out; its fields are listed at /mentoring/docs.`,
    ],
    // wrong types
    ['sessions', { youthId: null }, 'youthId', 'structure', 'youthId must be text in quotes, not null: leave it out.'],
    ['sessions', { youthId: ['a', 'b'] }, 'youthId', 'structure', 'youthId must be text in quotes, not a list.'],
    [
      'sessions',
      { activities: 'transport-to-services' },
      'activities',
      'structure',
      'activities must be a list in [ ], not the text "transport-to-services".',
    ],
    ['sessions', { minutes: '90' }, 'minutes', 'structure', 'minutes must be a whole number, not the text "90".'],
    [
      'sessions',
      { interpreterPresent: 'yes' },
      'interpreterPresent',
      'structure',
      'interpreterPresent must be true or false, not the text "yes".',
    ],
    ['sessions', { place: 'Library' }, 'place', 'structure', 'place must be an object, not the text "Library".'],
    ['sessions', { place: null }, 'place', 'structure', 'place must be an object, not null: leave it out.'],
    ['youths', { given: [null] }, 'given[0]', 'structure', 'given[0] must be text in quotes, not null: leave it out.'],
    ['youths', { given: [{}] }, 'given[0]', 'structure', 'given[0] must be text in quotes, not an object.'],
    // codes
    [
      'sessions',
      { modality: 'phon' },
      'modality',
      'code-invalid',
      'modality "phon" is not one of its codes. Did you mean "phone"? Use in-person, phone, video or other-electronic.',
    ],
    [
      'sessions',
      { activities: ['transport-to-service'] },
      'activities[0]',
      'code-invalid',
      'activities[0] "transport-to-service" is not one of its codes. Did you mean "transport-to-services"?',
    ],
    [
      'discharges',
      { reason: 'GOALS-MET' },
      'reason',
      'code-invalid',
      'reason "GOALS-MET" is not one of its codes. Did you mean "goals-met"? Use goals-met, authorization-expired, extension-denied, aged-out, hub-ended, coverage-lost, stepped-up, family-declined, lost-contact, moved or other.',
    ],
    ['sessions', { modality: 4 }, 'modality', 'structure', 'modality must be a code in quotes, not the number 4.'],
    // ids
    [
      'sessions',
      { youthId: 'youth 1' },
      'youthId',
      'value',
      'youthId "youth 1" is not an id: use 1 to 64 letters, digits or . _ : @ + ~ / -, without an empty part, . or .. between slashes.',
    ],
    [
      'sessions',
      { goalIds: ['g', 'x'.repeat(65)] },
      'goalIds[1]',
      'value',
      `goalIds[1] "${'x'.repeat(57)}…" is not an id: use 1 to 64 letters, digits or . _ : @ + ~ / -, without an empty part, . or .. between slashes.`,
    ],
    [
      'youths',
      { guardians: [1, 2].map(() => ({ id: 'g', family: 'A', given: ['B'], relationship: 'MTH' })) },
      'guardians[1].id',
      'value',
      'guardians[1].id "g" is used twice in this list. Give each its own id.',
    ],
    // days and moments
    [
      'discharges',
      { dischargedOn: '2026-02-29' },
      'dischargedOn',
      'value',
      'dischargedOn "2026-02-29" is not in the calendar.',
    ],
    [
      'discharges',
      { dischargedOn: '03/04/2026' },
      'dischargedOn',
      'value',
      'dischargedOn "03/04/2026" is not a day as YYYY-MM-DD, such as 2026-03-04.',
    ],
    [
      'discharges',
      { dischargedOn: '2026-03' },
      'dischargedOn',
      'value',
      'dischargedOn "2026-03" is not a day as YYYY-MM-DD, such as 2026-03-04.',
    ],
    [
      'discharges',
      { dischargedOn: '2026-03-04T10:00:00Z' },
      'dischargedOn',
      'value',
      'dischargedOn "2026-03-04T10:00:00Z" is a moment; a day is wanted: 2026-03-04.',
    ],
    [
      'discharges',
      { dischargedOn: '0206-03-04' },
      'dischargedOn',
      'value',
      'dischargedOn "0206-03-04" is not between 1900 and 2199. Check the year.',
    ],
    ['youths', { birthDate: '2011-13' }, 'birthDate', 'value', 'birthDate "2011-13" is not in the calendar.'],
    [
      'sessions',
      { start: '2026-03-04T15:30:00' },
      'start',
      'value',
      'start "2026-03-04T15:30:00" has no UTC offset. Add it, such as 2026-03-04T15:30:00-05:00; Z stands for UTC.',
    ],
    [
      'sessions',
      { start: '2026-03-04T15:30-05:00' },
      'start',
      'value',
      'start "2026-03-04T15:30-05:00" has no seconds. Write 2026-03-04T15:30:00-05:00.',
    ],
    [
      'sessions',
      { start: '2026-03-04 15:30:00-0500' },
      'start',
      'value',
      'start "2026-03-04 15:30:00-0500" is not written as FHIR wants it. Write 2026-03-04T15:30:00-05:00.',
    ],
    [
      'sessions',
      { start: '2026-03-04T25:30:00-05:00' },
      'start',
      'value',
      'start "2026-03-04T25:30:00-05:00" is not a moment of the day, such as 2026-03-04T15:30:00-05:00.',
    ],
    [
      'sessions',
      { start: '2026-02-30T15:30:00-05:00' },
      'start',
      'value',
      'start "2026-02-30T15:30:00-05:00" is not in the calendar.',
    ],
    [
      'sessions',
      { start: 'yesterday' },
      'start',
      'value',
      'start "yesterday" is not a moment, such as 2026-03-04T15:30:00-05:00.',
    ],
    // numbers
    ['sessions', { minutes: 0 }, 'minutes', 'value', 'minutes 0 is out of range: minutes must be 1 or more.'],
    ['sessions', { minutes: 89.5 }, 'minutes', 'value', 'minutes 89.5 is not a whole number.'],
    [
      'outcomes',
      { detentionDays: -1 },
      'detentionDays',
      'value',
      'detentionDays -1 is out of range: detention days must be 0 or more.',
    ],
    [
      'outcomes',
      { score: 1e16 },
      'score',
      'value',
      'score 10000000000000000 is out of range: score must be between -1000000000000000 and 1000000000000000.',
    ],
    [
      'notes',
      { summary: 'a\u0007b' },
      'summary',
      'value',
      'summary holds a control character. Only line breaks and tabs are allowed.',
    ],
    [
      'notes',
      { summary: 'a\ud800b' },
      'summary',
      'value',
      'summary holds half of a surrogate pair, which is not text.',
    ],
    ['notes', { summary: 'x'.repeat(4001) }, 'summary', 'too-long', 'summary has 4001 characters; 4000 is the most.'],
    ['notes', { text: 'x'.repeat(100_001) }, 'text', 'too-long', 'text has 100001 characters; 100000 is the most.'],
    [
      'organizations',
      { identifiers: [{ system: 'payer id', value: '1' }] },
      'identifiers[0].system',
      'value',
      'identifiers[0].system "payer id" is not a URI, such as https://payer.example/member-id.',
    ],
    [
      'notes',
      { text: undefined, attachment: { contentType: 'application/pdf', data: 'no base64!' } },
      'attachment.data',
      'value',
      'attachment.data is not base64: A-Z, a-z, 0-9, + and / in groups of four, filled up with =, without line breaks.',
    ],
    [
      'organizations',
      { address: { state: 'Mass.' } },
      'address.state',
      'too-long',
      'address.state has 5 characters; 2 is the most.',
    ],
    [
      'sessions',
      { goalIds: Array.from({ length: 501 }, (_, index) => `g${index}`) },
      'goalIds',
      'too-long',
      'goalIds has more than 500 items.',
    ],
    [
      'sessions',
      { end: '2026-03-04T15:30:00-05:00' },
      undefined,
      'invariant',
      'end must be after start. Check the date and the UTC offset of both.',
    ],
    [
      'sessions',
      { end: '2026-03-05T04:00:00-05:00' },
      undefined,
      'invariant',
      'A session may last 12 hours at the most. Check the date of start and end.',
    ],
    [
      'sessions',
      { end: undefined },
      undefined,
      'invariant',
      'A held session needs start and end; another one in progress or planned needs start.',
    ],
    [
      'sessions',
      { cancellationReason: 'weather' },
      undefined,
      'invariant',
      'cancellationReason belongs to a session that is cancelled or a no-show.',
    ],
    ['plans', { start: '2026-12-31', end: '2026-12-30' }, undefined, 'invariant', 'end must not be before start.'],
    ['notes', { text: undefined }, undefined, 'invariant', 'A note needs text or an attachment, not both.'],
    [
      'diagnoses',
      { icd10: 'F4310' },
      undefined,
      'invariant',
      'icd10 must be an ICD-10-CM code with its point, such as F43.10.',
    ],
    ['mentors', { npi: '12345' }, undefined, 'invariant', 'npi must be ten digits.'],
  ];
  test.each(rows)('%s %j', (kind, change, field, code, message) => {
    const { record, findings } = schemas.parse(kind, { ...example(kind), ...change });
    expect(record).toBeUndefined();
    expect(findings.map((finding) => [finding.field, finding.code, finding.message, finding.severity])).toContainEqual([
      field,
      code,
      message,
      'error',
    ]);
    expect(findings.filter((finding) => finding.severity === 'error')).toHaveLength(1);
  });

  const noRecords: [json: unknown, message: string][] = [
    [[], 'The record must be an object, not a list.'],
    ['text', 'The record must be an object, not the text "text".'],
    [null, 'The record must be an object, not null.'],
    [7, 'The record must be an object, not the number 7.'],
    [true, 'The record must be an object, not true.'],
  ];
  test.each(noRecords)('%j is no record', (json, message) => {
    expect(schemas.parse('sessions', json)).toEqual({
      record: undefined,
      findings: [{ severity: 'error', code: 'structure', message }],
    });
  });
});

describe('ids', () => {
  const good = ['a', 'a.b', '.a', '..a', 'a..', '...', 'a/b', 'a/.b', 'a/b..c/d', '~', 'A1:b@c+d', 'x'.repeat(64)];
  const bad = [
    '',
    '.',
    '..',
    '/',
    '//',
    '/a',
    'a/',
    'a//b',
    'a/./b',
    'a/../b',
    './a',
    '../a',
    'a/.',
    'a/..',
    'a%2Fb',
    'ä',
  ];
  test.each(good)('%j is one', (id) => {
    expect(schemas.parse('sessions', { ...example('sessions'), id }).findings).toEqual([]);
    expect(new RegExp(SOURCE_ID.source, 'u').test(id)).toBe(true);
  });
  test.each(bad)('%j is none', (id) => {
    expect(schemas.parse('sessions', { ...example('sessions'), id }).findings).toMatchObject([{ field: 'id' }]);
    expect(schemas.parse('sessions', { ...example('sessions'), mentorId: id }).findings).toMatchObject([
      { field: 'mentorId' },
    ]);
  });
});

describe('accepted', () => {
  const rows: [kind: string, change: Change][] = [
    ['sessions', { start: '2026-03-04T20:30:00Z', end: '2026-03-04T22:00:00.250Z' }],
    ['sessions', { start: '2026-03-04T23:30:00-05:00', end: '2026-03-05T00:30:00-05:00' }],
    ['sessions', { start: '2024-02-29T15:30:00+14:00', end: '2024-02-29T16:30:00+14:00' }],
    ['sessions', { status: 'cancelled', start: undefined, end: undefined, cancellationReason: 'weather' }],
    ['youths', { birthDate: '2011' }],
    ['youths', { birthDate: '2011-05' }],
    ['youths', { given: ['Zoë', '美咲'], family: "O'Brien-Ñúñez" }],
    ['outcomes', { score: -0.5 }],
    ['outcomes', { observedOn: '2026-01-12T10:00:00-05:00' }],
    ['notes', { text: 'Two\nlines\twith a tab' }],
    ['notes', { text: 'x'.repeat(100_000) }],
    ['sessions', { youthId: 'A/b.c_d:e@f+g~h-1' }],
    ['sessions', { activities: [] }],
  ];
  test.each(rows)('%s %j', (kind, change) => {
    expect(schemas.parse(kind, { ...example(kind), ...change }).findings).toEqual([]);
  });

  test('an empty list is an absent one', () => {
    const { record } = schemas.parse('youths', { ...example('youths'), race: [], identifiers: [] });
    expect(record).toEqual(example('youths'));
  });

  test('texts are trimmed, so that a space at the end is not another record', () => {
    const { record } = schemas.parse('sessions', { ...example('sessions'), youthId: ' youth-1 ' });
    expect(record).toEqual(example('sessions'));
  });

  test('a remark does not refuse', () => {
    const { record, findings } = schemas.parse('sessions', { ...example('sessions'), minutes: 80 });
    expect(record).toMatchObject({ minutes: 80 });
    expect(findings).toEqual([
      {
        severity: 'warning',
        code: 'invariant',
        constraint: 'rec-session-minutes',
        message: 'minutes must be the time between start and end.',
      },
    ]);
  });
});

test('all problems are told at once, and very many are counted', () => {
  const { findings } = schemas.parse('sessions', { ...example('sessions'), modality: 'x', start: 'y', zzz: 1 });
  expect(findings.map(({ field }) => field).sort()).toEqual(['modality', 'start', 'zzz']);
  const flood = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`unknown${index}`, 1]));
  const many = schemas.parse('sessions', { ...example('sessions'), ...flood }).findings;
  expect(many).toHaveLength(101);
  expect(many.at(-1)?.message).toBe('4900 more problems of this record are not listed.');
});
