/**
 * One log line per request: id, method, route, status, milliseconds.
 *
 * The route is the pattern (`/fhir/R4/Patient/:id`), never the URL: ids and search values are about people.
 * `X-Request-Id` follows https://hl7.org/fhir/R4/http.html#custom; one that a client sends is kept if it is harmless.
 */
import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Log } from './log.ts';

const HARMLESS_ID = /^[A-Za-z0-9._:-]{1,64}$/;
const ids = new WeakMap<ServerResponse, string>();
const routes = new WeakMap<ServerResponse, string>();

/** Middleware; mount it first. */
export function requestLog(log: Log, newId: () => string): RequestHandler {
  return (request, response, next) => {
    const sent = request.headers['x-request-id'];
    const id = typeof sent === 'string' && HARMLESS_ID.test(sent) ? sent : newId();
    ids.set(response, id);
    response.setHeader('X-Request-Id', id);
    const startedAt = performance.now();
    response.on('close', () => {
      const path: unknown = request.route?.path;
      const route = routes.get(response) ?? (typeof path === 'string' ? path : 'unrouted');
      log.info(
        {
          requestId: id,
          method: request.method,
          route,
          status: response.statusCode,
          ms: Math.round((performance.now() - startedAt) * 10) / 10,
          ...(!response.writableFinished && { aborted: true }),
        },
        'request',
      );
    });
    next();
  };
}

/** The id of the request that this response answers; undefined when `requestLog` is not mounted. */
export const requestId = (response: ServerResponse): string | undefined => ids.get(response);

/** States the route for the log line where Express does not know it (one handler for many patterns). */
export function markRoute(response: ServerResponse, pattern: string): void {
  routes.set(response, pattern);
}
