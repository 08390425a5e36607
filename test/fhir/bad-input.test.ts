/**
 * Bad input gets a 4xx with an OperationOutcome, never a 5xx: https://hl7.org/fhir/R4/http.html#Status-Codes
 *
 * Three lists crossed with each other: nasty paths, nasty bodies, nasty changes to good resources. The changes are drawn
 * from a fixed seed, so a failure repeats.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { examplesBundle, type FhirApp, startFhirApp } from './fhir-app.ts';

let app: FhirApp;
beforeAll(async () => {
  app = await startFhirApp();
});
afterAll(() => app.close());

const FHIR = 'application/fhir+json';

function assertRefused(status: number, body: unknown, what: string): void {
  assert.ok(
    status >= 400 && status < 500,
    `${what.slice(0, 200)} gave ${status} ${JSON.stringify(body).slice(0, 300)}`,
  );
  assert.equal((body as { resourceType?: string }).resourceType, 'OperationOutcome', what.slice(0, 200));
}

/** Sends a request line as it is: clients and URL parsers would clean it up. */
function rawRequest(line: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(app.base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    // A server that refuses while we still send closes the connection; what it said before counts.
    socket.on('error', (error) =>
      text === '' && !('code' in error && error.code === 'ECONNRESET') ? reject(error) : undefined,
    );
    socket.on('close', () => resolve({ status: Number(text.slice(9, 12)), text }));
    socket.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}

describe('paths and queries', () => {
  const paths = [
    '/Patient/%00',
    '/Patient/%zz',
    '/Patient/%',
    '/Patient/%ED%A0%80',
    '/Patient/%E0%A4%A',
    '/Patient/..%2f..%2fetc',
    '/Patient/a%2Fb',
    '/Patient/../../metadata/x',
    '/%50atient/%2e%2e',
    '/Patient//1',
    '//',
    '/Patient/1/_history/1/2/3',
    '/Patient/1/_history/',
    '/Patient/1/_history/%00',
    '/Patient/_history/1',
    '/Patient/_search/x',
    '/_search',
    '/__proto__/1',
    '/constructor/1',
    '/Patient/__proto__',
    '/Patient/constructor',
    '/toString',
    '/Patient/1;drop',
    "/Patient/'%20OR%201=1",
    '/Patient?_id=%00',
    '/Patient?_id=%ED%A0%80',
    '/Patient?%00=1',
    '/Patient?__proto__=1',
    '/Patient?constructor=1',
    '/Patient?toString=1',
    '/Patient?_count=1e9',
    '/Patient?_count=99999999999999999999',
    '/Patient?_sort=__proto__',
    '/Patient?_sort=,',
    '/Patient?identifier=%7C%7C',
    '/Patient?birthdate=0000',
    '/Patient?birthdate=99999',
    '/Patient?birthdate=ge',
    '/Patient?_page=AAAA',
    '/Patient?_page=%00',
    '/Patient?a[b]=c',
    '/_history?_since=9999999999',
    '/_history?_count=x',
    '/metadata?mode=terminology',
    '/$',
    '/Patient/$',
    '/Patient/1/$validate',
    '/*',
    `/Patient?${'a=1&'.repeat(300)}`,
    `/Patient?_id=${'x,'.repeat(3000)}x`,
  ];
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    for (const path of paths) {
      // POST to a search path with a query is a write or search of its own; its own tests cover it.
      if (method === 'POST' && path.startsWith('/Patient?')) continue;
      test(`${method} ${path.slice(0, 60)}`, async () => {
        const { status, text } = await rawRequest(`${method} /fhir/R4${path}`);
        const isIdempotentDelete = method === 'DELETE' && status === 204;
        assert.ok(isIdempotentDelete || (status >= 400 && status < 500), `${status} ${text.slice(0, 300)}`);
        if (method !== 'HEAD' && status !== 204) assert.match(text, /"resourceType":"OperationOutcome"/);
      });
    }
  }

  test('a URL of 64 kB', async () => {
    const { status, text } = await rawRequest(`GET /fhir/R4/Patient?_id=${'x'.repeat(65_536)}`);
    assert.ok(status === 431 || text === '', text);
    assert.equal((await app.agent.get('/metadata')).status, 200);
  });
});

