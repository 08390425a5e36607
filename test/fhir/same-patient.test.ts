/**
 * STR-005: referral, plan, goals, sessions, notes and claims of one case all have the same patient.
 * profiles/programs/catalogue.json; https://hl7.org/fhir/R4/compartmentdefinition-patient.html
 */
import assert from 'node:assert/strict';
import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { requireSamePatient } from '../../src/fhir/same-patient.ts';
import { STORED_TYPES } from '../../src/fhir/served-types.ts';
import { FhirError } from '../../src/outcome/fhir-error.ts';
import { example, examplesBundle, type FhirApp, firstIssue, patient, startFhirApp } from './fhir-app.ts';

const A = { reference: 'Patient/a' };
const B = { reference: 'Patient/b' };

/** The case types: what the element is called that names the patient. */
const CASE_TYPES: Record<string, 'subject' | 'patient' | 'beneficiary' | 'for'> = {
  CarePlan: 'subject',
  CareTeam: 'subject',
  ChargeItem: 'subject',
  Claim: 'patient',
  ClaimResponse: 'patient',
  Communication: 'subject',
  Composition: 'subject',
  Condition: 'subject',
  Consent: 'patient',
  Coverage: 'beneficiary',
  DetectedIssue: 'patient',
  DocumentReference: 'subject',
  Encounter: 'subject',
  EpisodeOfCare: 'patient',
  ExplanationOfBenefit: 'patient',
  Flag: 'subject',
  Goal: 'subject',
  Observation: 'subject',
  QuestionnaireResponse: 'subject',
  ServiceRequest: 'subject',
  Task: 'for',
};
const OTHER_TYPES = STORED_TYPES.filter((type) => !(type in CASE_TYPES));

/** A resource that names a patient in every element that any type has for it. */
const about = (resourceType: string, whose: object, more: object = {}): Resource => {
  const element = CASE_TYPES[resourceType];
  const named = element ? { [element]: whose } : { subject: whose, patient: whose, for: whose };
  return { resourceType, ...named, ...more } as unknown as Resource;
};

/** What is stored: one resource of each type for B under `Type/of-b`, and for A under `Type/of-a`. */
const stored = new Map<string, Resource>(
  STORED_TYPES.flatMap((type) => [
    [`${type}/of-a`, about(type, A)] as const,
    [`${type}/of-b`, about(type, B)] as const,
  ]),
);

function breaches(resource: Resource, at?: string, find = (key: string) => stored.get(key)): string[] {
  try {
    requireSamePatient([{ resource, ...(at && { at }) }], find);
    return [];
  } catch (error) {
    assert.ok(error instanceof FhirError);
    assert.equal(error.status, 422);
    for (const issue of error.outcome.issue) {
      assert.equal(issue.code, 'business-rule');
      assert.equal(issue.details?.text, 'STR-005');
      assert.doesNotMatch(issue.diagnostics ?? '', /Patient\/|of-b/);
    }
    return error.outcome.issue.map(({ expression }) => expression?.[0] ?? '');
  }
}

const basedOn = (reference: string) => ({ basedOn: [{ reference }] });

describe('what belongs to one case', () => {
  for (const type of Object.keys(CASE_TYPES)) {
    test(`${type}: may name what is of its patient, and nothing of another`, () => {
      assert.deepEqual(breaches(about(type, A, basedOn('ServiceRequest/of-a'))), []);
      assert.deepEqual(breaches(about(type, A, basedOn('ServiceRequest/of-b'))), [`${type}.basedOn[0]`]);
    });

    test(`${type} of another patient can not be named`, () => {
      assert.deepEqual(breaches(about('Encounter', A, basedOn(`${type}/of-a`))), []);
      assert.deepEqual(breaches(about('Encounter', A, basedOn(`${type}/of-b`))), ['Encounter.basedOn[0]']);
    });
  }
});

