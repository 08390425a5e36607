/**
 * A record stays with its youth; deleted and sent for another, it becomes other resources.
 *
 * Rule: STR-005 of profiles/programs/catalogue.json
 */
import type { CarePlan, Condition, Resource } from '@medplum/fhirtypes';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { patientOf } from '../../src/records/write/keep-youth.ts';
import { type Agency, example, type RecordsService, startRecords } from './service.ts';

const BO = {
  id: 'youth-2',
  family: 'Stone',
  given: ['Bo'],
  birthDate: '2012-01-01',
  gender: 'male',
  guardians: [{ id: 'bo-father', family: 'Stone', given: ['Al'], relationship: 'FTH' }],
};

const REVIEW = { reviewedById: 'supervisor-1', reviewedOn: '2026-03-05' };

let service: RecordsService;
let agency: Agency;

beforeAll(async () => {
  service = await startRecords();
  agency = service.agency();
  await agency.sendExamplesUpTo('feedbacks');
  await agency.put('youths', BO);
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

describe('sent for another youth', () => {
  const kinds = ['diagnoses', 'outcomes', 'plans', 'referrals', 'episodes', 'sessions', 'notes', 'feedbacks'];
  test.each(kinds)('a record of %s is refused, and nothing changes', async (kind) => {
    const { id } = example(kind);
    const before = await agency.get(`/${kind}/${id}/fhir`);
    const answer = await agency.send('PUT', `/${kind}/${id}`, { ...example(kind), youthId: 'youth-2' });
    expect(answer.status).toBe(422);
    expect(
      answer.json.issue.filter(({ expression }: { expression?: string[] }) => expression?.[0] === 'youthId'),
    ).toEqual([
      {
        severity: 'error',
        code: 'business-rule',
        details: { text: 'STR-005' },
        diagnostics: 'STR-005: youthId can not change: delete the record and send it under a new id.',
        expression: ['youthId'],
      },
    ]);
    expect((await agency.get(`/${kind}/${id}/fhir`)).json).toEqual(before.json);
  });

  test('named by its FHIR id, it is refused too', async () => {
    const bo = await agency.resource('Patient', 'youth-2');
    const record = { ...example('outcomes'), youthId: `Patient/${bo.id}` };
    const answer = await agency.send('PUT', '/outcomes/outcome-1', record);
    expect([answer.status, answer.json.issue[0].details?.text]).toEqual([422, 'STR-005']);
  });

  test('a part alone can not go to another youth either', async () => {
    // The main resource was deleted over FHIR: the review is still about the first youth.
    const other = service.agency();
    await other.sendExamplesUpTo('notes');
    await other.put('youths', BO);
    const note = { ...example('notes'), sessionIds: [], goalIds: [], planIds: [], ...REVIEW };
    await other.put('notes', note);
    await other.partner('DocumentReference', 'note-1', (document) => {
      document.status = 'entered-in-error';
    });
    const answer = await other.send('PUT', '/notes/note-1', { ...note, youthId: 'youth-2' });
    expect([answer.status, answer.json.issue[0].details.text]).toEqual([422, 'STR-005']);
  });
});

describe('the same youth', () => {
  test('may be named by its FHIR id', async () => {
    const patient = await agency.resource('Patient', 'youth-1');
    const record = { ...example('feedbacks'), youthId: `Patient/${patient.id}` };
    expect((await agency.put('feedbacks', record)).json.outcome).toBe('updated');
    expect((await agency.put('feedbacks', example('feedbacks'))).json.outcome).toBe('updated');
  });

  test('comes back where a partner had put another', async () => {
    const [ana, bo] = [await agency.resource('Patient', 'youth-1'), await agency.resource('Patient', 'youth-2')];
    await agency.partner('Communication', 'feedback-1', (message) => {
      message.subject = { reference: `Patient/${bo.id}`, display: 'Bo Stone' };
    });
    await agency.put('feedbacks', { ...example('feedbacks'), text: 'Other words.' });
    const message = await agency.resource('Communication', 'feedback-1');
    expect(message.subject).toEqual({ reference: `Patient/${ana.id}`, type: 'Patient' });
  });

  test('may be the one a partner has put, as reading the record shows it', async () => {
    const bo = await agency.resource('Patient', 'youth-2');
    await agency.put('outcomes', { ...example('outcomes'), id: 'moved' });
    await agency.partner('Observation', 'moved', (observation) => {
      (observation.subject as { reference: string }).reference = `Patient/${bo.id}`;
    });
    const read = (await agency.get('/outcomes/moved')).json;
    expect(read.youthId).toBe('youth-2');
    expect((await agency.put('outcomes', { ...read, score: 13 })).json.outcome).toBe('updated');
    expect((await agency.resource('Observation', 'moved')).subject).toMatchObject({ reference: `Patient/${bo.id}` });
  });
});

test('deleted and sent again for another youth, a record gets new resources; the old ones stay with their youth', async () => {
  const other = service.agency();
  await other.sendExamplesUpTo('plans');
  await other.put('youths', BO);
  await other.partner('Condition', 'diagnosis-1', (condition) => {
    condition.note = [{ text: 'Ana told the clinic' }];
  });
  const old = (await other.resource('Condition', 'diagnosis-1')) as unknown as Condition;
  expect((await other.send('DELETE', '/diagnoses/diagnosis-1')).status).toBe(204);
  const answer = await other.put('diagnoses', { ...example('diagnoses'), youthId: 'youth-2' });
  expect([answer.status, answer.json.outcome]).toEqual([201, 'created']);

  const bo = await other.resource('Patient', 'youth-2');
  const now = (await other.resource('Condition', 'diagnosis-1')) as unknown as Condition;
  expect(answer.json.resources).toEqual([`Condition/${now.id}`]);
  expect([now.id === old.id, now.subject.reference, now.note]).toEqual([false, `Patient/${bo.id}`, undefined]);
  const left = await service.store.resources.read(other.grant, 'Condition', String(old.id));
  expect(JSON.parse(left?.content ?? '')).toMatchObject({
    subject: old.subject,
    verificationStatus: { coding: [{ code: 'entered-in-error' }] },
  });
  const plan = (await other.resource('CarePlan', 'plan-1')) as unknown as CarePlan;
  expect(plan.addresses?.[0]?.reference).toBe(`Condition/${old.id}`);
  // And the plan can not name it any more.
  const stale = await other.send('PUT', '/plans/plan-1', { ...example('plans'), title: 'Other' });
  expect([stale.status, stale.json.issue[0].details.text]).toEqual([422, 'STR-005']);
  // For the same youth it would have come back under its old id.
  await other.send('DELETE', '/diagnoses/diagnosis-1');
  await other.put('diagnoses', { ...example('diagnoses'), youthId: 'youth-2' });
  expect((await other.resource('Condition', 'diagnosis-1')).id).toBe(now.id);
});

test('deleted over FHIR and sent for another youth, a record gets new resources too', async () => {
  const { id, meta } = await agency.resource('Communication', 'feedback-1');
  await service.store.resources.commit(agency.grant, {
    resources: [
      { resourceType: 'Communication', id: String(id), expectedVersion: Number(meta?.versionId), method: 'DELETE' },
    ],
  });
  await agency.put('feedbacks', {
    ...example('feedbacks'),
    youthId: 'youth-2',
    guardianIds: ['bo-father'],
    goalIds: [],
  });
  expect((await agency.resource('Communication', 'feedback-1')).id).not.toBe(id);
  const left = await service.store.resources.read(agency.grant, 'Communication', String(id));
  expect(left?.deleted).toBe(true);
});

describe('whose a resource is', () => {
  const rows: [resource: object, patient: string | undefined][] = [
    [{ resourceType: 'Condition', subject: { reference: 'Patient/1' } }, 'Patient/1'],
    [{ resourceType: 'EpisodeOfCare', patient: { reference: 'Patient/1' } }, 'Patient/1'],
    [{ resourceType: 'Coverage', beneficiary: { reference: 'Patient/1' } }, 'Patient/1'],
    [{ resourceType: 'Task', for: { reference: 'Patient/1' }, focus: { reference: 'Patient/2' } }, 'Patient/1'],
    [{ resourceType: 'Task', for: { reference: 'urn:mentoring:Patient:y' } }, 'urn:mentoring:Patient:y'],
    [{ resourceType: 'CarePlan', subject: { reference: 'Group/1' } }, undefined],
    [{ resourceType: 'CarePlan', subject: { reference: 'urn:mentoring:Group:1' } }, undefined],
    [{ resourceType: 'CarePlan', subject: { display: 'somebody' } }, undefined],
    [{ resourceType: 'Patient', id: '1' }, undefined],
    [{ resourceType: 'Binary', securityContext: { reference: 'Patient/1' } }, undefined],
  ];
  test.each(rows)('%j', (resource, patient) => {
    expect(patientOf(resource as Resource)).toBe(patient);
  });
});
