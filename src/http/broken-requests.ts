/**
 * Requests that Node's parser refuses before there is a request: told in an OperationOutcome all the same.
 *
 * Spec: https://nodejs.org/docs/latest-v24.x/api/http.html#event-clienterror, https://hl7.org/fhir/R4/http.html#Status-Codes
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { FhirError, issue } from '../outcome/fhir-error.ts';
import { FHIR_JSON } from './content-negotiation.ts';
import { sendFhir } from './send-fhir.ts';

const REASONS: Readonly<Record<string, readonly [status: string, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The address or the headers are too long. Send a search by POST.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time.'],
};
const UNREADABLE = [
  '400 Bad Request',
  'The request is not HTTP/1.1 as it should be. Check method, address and headers.',
] as const;

export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, sentence] = REASONS[error.code ?? ''] ?? UNREADABLE;
    const { outcome } = new FhirError(400, [issue('invalid', sentence)]);
    const body = JSON.stringify(outcome);
    const headers = [`Content-Type: ${FHIR_JSON}`, `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
    socket.end(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${body}`);
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const { outcome } = new FhirError(417, [issue('not-supported', 'Of Expect only 100-continue is understood.')]);
    sendFhir(response, 417, outcome, { Connection: 'close' });
  });
}
