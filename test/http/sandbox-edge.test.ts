/** What is refused before any route: foreign host names, and bytes that are no HTTP request. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { answerBrokenRequests } from '../../src/http/broken-requests.ts';
import { fhirErrorHandler } from '../../src/http/fhir-error-handler.ts';
import { requireKnownHost } from '../../src/http/known-host.ts';

let server: Server;
let port = 0;
const nothing = () => {};

beforeAll(async () => {
  const app = express();
  app.use(requireKnownHost(['records.example']));
  app.get('/', (_request, response) => void response.send('here'));
  app.use(fhirErrorHandler({ info: nothing, warn: nothing, error: nothing }));
  server = createServer(app);
  answerBrokenRequests(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

/** Sends bytes as they are and returns status and body. */
function raw(text: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('end', () => resolve({ status: Number(answer.split(' ')[1]), body: answer.split('\r\n\r\n')[1] ?? '' }));
    socket.on('error', reject);
  });
}
const get = (host: string) => raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

describe('host names', () => {
  for (const host of [
    'localhost',
    'LOCALHOST:8080',
    '127.0.0.1:1',
    '127.9.9.9',
    '[::1]:8080',
    'records.example',
    'Records.Example:443',
  ]) {
    test(`${host} is answered`, async () => assert.equal((await get(host)).status, 200));
  }
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'records.example.evil',
    'x[::1]',
  ]) {
    test(`${host} is refused`, async () => {
      const { status, body } = await get(host);
      assert.equal(status, 421);
      assert.equal((JSON.parse(body) as { resourceType: string }).resourceType, 'OperationOutcome');
    });
  }
});

describe('what is no HTTP request', () => {
  const rows: [what: string, text: string, status: number][] = [
    ['an unknown method', 'FROBNICATE / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['a header of 40 kB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
    ['an expectation nobody knows', 'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: foo\r\n\r\n', 417],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
  ];
  for (const [what, text, status] of rows) {
    test(`${what}: ${status} with an OperationOutcome`, async () => {
      const answer = await raw(text);
      assert.equal(answer.status, status);
      const outcome = JSON.parse(answer.body) as { issue: { diagnostics: string }[] };
      assert.ok(outcome.issue[0]?.diagnostics);
    });
  }
});
