/**
 * PUT of mentoring records over HTTP, on the embedded store with the real maps and rules.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#update, https://hl7.org/fhir/R4/http.html#concurrency,
 *       https://hl7.org/fhir/R4/provenance.html
 */
import type { Encounter, Patient, Provenance, Resource } from '@medplum/fhirtypes';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { profileUrl } from '../../src/conformance/canonical.ts';
import type { JsonObject, MapLibrary } from '../../src/mapping/map-library.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { mapRecord, requireMap } from '../../src/records/resources/record-bundle.ts';
import { deterministicId } from '../../src/records/resources/resource-id.ts';
import { keyText, namedKeys, parseSourceUrn, rewriteReferences } from '../../src/records/resources/source-urn.ts';
import { writeRecord } from '../../src/records/write/write-record.ts';
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

describe('a first write', () => {
  test('links every reference to the resources of the records it names', async () => {
    const encounter = (await shared.resource('Encounter', 'session-1')) as unknown as Encounter;
    const patient = await shared.resource('Patient', 'youth-1');
    const referral = await shared.resource('ServiceRequest', 'referral-1');
    expect(encounter.subject?.reference).toBe(`Patient/${patient.id}`);
    expect(encounter.basedOn?.[0]?.reference).toBe(`ServiceRequest/${referral.id}`);
    expect(JSON.stringify(encounter)).not.toContain('urn:mentoring:');
    expect(encounter.meta?.profile).toContain(profileUrl('tm-session'));
    expect(encounter.identifier).toContainEqual({ system: 'https://agency.example/sid/sessions', value: 'session-1' });
  });

  test('leaves a Provenance that names the versions, the agency, the record, its hash and the map', async () => {
    const encounter = await shared.resource('Encounter', 'session-1');
    const agency = await shared.resource('Organization', 'agency');
    const record = await service.store.resources.sourceRecord(shared.grant, 'sessions', 'session-1');
    const provenance = (await provenances(shared)).find((one) =>
      one.target[0]?.reference?.startsWith(`Encounter/${encounter.id}/`),
    );
    expect(provenance).toMatchObject({
      target: [{ reference: `Encounter/${encounter.id}/_history/1` }],
      activity: { coding: [{ code: 'CREATE' }] },
      agent: [{ who: { reference: `Organization/${agency.id}` } }],
      policy: ['https://w3id.org/therapeutic-mentoring/fhir/StructureMap/session-to-fhir|1.0'],
      entity: [
        {
          role: 'source',
          what: {
            identifier: { system: 'https://agency.example/sid/sessions', value: 'session-1' },
            display: `Record version 1, sha256:${record?.hash}`,
          },
        },
      ],
    });
    expect(record?.map).toBe(provenance?.policy?.[0]);
  });

  test('the first record of all names the agency in words until its organization is here', async () => {
    const agency = service.agency();
    await agency.put('organizations', { id: 'school', kind: 'school', name: 'Lincoln Middle School' });
    const [first] = await provenances(agency);
    expect(first?.agent[0]?.who).toEqual({ type: 'Organization', display: 'Agency agency' });
  });

  test('takes another id when its own is in use by a resource that no record made', async () => {
    const [probe, agency] = [service.agency(), service.agency()];
    const organization = { id: 'org', kind: 'payer', name: 'Payer' };
    await probe.put('organizations', organization);
    const taken = deterministicId(agency.tenant, { resourceType: 'Organization', sourceId: 'org' });
    expect((await probe.resource('Organization', 'org')).id).not.toBe(taken);
    await service.store.resources.commit(agency.grant, {
      resources: [
        {
          resourceType: 'Organization',
          id: taken,
          expectedVersion: 0,
          method: 'POST',
          resource: { resourceType: 'Organization', name: 'Foreign' },
        },
      ],
    });
    await agency.put('organizations', organization);
    const own = await agency.resource('Organization', 'org');
    expect(own.id).not.toBe(taken);
    expect(own.name).toBe('Payer');
    const foreign = await service.store.resources.read(agency.grant, 'Organization', taken);
    expect(JSON.parse(foreign?.content ?? '')).toMatchObject({ name: 'Foreign' });
  });
});

