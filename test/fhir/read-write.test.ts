/**
 * https://hl7.org/fhir/R4/http.html#read, #vread, #create, #update, #delete, #concurrency, #history on the real store.
 */
import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type FhirApp, firstIssue, patient, startFhirApp } from './fhir-app.ts';

let app: FhirApp;
beforeAll(async () => {
  app = await startFhirApp();
});
afterAll(() => app.close());

const guardian = (reference: string): object => ({
  resourceType: 'RelatedPerson',
  active: true,
  name: [{ family: 'Vega' }],
  patient: { reference },
});
const FHIR = 'application/fhir+json';
const put = (path: string, body: object) => app.agent.put(path).set('Content-Type', FHIR).send(JSON.stringify(body));
const post = (path: string, body: object) => app.agent.post(path).set('Content-Type', FHIR).send(JSON.stringify(body));

describe('create', () => {
  test('the server assigns id, version and time; Location and ETag say so', async () => {
    const body = patient({ id: 'mine', meta: { versionId: 'not one', lastUpdated: 'yesterday' } });
    const created = await post('/Patient', body);
    assert.equal(created.status, 201, JSON.stringify(created.body));
    assert.notEqual(created.body.id, 'mine');
    assert.equal(created.body.meta.versionId, '1');
    assert.equal(created.body.meta.lastUpdated, '2026-03-01T12:00:00.000Z');
    assert.equal(created.headers.location, `${app.base}/Patient/${created.body.id}/_history/1`);
    assert.equal(created.headers.etag, 'W/"1"');
    assert.equal(created.headers['last-modified'], 'Sun, 01 Mar 2026 12:00:00 GMT');
    assert.match(created.headers['content-type'] ?? '', /^application\/fhir\+json/);
    assert.equal(created.headers['cache-control'], 'no-store');
    assert.equal(created.headers['x-content-type-options'], 'nosniff');

    const read = await app.agent.get(`/Patient/${created.body.id}`);
    assert.equal(read.status, 200);
    assert.deepEqual(read.body, created.body);
  });

  test('return=minimal has no body, return=OperationOutcome has the findings', async () => {
    const minimal = await post('/Patient', patient()).set('Prefer', 'return=minimal');
    assert.equal(minimal.status, 201);
    assert.equal(minimal.text, '');
    assert.ok(minimal.headers.location);
    const outcome = await post('/Patient', patient()).set('Prefer', 'return=OperationOutcome');
    assert.equal(outcome.status, 201);
    assert.equal(outcome.body.resourceType, 'OperationOutcome');
    assert.ok(outcome.body.issue.every((one: { severity: string }) => one.severity !== 'error'));
  });

  const refused: [name: string, path: string, body: string, status: number, code: string, text: RegExp][] = [
    [
      'another type',
      '/Patient',
      '{"resourceType":"Encounter"}',
      400,
      'invalid',
      /Expected a Patient, received Encounter/,
    ],
    ['no type', '/Patient', '{}', 400, 'required', /resourceType/],
    ['a list', '/Patient', '[]', 400, 'structure', /not a JSON object/],
    ['a string', '/Patient', '"Patient"', 400, 'structure', /not a JSON object/],
    ['null', '/Patient', 'null', 400, 'structure', /not a JSON object/],
    ['nothing', '/Patient', '', 400, 'structure', /empty/],
    ['broken JSON', '/Patient', '{"resourceType":', 400, 'structure', /line 1/],
    ['an unknown element', '/Patient', '{"resourceType":"Patient","shoeSize":3}', 422, 'structure', /shoeSize/],
    ['an unknown type', '/Procedure', '{"resourceType":"Procedure"}', 404, 'not-supported', /It serves: Appointment/],
    [
      'a published type',
      '/ValueSet',
      '{"resourceType":"ValueSet"}',
      405,
      'not-supported',
      /create is not offered for ValueSet/,
    ],
  ];
  for (const [name, path, body, status, code, text] of refused) {
    test(`refuses ${name}`, async () => {
      const answer = await app.agent.post(path).set('Content-Type', FHIR).send(body);
      assert.equal(answer.status, status, answer.text);
      assert.equal(firstIssue(answer.body).code, code);
      assert.match(firstIssue(answer.body).diagnostics, text);
    });
  }

  test('refuses a condition instead of ignoring it', async () => {
    const before = await app.agent.get('/Patient?_summary=count');
    const answer = await post('/Patient', patient()).set('If-None-Exist', 'identifier=x');
    assert.equal(answer.status, 400);
    assert.match(firstIssue(answer.body).diagnostics, /If-None-Exist/);
    assert.equal((await app.agent.get('/Patient?_summary=count')).body.total, before.body.total);
  });

  test('refuses other formats, charsets and too large bodies', async () => {
    const xml = await app.agent.post('/Patient').set('Content-Type', 'application/fhir+xml').send('<Patient/>');
    assert.equal(xml.status, 415);
    const latin = await app.agent.post('/Patient').set('Content-Type', `${FHIR}; charset=iso-8859-1`).send('{}');
    assert.equal(latin.status, 415);
    const r5 = await app.agent.post('/Patient').set('Content-Type', `${FHIR}; fhirVersion=5.0`).send('{}');
    assert.equal(r5.status, 415);
    const large = await post('/Patient', patient({ name: [{ family: 'x'.repeat(1_200_000) }] }));
    assert.equal(large.status, 413);
    assert.equal(firstIssue(large.body).code, 'too-long');
  });

  test('a byte order mark is tolerated', async () => {
    const answer = await app.agent
      .post('/Patient')
      .set('Content-Type', FHIR)
      .send(`\uFEFF${JSON.stringify(patient())}`);
    assert.equal(answer.status, 201);
  });

  test('a reference that leads nowhere is refused and named', async () => {
    const answer = await post('/RelatedPerson', {
      resourceType: 'RelatedPerson',
      patient: { reference: 'Patient/nobody' },
    });
    assert.equal(answer.status, 422);
    assert.deepEqual(firstIssue(answer.body).expression, ['RelatedPerson.patient']);
    assert.match(firstIssue(answer.body).diagnostics, /Patient\/nobody/);
  });

  test('an absolute reference to our own base becomes relative', async () => {
    await put('/Patient/own-base', patient({ id: 'own-base' }));
    const reference = `${app.base}/Patient/own-base`;
    const answer = await post('/RelatedPerson', guardian(reference));
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.body.patient.reference, 'Patient/own-base');
  });
});

