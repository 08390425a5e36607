/**
 * A service that stops answers what it is answering, and is not kept by what never ends.
 * https://nodejs.org/docs/latest-v24.x/api/http.html#serverclosecallback
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, test } from 'vitest';
import { closeServer } from '../../src/http/close-server.ts';

const LONG = 3_600_000;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A server that tells of each request and leaves the answer to the test; uploads are read to their end first. */
async function listening(): Promise<{ server: Server; port: number; asked(): Promise<ServerResponse> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = async () => ((await once(server, 'request')) as [unknown, ServerResponse])[1];
  return { server, port: (server.address() as AddressInfo).port, asked };
}

/** A connection that sends `text`; resolves `closed` when it ends, with what came back. */
function open(port: number, text: string): { closed: Promise<string> } {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  sockets.push(socket);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.on('error', () => {}); // being cut off is what is tested
  return { closed: once(socket, 'close').then(() => answer) };
}

const UPLOAD = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nfirst bytes';

describe('closing', () => {
  test('waits for the answer that is on its way', async () => {
    const { server, port, asked } = await listening();
    const { closed } = open(port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    const response = await asked();
    let ended = false;
    const closing = closeServer(server, LONG).then(() => {
      ended = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, false);
    response.end('the whole answer');
    await closing;
    assert.match(await closed, /200 OK[\s\S]*the whole answer/);
  });

  test('takes nobody new', async () => {
    const { server, port } = await listening();
    await closeServer(server, LONG);
    const refused = request({ port, host: '127.0.0.1' });
    refused.end();
    const [error] = await once(refused, 'error');
    assert.equal(error.code, 'ECONNREFUSED');
  });

  test('does not wait for a connection on which nothing is asked', async () => {
    const { server, port, asked } = await listening();
    const { closed } = open(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    (await asked()).end('answered');
    // Idle from now on, and kept alive by the client.
    await new Promise((resolve) => setImmediate(resolve));
    await closeServer(server, LONG);
    assert.match(await closed, /answered/);
  });

  const endless: [what: string, text: string][] = [
    ['an upload that does not end', UPLOAD],
    ['an answer that never comes', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ];
  for (const [what, text] of endless) {
    test(`${what} is cut off at the deadline`, async () => {
      const { server, port, asked } = await listening();
      const { closed } = open(port, text);
      await asked();
      await closeServer(server, 1);
      assert.equal(await closed, '');
    });
  }
});
