/**
 * The HTTP edge over a real socket: bodies, errors, ids, headers. https://hl7.org/fhir/R4/http.html#Status-Codes,
 * https://hl7.org/fhir/R4/http.html#custom
 */
import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { fhirErrorHandler } from '../../src/http/fhir-error-handler.ts';
import { readJsonBody } from '../../src/http/json-body.ts';
import { jsonLinesLog } from '../../src/http/log.ts';
import { requestId, requestLog } from '../../src/http/request-log.ts';
import { securityHeaders, setPagePolicy } from '../../src/http/security-headers.ts';
import { sendFhir } from '../../src/http/send-fhir.ts';
import { FhirError, issue, versionConflict } from '../../src/outcome/fhir-error.ts';
import { CommitConflict, StoreUnavailable } from '../../src/store/resource-store.ts';

const MAX_BYTES = 1000;
let logged: Record<string, unknown>[] = [];
let server: Server;
let agent: ReturnType<typeof request>;

const failures: Record<string, () => unknown> = {
  fhir: () => versionConflict('Patient', '1', '2'),
  headers: () => new FhirError(429, [issue('throttled', 'Slow down.')], { headers: { 'Retry-After': '7' } }),
  conflict: () => new CommitConflict('Patient', '1'),
  unavailable: () => new StoreUnavailable('down', { cause: new Error('password=hunter2') }),
  bug: () => new TypeError('x is not a function'),
  leak: () =>
    Object.assign(new Error('duplicate key (Marisol Vega)'), { code: '23505', cause: new Error('Marisol Vega') }),
  text: () => 'Marisol Vega',
  nothing: () => undefined,
  parser: () => Object.assign(new Error('Marisol Vega'), { status: 413, expose: true }),
};