test('a plan whose every id is in use by resources that no record made gets others for all of them', async () => {
  const agency = service.agency();
  await agency.sendExamplesUpTo('diagnoses');
  const [goal] = example('plans').goals as unknown as JsonObject[];
  const plan = {
    ...example('plans'),
    goals: Array.from({ length: 12 }, (_, index) => ({ ...goal, id: `goal-${index}` })),
  } as unknown as JsonObject;
  const keys = [
    { resourceType: 'CarePlan', sourceId: 'plan-1' } as const,
    ...Array.from({ length: 12 }, (_, index) => ({ resourceType: 'Goal', sourceId: `goal-${index}` }) as const),
  ];
  const foreign = keys.map((key) => ({ ...key, id: deterministicId(agency.tenant, key) }));
  await service.store.resources.commit(agency.grant, {
    resources: foreign.map(({ resourceType, id }) => ({
      resourceType,
      id,
      expectedVersion: 0,
      method: 'POST',
      resource: { resourceType, language: 'en' } as Resource,
    })),
  });
  // One was deleted since: its id is in use all the same.
  await service.store.resources.commit(agency.grant, {
    resources: [{ resourceType: 'Goal', id: String(foreign[3]?.id), expectedVersion: 1, method: 'DELETE' }],
  });
  const answer = await agency.put('plans', plan);
  expect([answer.status, answer.json.resources.length]).toEqual([201, 13]);
  const taken = new Set(foreign.map(({ resourceType, id }) => `${resourceType}/${id}`));
  expect(answer.json.resources.filter((reference: string) => taken.has(reference))).toEqual([]);
  expect((await agency.get('/plans/plan-1')).json.goals).toHaveLength(12);
  const left = await service.store.resources.readMany(agency.grant, foreign);
  expect(left.map(({ deleted, versionId }) => [deleted, versionId]).sort()).toEqual([
    ...Array.from({ length: 12 }, () => [false, 1]),
    [true, 2],
  ]);
});

async function provenances(agency: Agency): Promise<Provenance[]> {
  const page = await service.store.resources.history(agency.grant, { resourceType: 'Provenance', count: 200 });
  return page.versions.map(({ content }) => JSON.parse(content) as Provenance);
}