describe('bodies', () => {
  const bodies = [
    '',
    ' ',
    'null',
    'true',
    '0',
    '"x"',
    '[]',
    '[null]',
    '{}',
    '{"resourceType":null}',
    '{"resourceType":7}',
    '{"resourceType":["Patient"]}',
    '{"resourceType":{"a":1}}',
    '{"resourceType":"patient"}',
    '{"resourceType":"__proto__"}',
    '{"resourceType":"Patient","resourceType":"Patient"}',
    '{"resourceType":"Patient","id":1}',
    '{"resourceType":"Patient","meta":"x"}',
    '{"resourceType":"Patient","meta":[]}',
    '{"resourceType":"Patient","meta":{"profile":"x"}}',
    '{"resourceType":"Patient","meta":{"profile":[null]}}',
    '{"resourceType":"Patient","meta":{"tag":[null]}}',
    '{"resourceType":"Patient","meta":{"security":"x"}}',
    '{"resourceType":"Patient","meta":{"security":[null]}}',
    '{"resourceType":"Patient","identifier":[null]}',
    '{"resourceType":"Patient","identifier":"x"}',
    '{"resourceType":"Patient","name":{"family":"x"}}',
    '{"resourceType":"Patient","name":[[]]}',
    '{"resourceType":"Patient","extension":{}}',
    '{"resourceType":"Patient","extension":[{"url":null}]}',
    '{"resourceType":"Patient","contained":[null]}',
    '{"resourceType":"Patient","contained":[{"resourceType":"Patient"}]}',
    '{"resourceType":"Patient","contained":{"resourceType":"Patient"}}',
    '{"resourceType":"Patient","managingOrganization":"Organization/1"}',
    '{"resourceType":"Patient","managingOrganization":{"reference":7}}',
    '{"resourceType":"Patient","managingOrganization":{"reference":""}}',
    '{"resourceType":"Patient","managingOrganization":{"reference":"Organization/ "}}',
    '{"resourceType":"Patient","birthDate":"2012-02-30"}',
    '{"resourceType":"Patient","birthDate":20120230}',
    '{"resourceType":"Patient","multipleBirthInteger":1e400}',
    '{"resourceType":"Patient","multipleBirthInteger":12345678901234567890}',
    '{"resourceType":"Patient","text":{"status":"generated","div":"<script>"}}',
    '{"resourceType":"Patient","__proto__":{"id":"x"}}',
    '{"resourceType":"Patient","constructor":{"prototype":{}}}',
    '{"resourceType":"Patient","toString":"x"}',
    '{"resourceType":"Patient","name":[{"family":"\\u0000"}]}',
    '{"resourceType":"Patient","name":[{"family":"\\ud800"}]}',
    `{"resourceType":"Patient","extension":${'[{"extension":'.repeat(45)}[]${'}]'.repeat(45)}}`,
    `{"resourceType":"Patient","a":${'['.repeat(50_000)}`,
    `{"resourceType":"Patient","name":[${'{},'.repeat(5000)}{}]}`,
    `{"resourceType":"Patient","${'k'.repeat(70_000)}":1}`,
    '{"resourceType":"Bundle"}',
    '{"resourceType":"Bundle","type":"transaction","entry":{}}',
    '{"resourceType":"Bundle","type":"transaction","entry":[null]}',
    '{"resourceType":"Bundle","type":"transaction","entry":[[]]}',
    '{"resourceType":"Bundle","type":"transaction","entry":[{"request":null}]}',
    '{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":7,"url":{}}}]}',
    '{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"GET","url":""}}]}',
    '{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":7,"request":{"method":"GET","url":"Patient"}}]}',
    '{"resourceType":"Bundle","type":"transaction","entry":[{"resource":[],"request":{"method":"POST","url":"Patient"}}]}',
    '{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient","meta":3},"request":{"method":"POST","url":"Patient"}}]}',
    '{"resourceType":"Binary"}',
    '{"resourceType":"Binary","contentType":7,"data":"x"}',
    '{"resourceType":"Binary","contentType":"text/plain","data":7}',
    '{"resourceType":"Binary","contentType":"text/plain","data":"%%%"}',
    '{"resourceType":"Binary","contentType":"text/plain","data":"aGk=","securityContext":"x"}',
  ];
  const targets: ['post' | 'put', string][] = [
    ['post', '/Patient'],
    ['put', '/Patient/fuzz'],
    ['post', '/'],
    ['post', '/Binary'],
    ['put', '/Binary/fuzz'],
  ];
  for (const [method, path] of targets) {
    test(`${method} ${path} with ${bodies.length} bodies`, async () => {
      for (const body of bodies) {
        const answer = await app.agent[method](path).set('Content-Type', FHIR).send(body);
        assertRefused(answer.status, answer.body, `${method} ${path} ${body}`);
      }
    });
  }

  test('batch entries of every bad body', async () => {
    const entry = bodies.flatMap((text) => {
      try {
        return [{ resource: JSON.parse(text), request: { method: 'POST', url: 'Patient' } }];
      } catch {
        return [];
      }
    });
    const storable = entry.filter(({ resource }) => JSON.stringify(resource).length < 10_000);
    for (const one of storable) {
      const body = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry: [one] });
      const answer = await app.agent.post('/').set('Content-Type', FHIR).send(body);
      const status = Number(answer.body.entry?.[0]?.response.status ?? answer.status);
      assert.ok(status >= 400 && status < 500, `${status} for ${body.slice(0, 200)}`);
    }
  });

  test('nothing was logged as unexpected', () => {
    assert.deepEqual(
      app.logged.filter((line) => line.level === 'error'),
      [],
    );
  });
});

