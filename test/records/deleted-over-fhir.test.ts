/**
 * What a partner deletes over FHIR: the records API says so, and sending the record again brings it back.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#delete (410 for what was deleted)
 */
import type { EpisodeOfCare } from '@medplum/fhirtypes';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { type Agency, example, type RecordsService, startRecords } from './service.ts';

/** A note with all the resources that one can have. */
const { text: _text, ...NOTE }: JsonObject = {
  ...example('notes'),
  reviewedById: 'supervisor-1',
  reviewedOn: '2026-03-05',
  attachment: { contentType: 'text/plain', data: Buffer.from('Drawn on the bus').toString('base64') },
};

let service: RecordsService;
let agency: Agency;

beforeAll(async () => {
  service = await startRecords();
  agency = service.agency();
  await agency.sendExamplesUpTo('feedbacks');
  await agency.put('notes', NOTE);
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

/** What was sent last of each kind. */
const sent = (kind: string): JsonObject => (kind === 'notes' ? NOTE : example(kind));

async function deleteOverFhir(of: Agency, resourceType: string, sourceId: string): Promise<string> {
  const { id, meta } = await of.resource(resourceType, sourceId);
  const expectedVersion = Number(meta?.versionId);
  await service.store.resources.commit(of.grant, {
    resources: [{ resourceType, id: String(id), expectedVersion, method: 'DELETE' }],
  });
  return `${resourceType}/${id}`;
}

const independent = RECORD_KINDS.filter(({ overlays }) => !overlays);

describe('the main resource', () => {
  test.each(independent.map(({ kind, main }) => ({ kind, main })))('$main of $kind', async ({ kind, main }) => {
    const id = String(example(kind).id);
    const reference = await deleteOverFhir(agency, main, id);
    const gone = await agency.get(`/${kind}/${id}`);
    expect([gone.status, gone.json.issue[0].code, gone.json.issue[0].diagnostics]).toEqual([
      410,
      'deleted',
      `The ${main} of ${kind}/${id} is gone: it was deleted, and not through this record. Send the record again to bring it back, or read it as you sent it with ?as=sent.`,
    ]);
    expect((await agency.get(`/${kind}/${id}?as=sent`)).json).toEqual(sent(kind));

    const back = await agency.put(kind, sent(kind));
    expect([back.status, back.json.outcome]).toEqual([200, 'updated']);
    expect(back.json.resources).toContain(reference);
    expect((await agency.get(`/${kind}/${id}`)).json).toEqual(sent(kind));
    expect((await agency.put(kind, sent(kind))).json.outcome).toBe('unchanged');
  });
});

describe('another resource of the record', () => {
  const rows = [
    ['organizations', 'HealthcareService', 'agency'],
    ['youths', 'RelatedPerson', 'youth-1-mother'],
    ['youths', 'Coverage', 'youth-1-coverage'],
    ['plans', 'Goal', 'goal-1'],
    ['episodes', 'CareTeam', 'episode-1'],
    ['notes', 'Binary', 'note-1'],
    ['notes', 'Task', 'note-1'],
  ] as const;
  test.each(rows)('%s: %s comes back', async (kind, resourceType, sourceId) => {
    const id = String(example(kind).id);
    await deleteOverFhir(agency, resourceType, sourceId);
    const without = await agency.get(`/${kind}/${id}`);
    expect(without.status).toBe(200);
    expect(without.json).not.toEqual(sent(kind));
    expect((await agency.put(kind, sent(kind))).json.outcome).toBe('updated');
    expect((await agency.resource(resourceType, sourceId)).resourceType).toBe(resourceType);
    expect((await agency.get(`/${kind}/${id}`)).json).toEqual(sent(kind));
    expect((await agency.put(kind, sent(kind))).json.outcome).toBe('unchanged');
  });

  test('the Practitioner of a mentor is needed', async () => {
    await deleteOverFhir(agency, 'Practitioner', 'mentor-1');
    const gone = await agency.get('/mentors/mentor-1');
    expect([gone.status, gone.json.issue[0].diagnostics]).toEqual([
      410,
      expect.stringMatching(/^The Practitioner of mentors\/mentor-1 is gone/),
    ]);
    expect((await agency.put('mentors', sent('mentors'))).json.outcome).toBe('updated');
    expect((await agency.get('/mentors/mentor-1')).json).toEqual(sent('mentors'));
  });
});

describe('the episode under a discharge', () => {
  test('deleted: the episode first, and the discharge stands again', async () => {
    await deleteOverFhir(agency, 'EpisodeOfCare', 'episode-1');
    expect((await agency.get('/discharges/discharge-1')).status).toBe(410);
    const refused = await agency.send('PUT', '/discharges/discharge-1', example('discharges'));
    expect([refused.status, refused.json.issue[0].diagnostics]).toEqual([422, expect.stringMatching(/^episodeId: /)]);
    expect((await agency.put('episodes', example('episodes'))).json.outcome).toBe('updated');
    const episode = (await agency.resource('EpisodeOfCare', 'episode-1')) as unknown as EpisodeOfCare;
    expect([episode.status, episode.period?.end]).toEqual(['finished', '2026-11-30']);
    expect((await agency.get('/discharges/discharge-1')).json).toEqual(example('discharges'));
    expect((await agency.put('discharges', example('discharges'))).json.outcome).toBe('unchanged');
  });

  test('deleted and sent for another youth: the discharge is not of that episode any more', async () => {
    const other = service.agency();
    await other.sendExamplesUpTo('discharges');
    await other.put('youths', {
      id: 'youth-2',
      family: 'Stone',
      given: ['Bo'],
      birthDate: '2012-01-01',
      gender: 'male',
    });
    await other.send('DELETE', '/episodes/episode-1');
    await other.put('episodes', { ...example('episodes'), youthId: 'youth-2', referralIds: [] });
    expect((await other.get('/discharges/discharge-1')).status).toBe(410);
    const episode = (await other.resource('EpisodeOfCare', 'episode-1')) as unknown as EpisodeOfCare;
    expect(episode.status).toBe('active');
    const again = await other.send('PUT', '/discharges/discharge-1', example('discharges'));
    expect([again.status, again.json.issue[0].details.text]).toEqual([422, 'STR-005']);
    expect((await other.send('DELETE', '/discharges/discharge-1')).status).toBe(204);
  });
});
