/**
 * DELETE marks and never erases; a discharge ends an episode and can be taken back.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#delete, https://hl7.org/fhir/R4/episodeofcare.html
 */
import type { EpisodeOfCare, Resource } from '@medplum/fhirtypes';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { isRetired, RETIRABLE_TYPES, retired } from '../../src/records/resources/retire.ts';
import { type Agency, example, type RecordsService, startRecords } from './service.ts';

let service: RecordsService;

beforeAll(async () => {
  service = await startRecords();
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

test('every type a record can become has its form of deletion', () => {
  const types = RECORD_KINDS.flatMap(({ main, withRecordId, parts }) => [
    main,
    ...withRecordId,
    ...parts.map(({ resourceType }) => resourceType),
  ]);
  expect([...new Set(types)].sort()).toEqual([...RETIRABLE_TYPES].sort());
});

describe('deleting and sending again, for every kind', () => {
  let agency: Agency;
  beforeAll(async () => {
    agency = service.agency();
    await agency.sendExamplesUpTo('feedbacks');
  });

  const independent = RECORD_KINDS.filter(({ overlays }) => !overlays);
  test.each(independent.map(({ kind }) => kind))('%s', async (kind) => {
    const { id } = example(kind);
    const before = (await agency.get(`/${kind}/${id}/fhir`)).json.entry.map(
      ({ resource }: { resource: Resource }) => resource,
    );
    expect((await agency.send('DELETE', `/${kind}/${id}`)).status).toBe(204);
    expect((await agency.get(`/${kind}/${id}`)).status).toBe(410);
    expect((await agency.get(`/${kind}/${id}?as=sent`)).status).toBe(410);
    expect((await agency.get(`/${kind}/${id}/fhir`)).status).toBe(410);
    expect((await agency.get(`/${kind}`)).json.items.map((item: { id: string }) => item.id)).not.toContain(id);
    for (const resource of before) {
      const stored = await service.store.resources.read(agency.grant, resource.resourceType, resource.id);
      expect(stored?.deleted || isRetired(JSON.parse(stored?.content ?? ''))).toBe(true);
      const findings = stored?.deleted ? [] : service.engines.validator.validate(JSON.parse(stored?.content ?? ''));
      expect(findings.filter((finding) => finding.severity === 'error' && !finding.ruleId)).toEqual([]);
    }
    // Once more: no harm, no new version.
    const count = await versions(agency);
    expect((await agency.send('DELETE', `/${kind}/${id}`)).status).toBe(204);
    expect(await versions(agency)).toBe(count);

    const again = await agency.put(kind, example(kind));
    expect([again.status, again.json.outcome, again.json.version]).toEqual([201, 'created', 3]);
    expect((await agency.get(`/${kind}/${id}`)).json).toEqual(example(kind));
    const after = (await agency.get(`/${kind}/${id}/fhir`)).json.entry.map(
      ({ resource }: { resource: Resource }) => resource,
    );
    expect(after.map(({ id: one }: Resource) => one)).toEqual(before.map(({ id: one }: Resource) => one));
    expect(after.some((resource: Resource) => isRetired(resource))).toBe(false);
  });

  async function versions(of: Agency): Promise<number> {
    return (await service.store.resources.history(of.grant, { count: 1000 })).versions.length;
  }
});

test('what was never there is deleted too', async () => {
  expect((await service.agency().send('DELETE', '/sessions/never')).status).toBe(204);
});

test('Provenance says that the record was taken back', async () => {
  const agency = service.agency();
  await agency.sendExamplesUpTo('organizations');
  await agency.send('DELETE', '/organizations/agency');
  const { versions } = await service.store.resources.history(agency.grant, { resourceType: 'Provenance', count: 1 });
  expect(JSON.parse(versions[0]?.content ?? '')).toMatchObject({
    activity: { coding: [{ code: 'NULLIFY' }] },
    target: [{ reference: expect.stringMatching(/^(Organization|HealthcareService)\/\w+\/_history\/2$/) }, {}],
    entity: [{ role: 'removal', what: { identifier: { value: 'agency' } } }],
  });
});

test('a reference to a deleted record is a warning', async () => {
  const agency = service.agency();
  await agency.sendExamplesUpTo('plans');
  await agency.send('DELETE', '/diagnoses/diagnosis-1');
  const { json } = await agency.put('plans', { ...example('plans'), title: 'Other' });
  expect(json.findings).toContainEqual(
    expect.objectContaining({ code: 'deleted', severity: 'warning', field: 'diagnosisIds[0]' }),
  );
});

describe('a deleted youth', () => {
  test.each(
    RECORD_KINDS.map(({ kind }) => kind).filter((kind) => 'youthId' in example(kind)),
  )('gets no new record of %s; one that is here may be corrected, and the youth may come back', async (kind) => {
    const agency = service.agency();
    await agency.sendExamplesUpTo(kind);
    const { id } = example(kind);
    await agency.send('DELETE', '/youths/youth-1');

    // What is here may be sent again, and deleted; deleted, it is a new one.
    const corrected = await agency.put(kind, example(kind));
    expect(corrected.json.outcome).toBe('unchanged');
    await agency.send('DELETE', `/${kind}/${id}`);
    const refused = await agency.send('PUT', `/${kind}/${id}`, example(kind));
    expect(refused.status).toBe(422);
    expect(refused.json.issue[0]).toMatchObject({
      severity: 'error',
      code: 'deleted',
      expression: ['youthId'],
      diagnostics: 'youthId: the youth "youth-1" was deleted. Send /mentoring/youths/youth-1 first.',
    });
    expect((await agency.get(`/${kind}/${id}`)).status).toBe(410);

    await agency.put('youths', example('youths'));
    expect((await agency.put(kind, example(kind))).json.outcome).toBe('created');
  });

  test('a change of a record that is here is taken, with a warning', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('plans');
    await agency.send('DELETE', '/youths/youth-1');
    const { json } = await agency.put('plans', { ...example('plans'), title: 'Other' });
    expect(json).toMatchObject({ outcome: 'updated', version: 2 });
    expect(json.findings).toContainEqual(
      expect.objectContaining({ code: 'deleted', severity: 'warning', field: 'youthId' }),
    );
  });

  test('a youth that a partner made inactive was not deleted: a warning', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('mentors');
    await agency.partner('Patient', 'youth-1', (patient) => {
      patient.active = false;
    });
    const { json } = await agency.put('diagnoses', example('diagnoses'));
    expect(json.findings).toContainEqual(
      expect.objectContaining({ code: 'deleted', severity: 'warning', field: 'youthId' }),
    );
  });
});

