/**
 * What every handler of the records API shares: plain JSON answers and the lookup of a collection.
 */
import type { Request, Response } from 'express';
import { sendFhir } from '../http/send-fhir.ts';
import { FhirError, issue } from '../outcome/fhir-error.ts';
import { findRecordKind, RECORD_KINDS, type RecordKind } from './record-kinds.ts';

export type Handler = (request: Request, response: Response) => Promise<void> | void;

/** Plain JSON, never cached. */
export function sendJson(
  response: Response,
  status: number,
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendFhir(response, status, body, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
}

/** The row of a collection. Throws FhirError 404 that names the collections. */
export function requireKind(name: unknown): RecordKind {
  const found = typeof name === 'string' ? findRecordKind(name) : undefined;
  if (found) return found;
  throw new FhirError(404, [
    issue(
      'not-found',
      `There is no collection of this name. There are: ${RECORD_KINDS.map(({ kind }) => kind).join(', ')}.`,
    ),
  ]);
}