/** A small repeatable generator: https://en.wikipedia.org/wiki/Xorshift */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe('changed resources', () => {
  const NASTY: unknown[] = [
    null,
    true,
    false,
    0,
    -1,
    1e21,
    '',
    ' ',
    'x',
    '2012-99-99',
    [],
    {},
    [null],
    [[]],
    { reference: 'Patient' },
    { extension: [{}] },
    'a'.repeat(5000),
    '#x',
    'urn:uuid:x',
    { resourceType: 'Patient' },
  ];

  /** Replaces one place of a resource by something nasty; sometimes a name is changed instead. */
  function spoil(resource: object, pick: (below: number) => number): object {
    const copy = structuredClone(resource);
    let node: Record<string, unknown> | unknown[] = copy as Record<string, unknown>;
    for (;;) {
      const keys = Object.keys(node);
      const key = keys[pick(keys.length)];
      if (key === undefined) return copy;
      const child = (node as Record<string, unknown>)[key];
      if (typeof child === 'object' && child !== null && pick(3) > 0) {
        node = child as Record<string, unknown>;
        continue;
      }
      const nasty = NASTY[pick(NASTY.length)];
      if (!Array.isArray(node) && pick(5) === 0) (node as Record<string, unknown>)[`${key}X`] = nasty;
      else (node as Record<string, unknown>)[key] = nasty;
      return copy;
    }
  }

  test('200 spoilt examples: no 5xx', async () => {
    const pick = seeded(20_260_301);
    const resources = examplesBundle().entry.map((entry) => (entry as { resource: { resourceType: string } }).resource);
    const tally = new Map<number, number>();
    for (let n = 0; n < 200; n++) {
      const original = resources[pick(resources.length)] ?? { resourceType: 'Patient' };
      const body = JSON.stringify(spoil(original, pick));
      const answer = await app.agent.post(`/${original.resourceType}`).set('Content-Type', FHIR).send(body);
      tally.set(answer.status, (tally.get(answer.status) ?? 0) + 1);
      assert.ok(answer.status < 500, `${answer.status} for ${body}`);
      if (answer.status >= 400) assertRefused(answer.status, answer.body, body);
    }
    assert.ok((tally.get(422) ?? 0) > 50, JSON.stringify([...tally]));
    assert.deepEqual(
      app.logged.filter((line) => line.level === 'error'),
      [],
    );
  });
});