describe('writing again', () => {
  test('a changed record updates its resources and keeps their ids', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('youths');
    const before = await agency.resource('Patient', 'youth-1');
    const coverage = await agency.resource('Coverage', 'youth-1-coverage');
    const answer = await agency.put('youths', { ...example('youths'), family: 'Rivera-Diaz' });
    expect([answer.status, answer.json.outcome, answer.json.version]).toEqual([200, 'updated', 2]);
    const after = (await agency.resource('Patient', 'youth-1')) as unknown as Patient;
    expect(after.id).toBe(before.id);
    expect(after.meta?.versionId).toBe('2');
    expect(after.name?.[0]?.family).toBe('Rivera-Diaz');
    // What the change does not touch gets no new version, and Provenance names only what changed.
    expect((await agency.resource('Coverage', 'youth-1-coverage')).meta).toEqual(coverage.meta);
    const [newest] = await provenances(agency);
    expect(newest?.target).toEqual([{ reference: `Patient/${after.id}/_history/2` }]);
    expect(newest?.activity?.coding?.[0]?.code).toBe('UPDATE');
  });

  test('the same record in another order of fields is the same record', async () => {
    const reversed = Object.fromEntries(Object.entries(example('sessions')).reverse());
    const answer = await shared.put('sessions', reversed);
    expect([answer.status, answer.json.outcome, answer.json.version]).toEqual([200, 'unchanged', 1]);
  });

  test('the id may be left out of the body, and must not differ from the URL', async () => {
    const { id: _id, ...body } = example('sessions');
    expect((await shared.send('PUT', '/sessions/session-1', body)).json.outcome).toBe('unchanged');
    const other = await shared.send('PUT', '/sessions/session-1', { ...body, id: 'session-2' });
    expect(other.status).toBe(422);
    expect(other.json.issue).toMatchObject([
      { code: 'value', expression: ['id'], diagnostics: 'id must be the last part of the URL, or be left out.' },
    ]);
  });

  test('an id with a slash travels as %2F', async () => {
    const record = { ...example('sessions'), id: '2026/03/a' };
    const answer = await shared.send('PUT', '/sessions/2026%2F03%2Fa', record);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe('http://records.example/mentoring/sessions/2026%2F03%2Fa');
    expect((await shared.get('/sessions/2026%2F03%2Fa')).json).toEqual(record);
  });

  test('eight writers of one record at once: one version, no doubles', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('mentors');
    const record = { ...example('diagnoses'), id: 'race' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => agency.send('PUT', '/diagnoses/race', record)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ json }) => json.resources[0])).size).toBe(1);
    expect(new Set(answers.map(({ json }) => json.version))).toEqual(new Set([1]));
    const { versions } = await service.store.resources.history(agency.grant, { resourceType: 'Condition', count: 20 });
    expect(versions).toHaveLength(1);
  });

  test('eight different versions at once are all written, one after the other', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('youths');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        agency.send('PUT', '/organizations/race', { kind: 'payer', name: `Payer ${index}` }),
      ),
    );
    const versions = answers.filter(({ status }) => status < 300).map(({ json }) => json.version);
    expect(new Set(versions).size).toBe(versions.length);
    // A writer may lose all its attempts, and is told to try again.
    expect(answers.filter(({ status }) => status >= 300).every(({ status }) => status === 409)).toBe(true);
    expect((await agency.get('/organizations/race')).headers.get('etag')).toBe(
      `W/"${versions.length}-${versions.length}"`,
    );
  });
});

describe('the map', () => {
  test('in a new version writes an unchanged record anew', async () => {
    const agency = service.agency();
    const record = { id: 'payer', kind: 'payer', name: 'Payer' };
    await agency.put('organizations', record);
    const newer: MapLibrary = {
      maps: service.parts.maps.maps,
      map: (url) => {
        const found = service.parts.maps.map(url);
        return (
          found && { ...found, url: found.url, file: found.file, version: '2.0', run: (...args) => found.run(...args) }
        );
      },
    };
    const request = { grant: agency.grant, kind: 'organizations', sourceId: 'payer', json: record };
    const result = await writeRecord(request, { ...service.parts, maps: newer });
    expect([result.outcome, result.version]).toEqual(['updated', 2]);
    const stored = await service.store.resources.sourceRecord(agency.grant, 'organizations', 'payer');
    expect(stored?.map).toMatch(/\|2\.0$/);
    // The same output: the record has a new version, the resource has not.
    expect((await agency.resource('Organization', 'payer')).meta?.versionId).toBe('1');
    expect((await writeRecord(request, { ...service.parts, maps: newer })).outcome).toBe('unchanged');
  });

  test('run again on the stored record makes the stored resources', async () => {
    for (const { kind, toFhir } of RECORD_KINDS.filter(({ overlays }) => !overlays)) {
      const id = String(example(kind).id);
      const stored = await service.store.resources.sourceRecord(shared.grant, kind, id);
      if (!stored) continue;
      const record = JSON.parse(stored.content) as JsonObject;
      for (const { key, resource } of mapRecord(
        requireMap(service.parts.maps, toFhir),
        record,
        service.parts.agencyOf(''),
      )) {
        const now = await shared.resource(key.resourceType, key.sourceId);
        const { id: _id, meta, ...rest } = now;
        const tag = (resource as Resource).meta?.tag;
        expect(meta?.tag).toEqual(tag);
        const { meta: _meta, ...mapped } = resource;
        const links = await service.store.resources.linksBySource(shared.grant, namedKeys(resource));
        const resolved = rewriteReferences(mapped, (text) => {
          const named = parseSourceUrn(text);
          const link = links.find((one) => named && keyText(one) === keyText(named));
          return link && `${link.resourceType}/${link.id}`;
        });
        expect(JSON.parse(JSON.stringify(rest))).toEqual(JSON.parse(JSON.stringify(resolved)));
      }
    }
  });
});