test('a condition entered in error has no clinical status (con-5)', () => {
  const condition = {
    resourceType: 'Condition',
    clinicalStatus: { text: 'x' },
    verificationStatus: {},
    subject: {},
  } as Resource;
  expect(retired(condition)).not.toHaveProperty('clinicalStatus');
  expect(condition).toHaveProperty('clinicalStatus');
});

describe('a discharge', () => {
  const episode = async (agency: Agency) =>
    (await agency.resource('EpisodeOfCare', 'episode-1')) as unknown as EpisodeOfCare;
  const hasDischarge = (one: EpisodeOfCare) =>
    one.extension?.some(({ url }) => url?.endsWith('/tm-discharge')) ?? false;
  let agency: Agency;

  beforeAll(async () => {
    agency = service.agency();
    await agency.sendExamplesUpTo('discharges');
  });

  test('ends the episode’s own resource', async () => {
    const ended = await episode(agency);
    expect([ended.status, ended.period, hasDischarge(ended)]).toEqual([
      'finished',
      { start: '2026-01-12', end: '2026-11-30' },
      true,
    ]);
    expect((await agency.get('/discharges')).json.items[0].resources).toEqual([`EpisodeOfCare/${ended.id}`]);
  });

  test('leaves the episode record as it was sent', async () => {
    expect((await agency.get('/episodes/episode-1')).json).toEqual(example('episodes'));
    expect((await agency.get('/discharges/discharge-1')).json).toEqual(example('discharges'));
  });

  test('stays when the episode is sent again, changed', async () => {
    await agency.put('episodes', { ...example('episodes'), start: '2026-01-10', intensityWeight: 1.5 });
    const ended = await episode(agency);
    expect([ended.status, ended.period, hasDischarge(ended)]).toEqual([
      'finished',
      { start: '2026-01-10', end: '2026-11-30' },
      true,
    ]);
    expect(ended.extension?.filter(({ url }) => url?.endsWith('/tm-discharge'))).toHaveLength(1);
    expect((await agency.get('/episodes/episode-1')).json).toMatchObject({ start: '2026-01-10', status: 'active' });
  });

  test('is corrected in place', async () => {
    await agency.put('discharges', {
      ...example('discharges'),
      dischargedOn: '2026-10-31',
      reason: undefined as never,
    });
    const ended = await episode(agency);
    expect(ended.period?.end).toBe('2026-10-31');
    expect(JSON.stringify(ended.extension)).not.toContain('goals-met');
    expect((await agency.get('/discharges/discharge-1')).json.dischargedOn).toBe('2026-10-31');
  });

  test('a partner’s addition to the ended episode stays through all of it', async () => {
    await agency.partner('EpisodeOfCare', 'episode-1', (resource) => {
      resource.account = [{ display: 'EHR account' }];
    });
    await agency.put('episodes', { ...example('episodes'), start: '2026-01-11' });
    await agency.put('discharges', example('discharges'));
    expect((await episode(agency)).account).toEqual([{ display: 'EHR account' }]);
  });

  test('a second discharge of the episode is refused', async () => {
    const answer = await agency.send('PUT', '/discharges/second', { ...example('discharges'), id: 'second' });
    expect(answer.status).toBe(422);
    expect(answer.json.issue[0].diagnostics).toBe(
      'episodeId: the episode "episode-1" is ended by discharges/discharge-1 already. Correct that record, or delete it first.',
    );
  });

  test('deleting it takes the end off', async () => {
    expect((await agency.send('DELETE', '/discharges/discharge-1')).status).toBe(204);
    const open = await episode(agency);
    expect([open.status, open.period, hasDischarge(open)]).toEqual(['active', { start: '2026-01-11' }, false]);
    expect(open.account).toEqual([{ display: 'EHR account' }]);
    expect((await agency.get('/discharges/discharge-1')).status).toBe(410);
    await agency.put('discharges', example('discharges'));
    expect((await episode(agency)).status).toBe('finished');
  });

  test('moved to another episode, it lets go of the first', async () => {
    await agency.put('episodes', { ...example('episodes'), id: 'episode-2' });
    await agency.put('discharges', { ...example('discharges'), episodeId: 'episode-2' });
    expect((await episode(agency)).status).toBe('active');
    expect((await agency.resource('EpisodeOfCare', 'episode-2')).status).toBe('finished');
    expect((await agency.get('/discharges/discharge-1')).json.episodeId).toBe('episode-2');
  });

  test('a deleted episode stays deleted when its discharge goes, and can not be discharged', async () => {
    await agency.send('DELETE', '/episodes/episode-2');
    await agency.send('DELETE', '/discharges/discharge-1');
    expect((await agency.resource('EpisodeOfCare', 'episode-2')).status).toBe('entered-in-error');
    const answer = await agency.send('PUT', '/discharges/late', {
      ...example('discharges'),
      id: 'late',
      episodeId: 'episode-2',
    });
    expect(answer.json.issue[0].diagnostics).toBe(
      'episodeId: the episode "episode-2" was deleted. Send its record again first.',
    );
  });
});
