/**
 * The tables agree with each other and with what the service does: INTERACTIONS, EXITS, served types, search parameters
 * and the CapabilityStatement. https://hl7.org/fhir/R4/capabilitystatement.html
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { capabilityStatementText } from '../../src/fhir/capability-statement.ts';
import { INTERACTIONS } from '../../src/fhir/interactions.ts';
import { SERVED_TYPES } from '../../src/fhir/served-types.ts';
import { EXITS } from '../../src/http/exits.ts';
import { isError } from '../../src/outcome/finding.ts';
import { type FhirApp, startFhirApp } from './fhir-app.ts';

let app: FhirApp;
let statement: CapabilityStatement;
beforeAll(async () => {
  app = await startFhirApp({ supportedProfiles: (type) => (type === 'Encounter' ? ['https://example.org/p'] : []) });
  const answer = await app.agent.get('/metadata');
  assert.equal(answer.status, 200);
  statement = answer.body;
});
afterAll(() => app.close());

const resourcesOf = (): CapabilityStatementRestResource[] => statement.rest?.[0]?.resource ?? [];

describe('every row of INTERACTIONS', () => {
  for (const row of INTERACTIONS) {
    test(`${row.code} (${row.method} ${row.path}) has an exit and is answered`, async () => {
      const exits = EXITS.filter(
        (exit) => exit.name === row.code && exit.method === row.method && exit.route === row.path,
      );
      assert.equal(exits.length, 1);
      assert.equal(exits[0]?.part, 'fhir');

      const path = row.path.replace(':resourceType', 'Patient').replace(':id', 'x').replace(':versionId', '1');
      const method = row.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
      const answer = await app.agent[method](path);
      // Refused for want of a body or a resource, but not for want of a route.
      assert.ok([200, 204, 400, 404].includes(answer.status), `${answer.status}`);
      const issue = answer.body.issue?.[0]?.diagnostics ?? '';
      assert.doesNotMatch(issue, /not offered|Nothing is served/);
    });
  }

  test('no exit of this part without a row', () => {
    for (const exit of EXITS.filter((row) => row.part === 'fhir')) {
      assert.ok(
        INTERACTIONS.some((row) => row.code === exit.name && row.method === exit.method && row.path === exit.route),
        `${exit.name} ${exit.route}`,
      );
    }
  });
});

describe('the CapabilityStatement', () => {
  test('is a valid one', () => {
    assert.deepEqual(app.parts.validator.validate(statement).filter(isError), []);
    assert.equal(statement.fhirVersion, '4.0.1');
    assert.equal(statement.kind, 'instance');
    assert.equal(statement.software?.version, '0.0.0-test');
    assert.equal(statement.implementation?.url, app.base);
    assert.match(statement.rest?.[0]?.security?.description ?? '', /Sandbox/);
  });

  test('has the date of the guide, whenever it is first asked for', async () => {
    const config = readFileSync(new URL('../../profiles/sushi-config.yaml', import.meta.url), 'utf8');
    const [, date] = /^date: "(\d{4}-\d\d-\d\d)"$/m.exec(config) ?? [];
    assert.ok(date);
    assert.equal(statement.date, date);
    app.tick(86_400_000);
    assert.equal(capabilityStatementText({ ...app.parts }), JSON.stringify(statement));
  });

  test('can not be written without a date', () => {
    const published = () => [{ resourceType: 'StructureDefinition', id: 'undated' }];
    const undated = { ...app.parts, definitions: { ...app.parts.definitions, published } };
    assert.throws(() => capabilityStatementText(undated), /has a date/);
  });

  test('names every served type with its interactions and profiles', () => {
    assert.deepEqual(
      resourcesOf().map((resource) => resource.type),
      [...SERVED_TYPES.keys()],
    );
    const encounter = resourcesOf().find((resource) => resource.type === 'Encounter');
    assert.deepEqual(encounter?.supportedProfile, ['https://example.org/p']);
    assert.deepEqual(encounter?.referencePolicy, ['literal', 'enforced', 'local']);
    const codes = (type: string) =>
      resourcesOf()
        .find((resource) => resource.type === type)
        ?.interaction?.map((interaction) => interaction.code);
    assert.deepEqual(codes('ValueSet'), ['read', 'search-type']);
    assert.deepEqual(codes('Binary'), ['read', 'create', 'update', 'delete']);
    assert.equal(codes('Patient')?.length, 8);
  });

  test('every search parameter it names is taken by the search of its type', async () => {
    const values: Record<string, string> = {
      date: '2026',
      reference: 'Patient/x',
      token: 'x',
      string: 'x',
      uri: 'urn:x',
    };
    let taken = 0;
    for (const { type, searchParam = [] } of resourcesOf()) {
      assert.ok(searchParam.length > 0 || type === 'Binary', type);
      const entry = searchParam.map((param) => {
        const url = `${type}?${param.name}=${values[param.type ?? '']}&_summary=count`;
        return {
          request: {
            method: 'GET',
            url: SERVED_TYPES.get(type ?? '')?.kind === 'published' ? `${type}?${param.name}=x` : url,
          },
        };
      });
      const body = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry });
      const answer = await app.agent.post('/').set('Content-Type', 'application/fhir+json').send(body);
      for (const [at, { response }] of (answer.body.entry ?? []).entries()) {
        assert.equal(response.status, '200', `${type} ${searchParam[at]?.name} ${JSON.stringify(response)}`);
        taken++;
      }
    }
    assert.ok(taken > 700, String(taken));
  });

  const expected: Record<string, string[]> = {
    Patient: [
      '_id',
      '_lastUpdated',
      '_profile',
      '_security',
      '_tag',
      'active',
      'address',
      'birthdate',
      'email',
      'family',
      'gender',
      'given',
      'identifier',
      'name',
      'organization',
      'phone',
      'telecom',
    ],
    Encounter: [
      'appointment',
      'based-on',
      'class',
      'date',
      'episode-of-care',
      'identifier',
      'location',
      'participant',
      'patient',
      'practitioner',
      'service-provider',
      'status',
      'subject',
      'tm-activity',
      'tm-goal-addressed',
      'type',
    ],
    ServiceRequest: [
      'authored',
      'based-on',
      'category',
      'code',
      'identifier',
      'intent',
      'occurrence',
      'patient',
      'performer',
      'requester',
      'requisition',
      'status',
      'subject',
    ],
    Task: [
      'authored-on',
      'based-on',
      'business-status',
      'code',
      'focus',
      'identifier',
      'modified',
      'owner',
      'patient',
      'period',
      'requester',
      'status',
      'subject',
    ],
    Goal: ['category', 'lifecycle-status', 'patient', 'start-date', 'subject', 'target-date'],
    CarePlan: ['activity-date', 'category', 'date', 'goal', 'patient', 'status', 'subject'],
    DocumentReference: ['author', 'category', 'date', 'patient', 'period', 'related', 'status', 'type'],
    Observation: ['category', 'code', 'date', 'patient', 'status', 'subject', 'value-concept'],
    EpisodeOfCare: ['care-manager', 'date', 'patient', 'status', 'tm-discharge-reason'],
    Practitioner: ['family', 'identifier', 'name'],
    StructureDefinition: ['_id', 'url'],
  };
  for (const [type, names] of Object.entries(expected)) {
    test(`${type} is searched by ${names.join(', ')}`, () => {
      const offered = resourcesOf()
        .find((resource) => resource.type === type)
        ?.searchParam?.map((param) => param.name);
      assert.deepEqual(
        names.filter((name) => !offered?.includes(name)),
        [],
      );
    });
  }
});

describe('the request log', () => {
  test('has the pattern, never the id or the query', async () => {
    app.logged.length = 0;
    await app.agent.get('/Patient/marisol-vega?_pretty=true').set('X-Request-Id', 'abc-1');
    await app.agent.get('/Patient?family=Vega');
    await app.agent.get('/marisol/vega');
    const routes = app.logged.map((line) => line.route);
    assert.deepEqual(routes, ['/fhir/R4/Patient/:id', '/fhir/R4/Patient', '/fhir/R4/*']);
    assert.equal(app.logged[0]?.requestId, 'abc-1');
    assert.equal(app.logged[0]?.status, 404);
    assert.doesNotMatch(JSON.stringify(app.logged), /marisol|Vega/i);
  });
});
