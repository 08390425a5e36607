/**
 * Last stop for every failed request: one OperationOutcome.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#Status-Codes
 *
 * A FhirError is told to the client as written. A store that does not answer is 503 with Retry-After. Anything else is
 * our bug: the client gets a 500 and an incident id, the log gets the id and where it was thrown.
 */
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import { badRequest, FhirError, issue } from '../outcome/fhir-error.ts';
import { CommitConflict, StoreUnavailable } from '../store/resource-store.ts';
import { describeError, type Log } from './log.ts';
import { requestId } from './request-log.ts';
import { sendFhir } from './send-fhir.ts';

const RETRY_AFTER_SECONDS = 5;

/** An Express error handler; mount it last. */
export function fhirErrorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const failure = toFhirError(error, log, requestId(response));
    if (response.headersSent) {
      // Half an answer is out (a Binary that broke off): the only honest sign left is a broken connection.
      response.destroy();
      return;
    }
    sendFhir(response, failure.status, failure.outcome, failure.headers);
  };
}

/** The FhirError a client is told for any thrown value; unexpected ones are logged with the incident id it names. */
export function toFhirError(error: unknown, log: Log, request?: string): FhirError {
  if (error instanceof FhirError) return error;
  if (error instanceof CommitConflict) {
    return new FhirError(409, [
      issue('conflict', `${error.resourceType}/${error.id} was changed by someone else at the same time. Try again.`),
    ]);
  }
  const context = { ...(request && { requestId: request }), error: describeError(error) };
  if (error instanceof StoreUnavailable) {
    log.error(context, 'The store does not answer');
    return new FhirError(503, [issue('transient', 'The store does not answer at the moment. Try again shortly.')], {
      headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
    });
  }
  return refusedByExpress(error) ?? clientGone(error) ?? unexpected(context, log);
}

/** What Express itself refuses, such as `%E0%A4%A` in a path: an error with a status of 4xx. */
function refusedByExpress(error: unknown): FhirError | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return new FhirError(status, [issue('invalid', 'The request can not be read. Check its path, headers and body.')]);
}

function clientGone(error: unknown): FhirError | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  if (code !== 'ECONNRESET' && code !== 'ECONNABORTED') return undefined;
  return badRequest('incomplete', 'The body broke off.');
}

function unexpected(context: object, log: Log): FhirError {
  const incident = randomUUID();
  log.error({ incident, ...context }, 'Unexpected error');
  return new FhirError(500, [issue('exception', `Internal error. Quote incident ${incident} when reporting it.`)]);
}