describe('what may be about several patients', () => {
  assert.ok(OTHER_TYPES.includes('Group') && OTHER_TYPES.includes('List') && OTHER_TYPES.includes('Appointment'));
  for (const type of OTHER_TYPES) {
    test(`${type} names anything and may be named by anything`, () => {
      assert.deepEqual(breaches(about(type, A, basedOn('ServiceRequest/of-b'))), []);
      assert.deepEqual(breaches(about('Encounter', A, basedOn(`${type}/of-b`))), []);
    });
  }
});

describe('where it is named', () => {
  const goalOfB = { reference: 'Goal/of-b' };
  const rows: [title: string, more: object, expressions: string[]][] = [
    [
      'in a list',
      { diagnosis: [{ condition: { reference: 'Condition/of-a' } }, { condition: goalOfB }] },
      ['Encounter.diagnosis[1].condition'],
    ],
    [
      'in an extension',
      { extension: [{ url: 'urn:x', valueReference: goalOfB }] },
      ['Encounter.extension[0].valueReference'],
    ],
    ['as one version', basedOn('ServiceRequest/of-b/_history/1'), ['Encounter.basedOn[0]']],
    [
      'twice',
      { appointment: [goalOfB], reasonReference: [goalOfB] },
      ['Encounter.appointment[0]', 'Encounter.reasonReference[0]'],
    ],
    [
      'by a contained resource',
      { contained: [about('Goal', A, basedOn('Task/of-b'))] },
      ['Encounter.contained[0].basedOn[0]'],
    ],
    ['as a contained resource', { contained: [about('Goal', A), about('Goal', B)] }, ['Encounter.contained[1]']],
  ];
  for (const [title, more, expressions] of rows) {
    test(title, () => assert.deepEqual(breaches(about('Encounter', A, more)), expressions));
  }

  test('in an entry of a Bundle', () => {
    const resource = about('Encounter', A, basedOn('Task/of-b'));
    assert.deepEqual(breaches(resource, 'Bundle.entry[2].resource'), ['Bundle.entry[2].resource.basedOn[0]']);
  });
});

describe('what can not be compared passes', () => {
  const rows: [title: string, resource: Resource][] = [
    [
      'a patient of another server',
      about('Encounter', { reference: 'https://ehr.example/fhir/Patient/9' }, basedOn('Goal/of-b')),
    ],
    ['a patient known by an identifier', about('Encounter', { identifier: { value: '9' } }, basedOn('Goal/of-b'))],
    ['a group', about('Encounter', { reference: 'Group/of-a' }, basedOn('Goal/of-b'))],
    ['no patient', { resourceType: 'CareTeam', ...basedOn('Goal/of-b') } as unknown as Resource],
    ['a resource of another server', about('Encounter', A, basedOn('https://ehr.example/fhir/Goal/of-b'))],
    ['a resource that was not read', about('Encounter', A, basedOn('Goal/unread'))],
    [
      'a patient as a version of the same',
      about('Encounter', { reference: 'Patient/a/_history/3' }, basedOn('Goal/of-a')),
    ],
    ['another person', about('Encounter', A, { participant: [{ individual: B }] })],
    [
      'what is not of the right shape',
      about('Encounter', 'Patient/a' as never, { ...basedOn('Goal/of-b'), contained: [7, null] }),
    ],
    ['a subject that is null', about('Encounter', null as never, basedOn('Goal/of-b'))],
  ];
  for (const [title, resource] of rows) test(title, () => assert.deepEqual(breaches(resource), []));

  test('a stored resource without a patient', () => {
    const team = { resourceType: 'CareTeam' } as Resource;
    assert.deepEqual(
      breaches(about('Encounter', A, basedOn('CareTeam/any')), undefined, () => team),
      [],
    );
  });
});

