/**
 * Bodies that are streamed and not parsed: uploads and imports.
 */
import type { IncomingMessage } from 'node:http';
import { FhirError, issue } from '../outcome/fhir-error.ts';

/** Throws FhirError 415 for a compressed body: its size would not be what arrives. */
export function requireIdentityEncoding(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new FhirError(415, [issue('not-supported', 'Send the body without a Content-Encoding.')]);
  }
}
