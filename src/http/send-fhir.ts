/**
 * Writes a FHIR answer.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#mime-type
 *
 * Text from the store goes to the socket as it is. Answers are never cached on the way: they are about a child. Written
 * with node's own calls, so that Express adds no ETag of its own.
 */
import type { ServerResponse } from 'node:http';
import { FHIR_JSON } from './content-negotiation.ts';

type FhirHeaders = Readonly<Record<string, string>>;

/**
 * Sends `body` (JSON text, or an object to be serialised; undefined for none). A HEAD request gets the headers alone.
 * `headers` may replace Content-Type.
 */
export function sendFhir(
  response: ServerResponse,
  status: number,
  body: string | object | undefined,
  headers: FhirHeaders = {},
): void {
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) {
    if (status !== 204 && status !== 304) response.setHeader('Content-Length', 0);
    response.end();
    return;
  }
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', FHIR_JSON);
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
