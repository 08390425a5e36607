/**
 * The examples of the API description are accepted as they stand, in their order, and read back as they were sent.
 *
 * Spec: https://spec.openapis.org/oas/v3.1.1.html#example-object
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { EXAMPLES } from '../../src/records/description/examples.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { type Agency, example, type RecordsService, startRecords } from './service.ts';

let service: RecordsService;
let agency: Agency;

beforeAll(async () => {
  service = await startRecords();
  agency = service.agency();
});
afterAll(() => service.stop());

test('there is one example for each kind', () => {
  expect(Object.keys(EXAMPLES.records)).toEqual(RECORD_KINDS.map(({ kind }) => kind));
});

describe.each(RECORD_KINDS.map(({ kind }) => kind))('%s', (kind) => {
  test('is created, read back as sent, and unchanged when sent again', async () => {
    const record = example(kind);
    if (kind === 'mentors') await agency.put(kind, EXAMPLES.supervisor as unknown as JsonObject);
    const created = await agency.send('PUT', `/${kind}/${record.id}`, record);
    expect(created.json.issue ?? created.json.findings).toEqual([]);
    expect(created.status).toBe(201);
    expect(created.headers.get('etag')).toMatch(/^W\/"1-[1-9]\d*"$/);
    expect(created.headers.get('location')).toBe(`http://records.example/mentoring/${kind}/${record.id}`);
    expect((await agency.get(`/${kind}/${record.id}`)).json).toEqual(record);
    expect((await agency.get(`/${kind}/${record.id}?as=sent`)).json).toEqual(record);
    const again = await agency.send('PUT', `/${kind}/${record.id}`, record);
    expect(again.status).toBe(200);
    expect(again.json).toEqual({ ...created.json, outcome: 'unchanged', findings: [] });
  });
});

test('every resource stored, Provenance too, is valid by the profiles the server stamped', async () => {
  const { versions } = await service.store.resources.history(agency.grant, { count: 500 });
  expect(versions.length).toBeGreaterThan(RECORD_KINDS.length * 2);
  for (const { content } of versions) {
    const findings = service.engines.validator.validate(JSON.parse(content));
    expect(findings.filter((finding) => finding.severity === 'error' && !finding.ruleId)).toEqual([]);
  }
});

test('nothing was logged as an error', () => {
  expect(service.errors).toEqual([]);
});
