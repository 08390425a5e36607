/**
 * Two agencies on one service: the FHIR API of each shows its own, and a page link of one is none for the other.
 * https://hl7.org/fhir/R4/http.html#paging
 */
import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { sandboxGrant } from '../../src/privacy/grant.ts';
import { type FhirApp, firstIssue, patient, startFhirApp } from './fhir-app.ts';

let app: FhirApp;
const IDS = ['p1', 'p2', 'p3'];

beforeAll(async () => {
  app = await startFhirApp({ grantFor: (request) => sandboxGrant(String(request.headers['x-tenant'])) });
  const writes = IDS.flatMap((id) =>
    ['north', 'south'].map((tenant) =>
      as(tenant)
        .put(`/Patient/${id}`)
        .set('Content-Type', 'application/fhir+json')
        .send(JSON.stringify(patient({ id, name: [{ family: tenant }] }))),
    ),
  );
  for (const { status, text } of await Promise.all(writes)) assert.equal(status, 201, text);
});
afterAll(() => app.close());

const as = (tenant: string) => ({
  get: (path: string) => app.agent.get(path).set('X-Tenant', tenant),
  put: (path: string) => app.agent.put(path).set('X-Tenant', tenant),
});

const nextOf = (body: { link: { relation: string; url: string }[] }): string =>
  (body.link.find(({ relation }) => relation === 'next')?.url ?? '').slice(app.base.length);

describe('a page link', () => {
  for (const path of ['/Patient?_count=1', '/Patient/_history?_count=1', '/_history?_count=1']) {
    test(`of ${path} is good for the agency it was made for, and 400 for another`, async () => {
      const first = await as('north').get(path);
      const next = nextOf(first.body);
      assert.match(next, /_page=/);
      const own = await as('north').get(next);
      assert.equal(own.status, 200, own.text);
      assert.equal(own.body.entry[0].resource.name[0].family, 'north');
      for (const tenant of ['south', 'agency-without-data', 'north Patient', '']) {
        const foreign = await as(tenant).get(next);
        assert.equal(foreign.status, 400, tenant);
        assert.match(firstIssue(foreign.body).diagnostics, /not one of this search/);
      }
    });
  }
});

test('read, vread, search and history show the versions of the caller', async () => {
  for (const tenant of ['north', 'south']) {
    for (const id of IDS) {
      for (const path of [`/Patient/${id}`, `/Patient/${id}/_history/1`]) {
        assert.equal((await as(tenant).get(path)).body.name[0].family, tenant);
      }
    }
    for (const path of ['/Patient', '/Patient/p1/_history', '/Patient/_history', '/_history']) {
      const families = (await as(tenant).get(path)).body.entry.map(
        (entry: { resource: { name: { family: string }[] } }) => entry.resource.name[0]?.family,
      );
      assert.deepEqual([...new Set(families)], [tenant], path);
    }
  }
});

test('a resource that another agency has is not there to refer to', async () => {
  const theirs = await as('north')
    .put('/Patient/only-north')
    .set('Content-Type', 'application/fhir+json')
    .send(JSON.stringify(patient({ id: 'only-north' })));
  assert.equal(theirs.status, 201);
  const guardian = {
    resourceType: 'RelatedPerson',
    id: 'g',
    active: true,
    name: [{ family: 'Vega' }],
    patient: { reference: 'Patient/only-north' },
  };
  const answer = await as('south')
    .put('/RelatedPerson/g')
    .set('Content-Type', 'application/fhir+json')
    .send(JSON.stringify(guardian));
  assert.equal(answer.status, 422);
  assert.equal(firstIssue(answer.body).code, 'not-found');
});