describe('over HTTP', () => {
  let app: FhirApp;
  beforeAll(async () => {
    app = await startFhirApp();
    const stored = await send('POST', '/', examplesBundle());
    assert.equal(stored.status, 200, stored.text);
    const youth = patient({ id: 'other-youth' });
    assert.equal((await send('PUT', '/Patient/other-youth', youth)).status, 201);
    assert.equal((await send('PUT', '/Goal/other-goal', goalOf('other-youth', 'other-goal'))).status, 201);
  });
  afterAll(() => app.close());

  const send = (method: 'PUT' | 'POST', path: string, body: object) =>
    app.agent[method === 'PUT' ? 'put' : 'post'](path)
      .set('Content-Type', 'application/fhir+json')
      .send(JSON.stringify(body));
  const goalOf = (youth: string, id?: string): Record<string, unknown> => {
    const { addresses: _theirs, id: _replaced, ...goal } = example('Goal-example-goal');
    const subject = { reference: youth.includes(':') ? youth : `Patient/${youth}` };
    return { ...goal, ...(id && { id }), subject, expressedBy: subject };
  };

  test('a session of one youth with the episode of another is refused, and the session stays as it was', async () => {
    const session = example('Encounter-example-session');
    const theirs = example('EpisodeOfCare-example-episode');
    assert.notDeepEqual(session.subject, theirs.patient);
    const episodeOfCare = [{ reference: `EpisodeOfCare/${theirs.id}` }];
    const answer = await send('PUT', `/Encounter/${session.id}`, { ...session, episodeOfCare });
    assert.equal(answer.status, 422, answer.text);
    assert.match(firstIssue(answer.body).diagnostics, /^STR-005: This EpisodeOfCare is about another patient/);
    assert.deepEqual(firstIssue(answer.body).expression, ['Encounter.episodeOfCare[0]']);
    assert.doesNotMatch(answer.text, /Patient\//);
    assert.equal((await app.agent.get(`/Encounter/${session.id}`)).body.meta.versionId, '1');
  });

  test('a plan with a goal of another youth is refused; with one of its own it is stored', async () => {
    const plan = example('CarePlan-example-treatment-plan');
    const withGoal = (id: string) =>
      send('PUT', `/CarePlan/${plan.id}`, { ...plan, goal: [{ reference: `Goal/${id}` }] });
    const refused = await withGoal('other-goal');
    assert.equal(refused.status, 422, refused.text);
    assert.deepEqual(firstIssue(refused.body).expression, ['CarePlan.goal[0]']);
    assert.equal((await withGoal('example-goal')).status, 200);
  });

  test('within a transaction what is written counts, not what is stored', async () => {
    const plan = example('CarePlan-example-treatment-plan');
    const urn = 'urn:uuid:0f5c9b1c-8d1e-4b6a-9a6b-3b8f6d1c2e01';
    const transaction = (youth: string) =>
      send('POST', '/', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            resource: { ...plan, id: undefined, goal: [{ reference: urn }] },
            request: { method: 'POST', url: 'CarePlan' },
          },
          { fullUrl: urn, resource: goalOf(youth), request: { method: 'POST', url: 'Goal' } },
        ],
      });
    const goals = async () => (await app.agent.get('/Goal?_summary=count')).body.total as number;
    const before = await goals();
    const refused = await transaction('other-youth');
    assert.equal(refused.status, 422, refused.text);
    assert.deepEqual(firstIssue(refused.body).expression, ['Bundle.entry[0].resource.goal[0]']);
    assert.equal(await goals(), before);
    assert.equal((await transaction('example-youth')).status, 200);
    assert.equal(await goals(), before + 1);

    // The stored goal changes hands in the same transaction as the plan that names it.
    const moved = await send('POST', '/', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          resource: { ...plan, id: 'moved', goal: [{ reference: 'Goal/other-goal' }] },
          request: { method: 'PUT', url: 'CarePlan/moved' },
        },
        { resource: goalOf('example-youth', 'other-goal'), request: { method: 'PUT', url: 'Goal/other-goal' } },
      ],
    });
    assert.equal(moved.status, 200, moved.text);
  });
});
