/**
 * A record among others: what partners added, what it names, what it no longer has, what the program's rules say.
 *
 * Spec: https://hl7.org/fhir/R4/references.html, https://hl7.org/fhir/R4/lifecycle.html
 */
import type { CarePlan, Condition, Patient } from '@medplum/fhirtypes';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Agency, type Answer, example, type RecordsService, startRecords } from './service.ts';

let service: RecordsService;
/** An agency that has sent everything up to its sessions. Tests that change shared records take their own. */
let shared: Agency;

beforeAll(async () => {
  service = await startRecords();
  shared = service.agency();
  await shared.sendExamplesUpTo('sessions');
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

const issues = ({ json }: Answer) =>
  json.issue.map((issue: { code: string; expression?: string[]; diagnostics: string }) => [
    issue.code,
    issue.expression?.[0],
    issue.diagnostics,
  ]);

describe('what partners added', () => {
  test('survives a PUT; what the map owns does not', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('youths');
    await agency.partner('Patient', 'youth-1', (patient) => {
      patient.photo = [{ contentType: 'image/png', url: 'https://ehr.example/photo' }];
      patient.gender = 'male';
      (patient.identifier as object[]).push({ system: 'https://ehr.example/mrn', value: '77' });
    });
    await agency.put('youths', { ...example('youths'), family: 'Rivera-Diaz' });
    const patient = (await agency.resource('Patient', 'youth-1')) as unknown as Patient;
    expect(patient.photo).toEqual([{ contentType: 'image/png', url: 'https://ehr.example/photo' }]);
    expect(patient.gender).toBe('female');
    expect(patient.name?.[0]?.family).toBe('Rivera-Diaz');
    expect(patient.identifier).toContainEqual({ system: 'https://ehr.example/mrn', value: '77' });
    // And again, now that the link remembers what the map wrote.
    const { phone: _phone, ...rest } = example('youths');
    await agency.put('youths', { ...rest, gender: 'other', language: undefined as never });
    const later = (await agency.resource('Patient', 'youth-1')) as unknown as Patient;
    expect(later.photo).toHaveLength(1);
    expect(later.communication).toBeUndefined();
    expect(later.identifier).toHaveLength(patient.identifier?.length ?? 0);
  });

  test('about one clinician and one code does not move to another', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('mentors');
    const diagnosis = { ...example('diagnoses'), diagnosedById: 'mentor-1' };
    await agency.put('diagnoses', diagnosis);
    await agency.partner('Condition', 'diagnosis-1', (condition) => {
      Object.assign(condition.asserter as object, {
        display: 'Dana Brooks',
        identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' },
      });
      const code = condition.code as { coding: object[]; text?: string };
      code.text = 'PTSD';
      code.coding.push({ system: 'http://snomed.info/sct', code: '47505003' });
      condition.note = [{ text: 'Seen at the clinic' }];
    });
    await agency.put('diagnoses', { ...diagnosis, recordedOn: '2026-01-06' });
    const same = (await agency.resource('Condition', 'diagnosis-1')) as unknown as Condition;
    expect([same.asserter?.display, same.code?.text, same.code?.coding?.length]).toEqual(['Dana Brooks', 'PTSD', 2]);

    await agency.put('diagnoses', { ...diagnosis, diagnosedById: 'supervisor-1', icd10: 'F32.9' });
    const other = (await agency.resource('Condition', 'diagnosis-1')) as unknown as Condition;
    const supervisor = await agency.resource('PractitionerRole', 'supervisor-1');
    expect(other.asserter).toEqual({ reference: `PractitionerRole/${supervisor.id}`, type: 'PractitionerRole' });
    expect(other.code).toEqual({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F32.9' }] });
    expect(other.note).toEqual([{ text: 'Seen at the clinic' }]);
  });

  test('of one address and one name does not move to another', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('organizations');
    const youth = { ...example('youths'), address: { lines: ['1 Main St'], city: 'Springfield', state: 'MA' } };
    await agency.put('youths', youth);
    await agency.partner('Patient', 'youth-1', (patient) => {
      Object.assign((patient.address as object[])[0] as object, { postalCode: '01103', text: '1 Main St' });
      Object.assign((patient.name as object[])[0] as object, { text: 'Ana Rivera' });
      patient._birthDate = {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2011-05-06T04:00:00Z' },
        ],
      };
      patient.text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Ana Rivera</div>' };
    });
    await agency.put('youths', {
      ...youth,
      family: 'Diaz',
      birthDate: '2012-05-06',
      address: { lines: ['9 Elm St'], city: 'Springfield', state: 'MA' },
    });
    const patient = await agency.resource('Patient', 'youth-1');
    expect(JSON.stringify(patient)).not.toMatch(/01103|1 Main St|Ana Rivera|birthTime/);
    expect(patient.address).toMatchObject([{ line: ['9 Elm St'], city: 'Springfield', state: 'MA' }]);
  });

  test('shows in the record where the record has a field for it', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('youths');
    await agency.partner('Patient', 'youth-1', (patient) => {
      patient.birthDate = '2011-05-07';
    });
    expect((await agency.get('/youths/youth-1')).json).toEqual({ ...example('youths'), birthDate: '2011-05-07' });
    expect((await agency.get('/youths/youth-1?as=sent')).json).toEqual(example('youths'));
  });

  test('a resource a partner made is named by Type/id, read and written', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('plans');
    const youth = await agency.resource('Patient', 'youth-1');
    await service.store.resources.commit(agency.grant, {
      resources: [
        {
          resourceType: 'Condition',
          id: 'from-ehr',
          expectedVersion: 0,
          method: 'POST',
          resource: { resourceType: 'Condition', subject: { reference: `Patient/${youth.id}` } },
        },
      ],
    });
    await agency.partner('CarePlan', 'plan-1', (plan) => {
      (plan.addresses as object[]).push({ reference: 'Condition/from-ehr', type: 'Condition' });
    });
    const read = await agency.get('/plans/plan-1');
    expect(read.json.diagnosisIds).toEqual(['diagnosis-1', 'Condition/from-ehr']);
    const written = await agency.put('plans', { ...read.json, title: 'Plan with the clinic’s diagnosis' });
    expect(written.json.outcome).toBe('updated');
    const plan = (await agency.resource('CarePlan', 'plan-1')) as unknown as CarePlan;
    expect(plan.addresses?.map(({ reference }) => reference)).toContain('Condition/from-ehr');
  });
});