describe('update', () => {
  test('an unused id is created (201), a used one updated (200)', async () => {
    const first = await put('/Patient/p1', patient({ id: 'p1' }));
    assert.equal(first.status, 201, first.text);
    assert.equal(first.headers.location, `${app.base}/Patient/p1/_history/1`);
    app.tick(5000);
    const second = await put('/Patient/p1', patient({ id: 'p1', active: true }));
    assert.equal(second.status, 200);
    assert.equal(second.headers.etag, 'W/"2"');
    assert.equal(second.headers.location, undefined);
    assert.equal(second.body.active, true);
  });

  test('the body carries the id of the URL', async () => {
    for (const body of [patient(), patient({ id: 'p2' })]) {
      const answer = await put('/Patient/p1', body);
      assert.equal(answer.status, 400);
      assert.deepEqual(firstIssue(answer.body).expression, ['Patient.id']);
    }
  });

  test('If-Match: the current version passes, any other is 412 and changes nothing', async () => {
    await put('/Patient/p3', patient({ id: 'p3' }));
    const stale = await put('/Patient/p3', patient({ id: 'p3', active: false })).set('If-Match', 'W/"9"');
    assert.equal(stale.status, 412);
    assert.match(firstIssue(stale.body).diagnostics, /now at version 1/);
    assert.equal((await app.agent.get('/Patient/p3')).body.meta.versionId, '1');
    const fresh = await put('/Patient/p3', patient({ id: 'p3', active: false })).set('If-Match', 'W/"1"');
    assert.equal(fresh.status, 200);
    const absent = await put('/Patient/nobody', patient({ id: 'nobody' })).set('If-Match', 'W/"1"');
    assert.equal(absent.status, 412);
    const nonsense = await put('/Patient/p3', patient({ id: 'p3' })).set('If-Match', '<3>');
    assert.equal(nonsense.status, 400);
  });

  test('If-None-Match: * creates only', async () => {
    const again = await put('/Patient/p3', patient({ id: 'p3' })).set('If-None-Match', '*');
    assert.equal(again.status, 412);
    const other = await put('/Patient/p4', patient({ id: 'p4' })).set('If-None-Match', '*');
    assert.equal(other.status, 201);
  });

  test('of two writers at once with If-Match, one wins and the other gets 412', async () => {
    await put('/Patient/race', patient({ id: 'race' }));
    const tries = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        put('/Patient/race', patient({ id: 'race', birthDate: `2010-01-0${n}` })).set('If-Match', 'W/"1"'),
      ),
    );
    assert.deepEqual(tries.map((answer) => answer.status).sort(), [200, 412, 412, 412]);
  });

  test('conditional update is refused with a sentence', async () => {
    const answer = await put('/Patient?identifier=x', patient());
    assert.equal(answer.status, 405);
    assert.match(firstIssue(answer.body).diagnostics, /Conditional update is not offered yet/);
  });
});

