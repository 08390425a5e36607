/** https://hl7.org/fhir/R4/http.html#transaction: all or nothing, links rewritten; batch: each on its own. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type FhirApp, firstIssue, patient, startFhirApp } from './fhir-app.ts';

let app: FhirApp;
beforeAll(async () => {
  app = await startFhirApp();
});
afterAll(() => app.close());

type Entry = Record<string, unknown>;
const send = (type: string, entry: unknown, more: object = {}) =>
  app.agent
    .post('/')
    .set('Content-Type', 'application/fhir+json')
    .send(JSON.stringify({ resourceType: 'Bundle', type, entry, ...more }));
const transaction = (...entry: Entry[]) => send('transaction', entry);

const guardian = (reference: string, more: object = {}): Entry => ({
  resourceType: 'RelatedPerson',
  active: true,
  name: [{ family: 'Vega' }],
  patient: { reference },
  ...more,
});
const post = (resource: Entry, fullUrl?: string): Entry => ({
  ...(fullUrl && { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType },
});
const put = (resource: Entry, more: object = {}): Entry => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...more },
});
const del = (url: string, more: object = {}): Entry => ({ request: { method: 'DELETE', url, ...more } });
const get = (url: string): Entry => ({ request: { method: 'GET', url } });

const total = async (type: string): Promise<number> => (await app.agent.get(`/${type}?_summary=count`)).body.total;
const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((one, at) => permutations(items.toSpliced(at, 1)).map((rest) => [one, ...rest]));
const URN = 'urn:uuid:0f5c9b1c-8d1e-4b6a-9a6b-3b8f6d1c2e01';

describe('transaction', () => {
  test('links by urn:uuid, in any case and order, become Type/id', async () => {
    const answer = await transaction(
      post(guardian(URN.toUpperCase().replace('URN:UUID', 'urn:uuid'))),
      post(patient({ identifier: [{ system: 'urn:ietf:rfc:3986', value: URN }] }), URN),
    );
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.type, 'transaction-response');
    const [guardianEntry, patientEntry] = answer.body.entry;
    assert.equal(guardianEntry.response.status, '201');
    assert.match(guardianEntry.response.location, new RegExp(`^${app.base}/RelatedPerson/[^/]+/_history/1$`));
    assert.equal(guardianEntry.response.etag, 'W/"1"');
    assert.equal(guardianEntry.response.lastModified, '2026-03-01T12:00:00.000Z');
    assert.equal(guardianEntry.resource, undefined);
    const patientId = patientEntry.response.location.split('/').at(-3);
    const stored = await app.agent.get(guardianEntry.response.location.slice(app.base.length));
    assert.equal(stored.body.patient.reference, `Patient/${patientId}`);
    // There the uuid is a name and not a link.
    const named = await app.agent.get(`/Patient/${patientId}`);
    assert.equal(named.body.identifier[0].value, URN);
  });

  test('links by a foreign fullUrl, absolute or relative to it', async () => {
    const answer = await transaction(
      post(patient(), 'https://ehr.example/fhir/Patient/77'),
      post(guardian('Patient/77'), 'https://ehr.example/fhir/RelatedPerson/1'),
      post(guardian('https://ehr.example/fhir/Patient/77')),
    );
    assert.equal(answer.status, 200, answer.text);
    const [youth, ...guardians] = answer.body.entry.map((entry: { fullUrl: string }) => entry.fullUrl);
    for (const url of guardians) {
      const stored = await app.agent.get(url.slice(app.base.length));
      assert.equal(`${app.base}/${stored.body.patient.reference}`, youth);
    }
  });

  test('links in extensions and attachments are rewritten too', async () => {
    const binary = 'urn:uuid:0f5c9b1c-8d1e-4b6a-9a6b-3b8f6d1c2e99';
    const extension = [{ url: 'https://ehr.example/about', valueReference: { reference: URN } }];
    const basic = {
      resourceType: 'Basic',
      code: { text: 'x' },
      extension: [
        ...extension,
        { url: 'https://ehr.example/file', valueAttachment: { contentType: 'text/plain', url: binary } },
        { url: 'https://ehr.example/link', valueUri: binary },
      ],
    };
    const answer = await transaction(
      post(basic),
      post(patient(), URN),
      post({ resourceType: 'Binary', contentType: 'text/plain', data: 'aGVsbG8=' }, binary),
    );
    assert.equal(answer.status, 200, answer.text);
    const [basicUrl, patientUrl, binaryUrl] = answer.body.entry.map((entry: { fullUrl: string }) => entry.fullUrl);
    const stored = (await app.agent.get(basicUrl.slice(app.base.length))).body;
    assert.equal(`${app.base}/${stored.extension[0].valueReference.reference}`, patientUrl);
    assert.equal(`${app.base}/${stored.extension[1].valueAttachment.url}`, binaryUrl);
    assert.equal(`${app.base}/${stored.extension[2].valueUri}`, binaryUrl);
  });

  test('one refused entry and nothing is stored; the path leads to it', async () => {
    const before = await total('Patient');
    const answer = await transaction(post(patient()), post(patient({ shoeSize: 3 })));
    assert.equal(answer.status, 422);
    assert.match(firstIssue(answer.body).expression?.[0] ?? '', /^Bundle\.entry\[1\]\.resource/);
    assert.equal(await total('Patient'), before);
  });

  test('a link to an entry that is deleted in the same transaction leads nowhere', async () => {
    await transaction(put(patient({ id: 'leaving' })));
    const answer = await transaction(del('Patient/leaving'), post(guardian('Patient/leaving')));
    assert.equal(answer.status, 422);
    assert.deepEqual(firstIssue(answer.body).expression, ['Bundle.entry[1].resource.patient']);
    assert.equal((await app.agent.get('/Patient/leaving')).status, 200);
  });

  test('a link to an entry that is created in the same transaction is good', async () => {
    const answer = await transaction(post(guardian('Patient/arriving')), put(patient({ id: 'arriving' })));
    assert.equal(answer.status, 200, answer.text);
  });

  test('whatever the order of the entries, each has the answer that DELETE, POST, PUT, GET gives it', async () => {
    const statuses = { DELETE: '204', POST: '201', PUT: '200', GET: '410' };
    const methods = Object.keys(statuses) as (keyof typeof statuses)[];
    for (const order of permutations(methods)) {
      const n = order.join('-');
      await transaction(put(patient({ id: `gone-${n}` })), put(patient({ id: `kept-${n}` })));
      const made = `urn:uuid:${randomUUID()}`;
      const entries = {
        DELETE: del(`Patient/gone-${n}`),
        POST: post(patient(), made),
        PUT: put(patient({ id: `kept-${n}`, link: [{ other: { reference: made }, type: 'seealso' }] })),
        GET: get(`Patient/gone-${n}`),
      };
      const answer = await transaction(...order.map((method) => entries[method]));
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(
        answer.body.entry.map((entry: { response: { status: string } }) => entry.response.status),
        order.map((method) => statuses[method]),
      );
      const location: string = answer.body.entry[order.indexOf('POST')].response.location;
      const kept = await app.agent.get(`/Patient/kept-${n}`);
      assert.ok(location.startsWith(`${app.base}/${kept.body.link[0].other.reference}/_history/`));
    }
  });

  test('a GET sees what the writes made; the answer keeps the order', async () => {
    await transaction(put(patient({ id: 'old' })));
    const answer = await transaction(
      get('Patient/new'),
      put(patient({ id: 'new' })),
      get('Patient/old'),
      del('Patient/old'),
      get('Patient?_id=new&_summary=count'),
    );
    assert.equal(answer.status, 200, answer.text);
    const statuses = answer.body.entry.map((entry: { response: { status: string } }) => entry.response.status);
    assert.deepEqual(statuses, ['200', '201', '410', '204', '200']);
    assert.equal(answer.body.entry[0].resource.id, 'new');
    assert.equal(answer.body.entry[2].response.outcome.issue[0].code, 'deleted');
    assert.equal(answer.body.entry[4].resource.total, 1);
  });

  test('ifMatch: a stale one refuses everything', async () => {
    await transaction(put(patient({ id: 'versioned' })));
    const before = await total('Patient');
    const stale = await transaction(post(patient()), put(patient({ id: 'versioned' }), { ifMatch: 'W/"7"' }));
    assert.equal(stale.status, 412);
    assert.equal(await total('Patient'), before);
    const fresh = await transaction(put(patient({ id: 'versioned' }), { ifMatch: 'W/"1"' }));
    assert.equal(fresh.body.entry[0].response.etag, 'W/"2"');
  });

  test('Prefer decides what the answer carries', async () => {
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [post(patient())] };
    const as = async (prefer: string) =>
      (
        await app.agent
          .post('/')
          .set('Content-Type', 'application/fhir+json')
          .set('Prefer', prefer)
          .send(JSON.stringify(bundle))
      ).body.entry[0];
    assert.equal((await as('return=representation')).resource.name[0].family, 'Vega');
    assert.equal((await as('return=minimal')).resource, undefined);
    assert.equal((await as('return=OperationOutcome')).response.outcome.resourceType, 'OperationOutcome');
  });

  test('an empty transaction', async () => {
    const answer = await app.agent
      .post('/')
      .set('Content-Type', 'application/fhir+json')
      .send('{"resourceType":"Bundle","type":"transaction"}');
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { resourceType: 'Bundle', type: 'transaction-response' });
  });

  const refused: [name: string, entries: unknown, status: number, text: RegExp][] = [
    [
      'the same resource twice',
      [put(patient({ id: 'p' })), del('Patient/p')],
      400,
      /Entries 0 and 1 are about the same/,
    ],
    ['the same fullUrl twice', [post(patient(), URN), post(patient(), URN)], 422, /fullUrl|bdl-7/],
    ['a urn: that is no entry', [post(guardian(URN))], 422, /no entry of this request/],
    ['a conditional reference', [post(guardian('Patient?identifier=x'))], 422, /Conditional references/],
    [
      'a conditional create',
      [{ ...post(patient()), request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=x' } }],
      400,
      /ifNoneExist/,
    ],
    [
      'a conditional update',
      [{ resource: patient(), request: { method: 'PUT', url: 'Patient?identifier=x' } }],
      405,
      /Conditional update/,
    ],
    ['a conditional delete', [del('Patient?identifier=x')], 405, /Conditional delete/],
    ['PATCH', [{ resource: patient(), request: { method: 'PATCH', url: 'Patient/1' } }], 405, /patch is not offered/],
    ['POST without a resource', [{ request: { method: 'POST', url: 'Patient' } }], 400, /not a JSON object/],
    [
      'another type than the url says',
      [{ resource: patient(), request: { method: 'POST', url: 'Group' } }],
      400,
      /Expected a Group/,
    ],
    [
      'another id than the url says',
      [{ resource: patient({ id: 'a' }), request: { method: 'PUT', url: 'Patient/b' } }],
      400,
      /id of the URL/,
    ],
    ['no request', [{ resource: patient() }], 422, /request|bdl-3/],
    ['null', [null], 422, /./],
    ['a string', ['x'], 422, /./],
    ['entry is no list', { a: 1 }, 422, /./],
    [
      'a Bundle in the Bundle',
      [{ resource: { resourceType: 'Bundle', type: 'batch' }, request: { method: 'POST', url: '/' } }],
      400,
      /can not contain a Bundle/,
    ],
    ['another server', [get('https://other.example/fhir/Patient/1')], 400, /not under our base/],
    ['an unknown type', [get('Device/1')], 404, /does not serve/],
    ['an operation', [get('Patient/$everything')], 404, /operation is not offered/],
    ['a broken escape', [get('Patient/%zz')], 400, /% escape/],
  ];
  for (const [name, entries, status, text] of refused) {
    test(`refuses ${name}`, async () => {
      const before = await total('Patient');
      const answer = await send('transaction', entries);
      assert.equal(answer.status, status, answer.text);
      assert.match(answer.body.issue.map((one: { diagnostics: string }) => one.diagnostics).join('\n'), text);
      assert.equal(await total('Patient'), before);
    });
  }

  test('more than 5,000 entries are refused', async () => {
    const answer = await send(
      'transaction',
      Array.from({ length: 5001 }, () => get('Patient/1')),
    );
    assert.equal(answer.status, 413);
    assert.equal(firstIssue(answer.body).code, 'too-costly');
  });

  test('other Bundles are refused', async () => {
    for (const type of ['collection', 'searchset', 'history', 'nonsense', 7, null]) {
      const answer = await send(type as string, []);
      assert.equal(answer.status, 400, String(type));
    }
    const patientToBase = await app.agent
      .post('/')
      .set('Content-Type', 'application/fhir+json')
      .send(JSON.stringify(patient()));
    assert.equal(patientToBase.status, 400);
  });
});

describe('batch', () => {
  test('each entry stands for itself', async () => {
    const answer = await send('batch', [
      post(patient()),
      post(patient({ shoeSize: 3 })),
      get('Patient/nobody'),
      null,
      { request: { method: 'PATCH', url: 'Patient/1' } },
      put(patient({ id: 'in-batch' })),
      get('Patient/in-batch'),
      del('Patient/in-batch'),
      get('metadata'),
      post(guardian(URN)),
    ]);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.type, 'batch-response');
    const statuses = answer.body.entry.map((entry: { response: { status: string } }) => entry.response.status);
    assert.deepEqual(statuses, ['201', '422', '404', '400', '405', '201', '200', '204', '200', '422']);
    assert.equal(answer.body.entry[1].response.outcome.resourceType, 'OperationOutcome');
    assert.equal(answer.body.entry[6].resource.id, 'in-batch');
    assert.ok(answer.body.entry[0].response.location);
    assert.equal(answer.body.entry[0].response.lastModified, '2026-03-01T12:00:00.000Z');
  });
});

describe('Binary', () => {
  const bytes = Buffer.from([0, 1, 2, 255, 254, 10, 13]);

  test('bytes in, bytes out; as a resource when FHIR is asked for', async () => {
    const created = await app.agent.post('/Binary').set('Content-Type', 'application/pdf').send(bytes);
    assert.equal(created.status, 201, created.text);
    assert.equal(created.body.contentType, 'application/pdf');
    const path = `/Binary/${created.body.id}`;
    const raw = await app.agent
      .get(path)
      .set('Accept', 'application/pdf')
      .buffer()
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });
    assert.deepEqual(raw.body, bytes);
    assert.equal(raw.headers['content-type'], 'application/pdf');
    assert.equal(raw.headers['content-disposition'], 'attachment');
    const resource = await app.agent.get(path).set('Accept', 'application/fhir+json');
    assert.equal(resource.body.data, bytes.toString('base64'));
    assert.equal(resource.body.resourceType, 'Binary');
    assert.equal((await app.agent.get(path).set('If-None-Match', 'W/"1"')).status, 304);
  });

  test('its bytes never change, and they go with it', async () => {
    const body = { resourceType: 'Binary', id: 'file', contentType: 'text/plain', data: 'aGVsbG8=' };
    const send = () =>
      app.agent.put('/Binary/file').set('Content-Type', 'application/fhir+json').send(JSON.stringify(body));
    assert.equal((await send()).status, 201);
    assert.equal((await app.agent.get('/Binary/file').set('Accept', 'text/plain')).text, 'hello');
    assert.equal((await send()).status, 409);
    assert.equal((await app.agent.delete('/Binary/file')).status, 204);
    assert.equal((await app.agent.get('/Binary/file')).status, 410);
  });

  test('is readable only as the resource that guards it', async () => {
    const put = (path: string, body: object) =>
      app.agent.put(path).set('Content-Type', 'application/fhir+json').send(JSON.stringify(body));
    await put('/Patient/guard', patient({ id: 'guard' }));
    const guarded = { resourceType: 'Binary', id: 'guarded', contentType: 'text/plain', data: 'aGVsbG8=' };
    const securityContext = { reference: 'Patient/guard' };
    assert.equal((await put('/Binary/guarded', { ...guarded, securityContext })).status, 201);
    assert.equal((await app.agent.get('/Binary/guarded')).status, 200);
    await app.agent.delete('/Patient/guard');
    for (const accept of ['text/plain', 'application/fhir+json', '*/*']) {
      assert.equal((await app.agent.get('/Binary/guarded').set('Accept', accept)).status, 404, accept);
    }
    const headed = await app.agent.head('/Binary/guarded');
    assert.equal(headed.status, 404);
    const inBatch = await send('batch', [get('Binary/guarded')]);
    assert.equal(inBatch.body.entry[0].response.status, '404');
  });

  test('too many bytes are refused', async () => {
    const answer = await app.agent.post('/Binary').set('Content-Type', 'text/plain').send('x'.repeat(1_500_000));
    assert.equal(answer.status, 413);
  });
});