describe('references', () => {
  test('to records that are not here are refused together, with what to send first', async () => {
    const record = {
      ...example('sessions'),
      id: 'lost',
      youthId: 'nobody',
      goalIds: ['goal-1', 'goal-9'],
      referralId: 'r-9',
    };
    const answer = await shared.send('PUT', '/sessions/lost', record);
    expect(answer.status).toBe(422);
    expect(issues(answer)).toEqual(
      expect.arrayContaining([
        ['not-found', 'youthId', 'youthId: there is no youth "nobody". Send /mentoring/youths/nobody first.'],
        [
          'not-found',
          'goalIds[1]',
          'goalIds[1]: there is no goal "goal-9". Send the record in plans that has it in goals first.',
        ],
        ['not-found', 'referralId', 'referralId: there is no referral "r-9". Send /mentoring/referrals/r-9 first.'],
      ]),
    );
    expect((await shared.get('/sessions/lost')).status).toBe(404);
  });

  test('a record before the agency’s own organization says so', async () => {
    const agency = service.agency();
    const youth = { ...example('youths'), coverages: [] };
    await agency.put('youths', youth);
    const answer = await agency.send('PUT', '/notes/note-1', {
      ...example('notes'),
      sessionIds: [],
      goalIds: [],
      planIds: [],
      authorId: undefined,
    });
    expect(issues(answer)).toContainEqual([
      'not-found',
      undefined,
      "Your agency's own organization record is not here. Send /mentoring/organizations/agency first.",
    ]);
  });

  test('to another youth’s guardian, goal or referral are refused', async () => {
    const other = { id: 'youth-2', family: 'Stone', given: ['Bo'], birthDate: '2012-01-01', gender: 'male' };
    await shared.put('youths', other);
    const record = { ...example('sessions'), id: 'mixed', youthId: 'youth-2', guardianIds: ['youth-1-mother'] };
    const answer = await shared.send('PUT', '/sessions/mixed', record);
    expect(answer.status).toBe(422);
    const found = issues(answer);
    expect(found).toContainEqual([
      'business-rule',
      'guardianIds[0]',
      'STR-005: guardianIds[0]: "youth-1-mother" belongs to another youth.',
    ]);
    expect(found).toContainEqual([
      'business-rule',
      'goalIds[0]',
      'STR-005: goalIds[0]: "goal-1" belongs to another youth.',
    ]);
    expect(found).toContainEqual([
      'business-rule',
      'referralId',
      'STR-005: referralId: "referral-1" belongs to another youth.',
    ]);
  });

  test('a part whose id another record uses is refused', async () => {
    const record = { ...example('plans'), id: 'plan-2' };
    const answer = await shared.send('PUT', '/plans/plan-2', record);
    expect(issues(answer)).toContainEqual([
      'duplicate',
      'goals[0].id',
      'goals[0].id: "goal-1" belongs to plans/plan-1 already. Use an id that no other of your records uses.',
    ]);
  });

  test('text that looks like a reference stays text', async () => {
    const record = { ...example('sessions'), id: 'text', participantPreference: 'urn:mentoring:Patient:youth-1' };
    await shared.put('sessions', record);
    expect((await shared.get('/sessions/text')).json).toEqual(record);
  });
});