beforeAll(async () => {
  const log = jsonLinesLog(
    (line) => logged.push(JSON.parse(line)),
    () => new Date('2026-03-01T12:00:00Z'),
  );
  const app = express();
  app.use(
    requestLog(log, () => 'made-here'),
    securityHeaders(),
  );
  app.post('/echo/:id', (incoming, response, next) => {
    readJsonBody(incoming, { maxBytes: MAX_BYTES })
      .then((body) => sendFhir(response, 200, { body }))
      .catch(next);
  });
  app.get('/fail/:kind', (incoming) => {
    throw failures[incoming.params.kind ?? '']?.();
  });
  app.get('/page', (_incoming, response) => {
    setPagePolicy(response, { frameAncestors: ['https://ehr.example'] });
    response.send('<p>');
  });
  app.get('/half', (_incoming, response, next) => {
    response.write('half');
    next(new Error('broke off'));
  });
  app.get('/id', (_incoming, response) => sendFhir(response, 200, { id: requestId(response) }));
  app.use(fhirErrorHandler(log));
  await new Promise<void>((resolve) => {
    server = app.listen(0, '127.0.0.1', () => resolve());
  });
  agent = request(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  logged = [];
});

describe('bodies', () => {
  const send = (body: string, type = 'application/json') => agent.post('/echo/1').set('Content-Type', type).send(body);

  test('JSON, with and without a byte order mark', async () => {
    assert.deepEqual((await send('{"a":"é"}')).body, { body: { a: 'é' } });
    assert.deepEqual((await send('\uFEFF[1]')).body, { body: [1] });
    assert.equal((await send('{"a":1}', 'application/fhir+json; charset=UTF-8')).status, 200);
    assert.equal((await send('{"a":1}', 'application/json; charset="utf-8"')).status, 200);
  });

  const refused: [name: string, body: string, type: string, status: number, text: RegExp][] = [
    ['nothing', '', 'application/json', 400, /empty/],
    ['Latin-1', '{}', 'application/json; charset=iso-8859-1', 415, /UTF-8/],
    ['UTF-16', '{}', 'application/json; charset=utf-16', 415, /UTF-8/],
    ['one byte too many', `"${'x'.repeat(MAX_BYTES - 1)}"`, 'application/json', 413, /larger than 1000 bytes/],
    ['far too many bytes', `"${'x'.repeat(MAX_BYTES * 500)}"`, 'application/json', 413, /larger than 1000 bytes/],
  ];
  for (const [name, body, type, status, text] of refused) {
    test(`refuses ${name}`, async () => {
      const answer = await send(body, type).catch((error: { code?: string }) => {
        // A client that is still sending half a megabyte may see the connection close before it reads the answer.
        assert.ok(status === 413 && ['ECONNRESET', 'EPIPE'].includes(error.code ?? ''), String(error));
        return undefined;
      });
      if (!answer) return;
      assert.equal(answer.status, status);
      assert.match(answer.body.issue[0].diagnostics, text);
    });
  }

  test('refuses bytes that are not UTF-8', async () => {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/echo/1`, {
      method: 'POST',
      body: Buffer.from([0x22, 0xff, 0x22]),
    });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /not valid UTF-8/);
  });

  test('the last byte that fits', async () => {
    assert.equal((await send(`"${'x'.repeat(MAX_BYTES - 2)}"`)).status, 200);
  });

  test('a Content-Encoding is refused, not misread', async () => {
    const answer = await agent.post('/echo/1').set('Content-Encoding', 'gzip').send('{}');
    assert.equal(answer.status, 415);
  });

  test('a client that goes away in the middle is not our error', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /echo/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a":');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    for (let n = 0; n < 100 && logged.length === 0; n++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(
      logged.map((line) => [line.level, line.aborted]),
      [['info', true]],
    );
  });
});

describe('errors', () => {
  const rows: [kind: string, status: number, code: string][] = [
    ['fhir', 412, 'conflict'],
    ['headers', 429, 'throttled'],
    ['conflict', 409, 'conflict'],
    ['unavailable', 503, 'transient'],
    ['bug', 500, 'exception'],
    ['leak', 500, 'exception'],
    ['text', 500, 'exception'],
    ['parser', 413, 'invalid'],
  ];
  for (const [kind, status, code] of rows) {
    test(`${kind} is ${status} ${code}`, async () => {
      const answer = await agent.get(`/fail/${kind}`);
      assert.equal(answer.status, status);
      assert.equal(answer.body.resourceType, 'OperationOutcome');
      assert.equal(answer.body.issue[0].code, code);
      assert.equal(answer.body.issue[0].severity, 'error');
      assert.match(answer.headers['content-type'] ?? '', /^application\/fhir\+json/);
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.doesNotMatch(answer.text + JSON.stringify(logged), /Marisol|hunter2/);
    });
  }

  test('headers of the error are sent', async () => {
    assert.equal((await agent.get('/fail/headers')).headers['retry-after'], '7');
    assert.equal((await agent.get('/fail/unavailable')).headers['retry-after'], '5');
  });

  test('the incident of a 500 is in the log, with where it was thrown', async () => {
    const answer = await agent.get('/fail/leak').set('X-Request-Id', 'r-1');
    const [, incident] = /incident ([0-9a-f-]{36})/.exec(answer.body.issue[0].diagnostics) ?? [];
    const line = logged.find((one) => one.incident === incident);
    assert.ok(line && incident);
    assert.equal(line.level, 'error');
    assert.equal(line.requestId, 'r-1');
    const { code, at } = line.error as { code: string; at: string[] };
    assert.equal(code, '23505');
    assert.match(at[0] ?? '', /edge\.test\.ts/);
  });

  test('an expected refusal is no error in the log', async () => {
    await agent.get('/fail/fhir');
    assert.deepEqual(
      logged.map((line) => line.level),
      ['info'],
    );
  });

  test('a broken escape that Express refuses', async () => {
    const answer = await agent.get('/fail/%E0%A4%A');
    assert.equal(answer.status, 400);
    assert.equal(answer.body.issue[0].code, 'invalid');
  });

  test('when half an answer is out the connection breaks', async () => {
    await assert.rejects(async () => await agent.get('/half'));
  });
});

describe('request log and headers', () => {
  test('the route is the pattern', async () => {
    await agent.post('/echo/marisol-vega?name=vega').send('{}');
    assert.equal(logged[0]?.route, '/echo/:id');
    assert.equal(typeof logged[0]?.ms, 'number');
    await agent.get('/nowhere/marisol-vega');
    assert.equal(logged[1]?.route, 'unrouted');
    assert.doesNotMatch(JSON.stringify(logged), /vega/);
  });

  for (const id of ['abc-1', 'A.b_c:9', 'x'.repeat(64)]) {
    test(`X-Request-Id ${id.slice(0, 20)} is kept`, async () => {
      const answer = await agent.get('/id').set('X-Request-Id', id);
      assert.equal(answer.headers['x-request-id'], id);
      assert.equal(answer.body.id, id);
    });
  }
  for (const id of ['x'.repeat(65), 'a b', '<script>', '{"a":1}', '']) {
    test(`X-Request-Id "${id.slice(0, 20)}" is replaced`, async () => {
      assert.equal((await agent.get('/id').set('X-Request-Id', id)).headers['x-request-id'], 'made-here');
    });
  }

  test('browsers are told to guess nothing, frame nothing, load nothing', async () => {
    const { headers } = await agent.get('/id');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'; frame-ancestors 'none'/);
  });

  test('a page may use its own styles and scripts, and be framed where it is allowed', async () => {
    const policy = (await agent.get('/page')).headers['content-security-policy'] ?? '';
    assert.match(policy, /script-src 'self'/);
    assert.match(policy, /frame-ancestors https:\/\/ehr\.example/);
    assert.doesNotMatch(policy, /unsafe/);
  });
});