/** A change of each kind that also makes or drops resources where the kind has more than one. */
const CHANGES: Readonly<Record<string, JsonObject>> = {
  organizations: { name: 'Other name' },
  youths: { coverages: [] },
  mentors: { phone: '413-555-0199' },
  diagnoses: { description: 'In words' },
  outcomes: { remarks: 'None' },
  plans: { goals: ['goal-1', 'goal-2'].map((id) => ({ ...(example('plans').goals as JsonObject[])[0], id })) },
  referrals: { remarks: 'None' },
  episodes: { team: [] },
  sessions: { place: { name: 'Gym' } },
  notes: {
    text: '',
    attachment: { contentType: 'text/plain', data: Buffer.from('As a file').toString('base64') },
  },
  discharges: { dischargedOn: '2026-11-29' },
  supervisions: { topics: 'Other topics' },
  feedbacks: { text: 'Other words' },
};

function changedOf(kind: string): JsonObject {
  const record = { ...example(kind), ...CHANGES[kind] };
  if (record.text === '') delete record.text;
  return record;
}

describe('the version a client expects', () => {
  test('If-Match and If-None-Match are honoured', async () => {
    const agency = service.agency();
    const path = '/organizations/payer';
    const send = (name: string, headers: Record<string, string>) =>
      agency.send('PUT', path, { kind: 'payer', name }, headers);
    expect((await send('A', { 'if-match': 'W/"1-1"' })).status).toBe(412);
    expect((await send('A', { 'if-match': '*' })).status).toBe(412);
    expect((await send('A', { 'if-none-match': '*' })).status).toBe(201);
    const stale = await send('B', { 'if-none-match': '*' });
    expect(stale.status).toBe(412);
    expect(stale.json.issue[0].diagnostics).toBe(
      'The record organizations/payer is at W/"1-1" now, which is not what you expect: it was written since, or a partner changed one of its FHIR resources. Read it again and repeat the change.',
    );
    expect((await send('B', { 'if-match': '"1-1"' })).json.version).toBe(2);
    expect((await send('C', { 'if-match': 'W/"1-1"' })).status).toBe(412);
    expect((await send('C', { 'if-match': 'W/"2"' })).status).toBe(412);
    expect((await send('C', { 'if-match': '*' })).json.version).toBe(3);
    for (const malformed of ['three', '""', 'W/3-3', '"a", "b"'])
      expect((await send('D', { 'if-match': malformed })).status).toBe(400);
    expect((await send('D', { 'if-none-match': '"1-1"' })).status).toBe(400);
    expect((await agency.send('DELETE', path, undefined, { 'if-match': 'W/"1-1"' })).status).toBe(412);
    expect((await agency.send('DELETE', path, undefined, { 'if-match': 'W/"3-3"' })).status).toBe(204);
    expect((await send('E', { 'if-match': 'W/"4-4"' })).status).toBe(412);
    expect((await send('E', { 'if-none-match': '*' })).status).toBe(201);
  });

  test('a partner’s change is another version, so that nobody writes over it unseen', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('youths');
    const read = await agency.get('/youths/youth-1');
    const etag = read.headers.get('etag') ?? '';
    await agency.partner('Patient', 'youth-1', (patient) => {
      patient.birthDate = '2011-05-05';
    });
    const after = await agency.get('/youths/youth-1');
    expect(after.json.birthDate).toBe('2011-05-05');
    expect(after.headers.get('etag')).not.toBe(etag);
    expect(Date.parse(after.headers.get('last-modified') ?? '')).toBeGreaterThanOrEqual(
      Date.parse(read.headers.get('last-modified') ?? ''),
    );
    const changed = { ...example('youths'), family: 'Other' };
    const stale = await agency.send('PUT', '/youths/youth-1', changed, { 'if-match': etag });
    expect(stale.status).toBe(412);
    expect((await agency.send('DELETE', '/youths/youth-1', undefined, { 'if-match': etag })).status).toBe(412);
    expect((await agency.get('/youths/youth-1')).json.birthDate).toBe('2011-05-05');
    const fresh = { ...after.json, family: 'Other' };
    const current = after.headers.get('etag') ?? '';
    expect((await agency.send('PUT', '/youths/youth-1', fresh, { 'if-match': current })).status).toBe(200);
    expect((await agency.get('/youths/youth-1')).json).toEqual(fresh);

    // A guardian is a resource of its own, and part of the record too.
    const before = (await agency.get('/youths/youth-1')).headers.get('etag');
    const { id } = (example('youths').guardians as { id: string }[])[0] ?? { id: '' };
    await agency.partner('RelatedPerson', id, (person) => {
      person.language = 'es';
    });
    expect((await agency.get('/youths/youth-1')).headers.get('etag')).not.toBe(before);
  });

  test('a partner who writes while the record is being written is not written over', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('youths');
    const etag = (await agency.get('/youths/youth-1')).headers.get('etag') ?? '';
    let met = false;
    const store = {
      ...service.parts.store,
      commit: async (...[grant, changes]: Parameters<typeof service.parts.store.commit>) => {
        if (!met) {
          met = true;
          await agency.partner('Patient', 'youth-1', (patient) => {
            patient.birthDate = '2011-05-05';
          });
        }
        return service.parts.store.commit(grant, changes);
      },
    };
    const written = writeRecord(
      {
        grant: agency.grant,
        kind: 'youths',
        sourceId: 'youth-1',
        json: { ...example('youths'), family: 'Other' },
        expectedVersion: { etag },
      },
      { ...service.parts, store },
    );
    await expect(written).rejects.toMatchObject({ status: 412 });
    expect(met).toBe(true);
  });

  test('a write answers the ETag that reading gives, for every kind and every way of writing', async () => {
    const agency = service.agency();
    await agency.sendExamplesUpTo('feedbacks');
    for (const { kind } of RECORD_KINDS) {
      const record = example(kind);
      const path = `/${kind}/${record.id}`;
      const tags = async (of = path) =>
        Promise.all(
          [of, `${of}?as=sent`, `${of}/fhir`].map(async (url) => (await agency.get(url)).headers.get('etag')),
        );
      const same = async (what: string, { headers, text, json }: Answer) => {
        const etag = headers.get('etag');
        expect([kind, what, await tags(`/${kind}/${json.id}`), text.includes('etag')]).toEqual([
          kind,
          what,
          [etag, etag, etag],
          false,
        ]);
      };
      await same('unchanged', await agency.put(kind, record));
      await same('updated', await agency.put(kind, changedOf(kind)));
      await same('back', await agency.put(kind, record));
      const seen = await tags();
      expect((await agency.send('PUT', path, changedOf(kind), { 'if-match': seen[0] ?? '' })).status).toBe(200);
      await agency.send('DELETE', path);
      await same('created again', await agency.put(kind, record));
      if (kind !== 'discharges') continue;
      // Two resources are written then, and the record owns one of them.
      await agency.put('episodes', { ...example('episodes'), id: 'episode-2' });
      await same('moved to another episode', await agency.put(kind, { ...record, episodeId: 'episode-2' }));
      // A partner has ended the other episode in the same words: the discharge has nothing to write on it.
      const { meta: _meta, ...ended } = await agency.resource('EpisodeOfCare', 'episode-2');
      await same('moved back', await agency.put(kind, record));
      await agency.partner('EpisodeOfCare', 'episode-2', (episode) => Object.assign(episode, ended));
      const { versionId } = (await agency.resource('EpisodeOfCare', 'episode-2')).meta ?? {};
      await same('moved to what says so already', await agency.put(kind, { ...record, episodeId: 'episode-2' }));
      expect((await agency.resource('EpisodeOfCare', 'episode-2')).meta?.versionId).toBe(versionId);
    }
  });
});