describe('parts that a record no longer has', () => {
  test('are marked, and come back under the same id', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('plans');
    const goal = await agency.resource('Goal', 'goal-1');
    const { goals, ...plan } = example('plans');
    await agency.put('plans', { ...plan, goals: [{ ...(goals as object[])[0], id: 'goal-2' }] as never });
    const removed = await agency.resource('Goal', 'goal-1');
    expect([removed.id, removed.lifecycleStatus]).toEqual([goal.id, 'entered-in-error']);
    expect((await agency.resource('Goal', 'goal-2')).lifecycleStatus).toBe('active');
    expect((await agency.get('/plans/plan-1')).json.goals.map(({ id }: { id: string }) => id)).toEqual(['goal-2']);
    await agency.put('plans', example('plans'));
    const back = await agency.resource('Goal', 'goal-1');
    expect([back.id, back.lifecycleStatus]).toEqual([goal.id, 'active']);
    expect((await agency.get('/plans/plan-1')).json).toEqual(example('plans'));
    expect((await agency.get('/plans/plan-1/fhir')).json.entry).toHaveLength(3);
  });

  test('a guardian and a coverage that were dropped', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('youths');
    await agency.put('youths', { ...example('youths'), guardians: [], coverages: [] });
    expect((await agency.resource('RelatedPerson', 'youth-1-mother')).active).toBe(false);
    expect((await agency.resource('Coverage', 'youth-1-coverage')).status).toBe('entered-in-error');
  });
});

describe('program rules', () => {
  const twentyHours = () => ({
    ...example('referrals'),
    id: 'rule',
    program: 'va-hr-csa',
    status: 'draft',
    intent: 'proposal',
    hoursPerMonth: 20,
    authorizationNumber: undefined as never,
  });

  test('a request of our own that breaks one is refused, and nothing is stored', async () => {
    const answer = await shared.send('PUT', '/referrals/rule', twentyHours());
    expect(answer.status).toBe(422);
    expect(answer.json.issue[0]).toMatchObject({
      severity: 'error',
      code: 'business-rule',
      details: { text: expect.stringMatching(/^HRC-/) },
    });
    expect((await shared.get('/referrals/rule')).status).toBe(404);
  });

  test('the same as history is a fact: stored, with its findings', async () => {
    const answer = await shared.send('PUT', '/referrals/rule?history=true', twentyHours());
    expect(answer.status).toBe(201);
    expect(answer.json.findings.some((finding: { ruleId?: string }) => finding.ruleId?.startsWith('HRC-'))).toBe(true);
    expect(answer.json.findings.every((finding: { severity: string }) => finding.severity !== 'error')).toBe(true);
  });

  test('a fact that breaks one is stored, or refused where the sender asks for it', async () => {
    const excluded = { ...example('sessions'), id: 'clinic', activities: ['clinical-therapy'] };
    const refused = await shared.send('PUT', '/sessions/clinic?onFinding=refuse', excluded);
    expect(refused.status).toBe(422);
    expect(refused.json.issue.map((issue: { details?: { text: string } }) => issue.details?.text)).toContain('CYS-048');
    expect((await shared.get('/sessions/clinic')).status).toBe(404);
    const stored = await shared.put('sessions', excluded);
    expect(stored.status).toBe(201);
    expect(stored.json.findings).toContainEqual(expect.objectContaining({ ruleId: 'CYS-048', severity: 'warning' }));
  });
});