describe('read', () => {
  test('conditional read: 304 for the version the client has', async () => {
    await put('/Patient/r1', patient({ id: 'r1' }));
    const same = await app.agent.get('/Patient/r1').set('If-None-Match', 'W/"1"');
    assert.equal(same.status, 304);
    assert.equal(same.text, '');
    assert.equal((await app.agent.get('/Patient/r1').set('If-None-Match', 'W/"2"')).status, 200);
    const read = await app.agent.get('/Patient/r1');
    const since = await app.agent.get('/Patient/r1').set('If-Modified-Since', read.headers['last-modified'] ?? '');
    assert.equal(since.status, 304);
  });

  test('HEAD has the headers and no body', async () => {
    const answer = await app.agent.head('/Patient/r1');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.etag, 'W/"1"');
    assert.ok(Number(answer.headers['content-length']) > 100);
    assert.equal(answer.text ?? '', '');
  });

  test('_pretty', async () => {
    const answer = await app.agent.get('/Patient/r1?_pretty=true');
    assert.match(answer.text, /^\{\n {2}"resourceType": "Patient"/);
  });

  const accepted = [
    'application/fhir+json',
    'application/json',
    '*/*',
    'text/html, */*;q=0.1',
    'application/fhir+json; fhirVersion=4.0',
  ];
  for (const accept of accepted) {
    test(`Accept: ${accept}`, async () => {
      assert.equal((await app.agent.get('/Patient/r1').set('Accept', accept)).status, 200);
    });
  }
  for (const accept of ['application/fhir+xml', 'text/turtle', 'application/fhir+json; fhirVersion=3.0', '*/*;q=0']) {
    test(`Accept: ${accept} is 406`, async () => {
      const answer = await app.agent.get('/Patient/r1').set('Accept', accept);
      assert.equal(answer.status, 406);
      assert.match(firstIssue(answer.body).diagnostics, /application\/fhir\+json/);
    });
  }
  test('_format overrules Accept', async () => {
    assert.equal((await app.agent.get('/Patient/r1?_format=json').set('Accept', 'text/turtle')).status, 200);
    assert.equal((await app.agent.get('/Patient/r1?_format=application/fhir+json')).status, 200);
    assert.equal((await app.agent.get('/Patient/r1?_format=xml')).status, 406);
  });

  const rows: [path: string, status: number, text: RegExp][] = [
    ['/Patient/nobody', 404, /Patient\/nobody was not found/],
    ['/Patient/r1/_history/2', 404, /no version/],
    ['/Patient/r1/_history/x', 404, /no version/],
    ['/Patient/r1/_history/99999999999999', 404, /no version/],
    ['/Patient/nobody/_history', 404, /not found/],
    ['/patient/r1', 404, /Nothing is served/],
    ['/Device/1', 404, /does not serve that resource type/],
    ['/Patient/a%20b', 400, /The id in the URL/],
    [`/Patient/${'x'.repeat(65)}`, 400, /The id in the URL/],
    ['/Patient/r1?_summary=true', 400, /_summary is not offered/],
    ['/Patient/r1?_elements=name', 400, /_elements is not offered/],
    ['/Patient/r1?foo=bar', 400, /not known here/],
    ['/Patient/r1/name', 404, /Nothing is served/],
    ['/Patient/$everything', 404, /operation is not offered/],
    ['/$export', 404, /operation is not offered/],
    ['/', 404, /metadata/],
    ['/Binary', 405, /search-type is not offered for Binary/],
    ['/ValueSet/_history', 405, /not offered for ValueSet/],
  ];
  for (const [path, status, text] of rows) {
    test(`GET ${path.slice(0, 60)} is ${status}`, async () => {
      const answer = await app.agent.get(path);
      assert.equal(answer.status, status, answer.text);
      assert.match(firstIssue(answer.body).diagnostics, text);
    });
  }

  test('patch is refused with Allow', async () => {
    const answer = await app.agent.patch('/Patient/r1').set('Content-Type', 'application/json-patch+json').send('[]');
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, 'GET, PUT, DELETE');
    assert.match(firstIssue(answer.body).diagnostics, /patch is not offered yet/);
  });
});

describe('delete and history', () => {
  test('a deleted resource is gone, keeps its history, and can come back', async () => {
    await put('/Patient/d1', patient({ id: 'd1' }));
    app.tick(1000);
    assert.equal((await app.agent.delete('/Patient/d1').set('If-Match', 'W/"5"')).status, 412);
    const deleted = await app.agent.delete('/Patient/d1');
    assert.equal(deleted.status, 204);
    assert.equal(deleted.headers.etag, 'W/"2"');
    const gone = await app.agent.get('/Patient/d1');
    assert.equal(gone.status, 410);
    assert.equal(firstIssue(gone.body).code, 'deleted');
    assert.equal((await app.agent.get('/Patient/d1/_history/2')).status, 410);
    assert.equal((await app.agent.get('/Patient/d1/_history/1')).body.name[0].family, 'Vega');
    assert.equal((await app.agent.delete('/Patient/d1')).status, 204);
    assert.equal((await app.agent.delete('/Patient/never-was')).status, 204);

    app.tick(1000);
    assert.equal((await put('/Patient/d1', patient({ id: 'd1' }))).status, 201);
    const history = await app.agent.get('/Patient/d1/_history');
    assert.equal(history.body.type, 'history');
    assert.equal('total' in history.body, false);
    const made = history.body.entry.map(
      (entry: { request: { method: string }; response: { status: string; etag: string } }) => [
        entry.request.method,
        entry.response.status,
        entry.response.etag,
      ],
    );
    assert.deepEqual(made[1], ['DELETE', '204', 'W/"2"']);
    assert.deepEqual(
      made.map(([method]: string[]) => method),
      ['PUT', 'DELETE', 'PUT'],
    );
    assert.equal(made.at(-1)?.[1], '201');
    assert.equal(history.body.entry[1].resource, undefined);
    assert.equal(history.body.entry[0].fullUrl, `${app.base}/Patient/d1`);
  });

  test('return=OperationOutcome says what happened', async () => {
    const answer = await app.agent.delete('/Patient/never-was').set('Prefer', 'return=OperationOutcome');
    assert.equal(answer.status, 200);
    assert.match(firstIssue(answer.body).diagnostics, /nothing to delete/);
  });

  test('a reference to a deleted resource is refused', async () => {
    await put('/Patient/d2', patient({ id: 'd2' }));
    await app.agent.delete('/Patient/d2');
    const answer = await post('/RelatedPerson', {
      resourceType: 'RelatedPerson',
      patient: { reference: 'Patient/d2' },
    });
    assert.equal(answer.status, 422);
    const versioned = { reference: 'Patient/d2/_history/1' };
    const provenanceLike = await post('/RelatedPerson', { resourceType: 'RelatedPerson', patient: versioned });
    assert.notEqual(firstIssue(provenanceLike.body).code, 'not-found');
  });

  test('type and system history page through everything, once', async () => {
    for (const path of ['/Patient/_history', '/_history']) {
      const seen: string[] = [];
      let url: string | undefined = `${app.base}${path}?_count=3`;
      while (url) {
        const page = await app.agent.get(url.slice(app.base.length));
        assert.equal(page.status, 200, page.text);
        assert.ok(page.body.entry.length <= 3);
        for (const entry of page.body.entry) seen.push(`${entry.fullUrl} ${entry.response.etag}`);
        url = page.body.link.find((link: { relation: string }) => link.relation === 'next')?.url;
      }
      assert.equal(new Set(seen).size, seen.length);
      assert.ok(seen.includes(`${app.base}/Patient/d1 W/"2"`));
      assert.ok(seen.length > 10);
    }
  });

  test('a Binary is not listed: its versions are read through the resource that guards it', async () => {
    const binary = { resourceType: 'Binary', id: 'unlisted', contentType: 'text/plain', data: 'aGVsbG8=' };
    assert.equal((await put('/Binary/unlisted', binary)).status, 201);
    await put('/Patient/listed', patient({ id: 'listed' }));
    const answer = await app.agent.get('/_history?_count=1000');
    const urls = answer.body.entry.map((entry: { fullUrl: string }) => entry.fullUrl);
    assert.ok(urls.includes(`${app.base}/Patient/listed`));
    assert.deepEqual(
      urls.filter((url: string) => url.includes('/Binary/')),
      [],
    );
    for (const path of ['/Binary/_history', '/Binary/unlisted/_history', '/Binary/unlisted/_history/1']) {
      assert.equal((await app.agent.get(path)).status, 405, path);
    }
  });

  test('_since leaves older versions out; nonsense is refused', async () => {
    app.tick(60_000);
    await put('/Patient/late', patient({ id: 'late' }));
    const since = app.now().toISOString();
    const answer = await app.agent.get(`/_history?_since=${since}`);
    assert.deepEqual(
      answer.body.entry.map((entry: { fullUrl: string }) => entry.fullUrl),
      [`${app.base}/Patient/late`],
    );
    assert.equal((await app.agent.get('/_history?_since=yesterday')).status, 400);
    assert.equal((await app.agent.get('/_history?_at=2026')).status, 400);
  });
});
