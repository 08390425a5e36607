/**
 * The FHIR API as an Express router: one dispatcher for every interaction.
 *
 * Spec: https://hl7.org/fhir/R4/http.html
 *
 * In order: path and method to an interaction, format negotiation, grant, interaction, answer. Express's own routing
 * is not used, so that a `%2F` in an id or a path like `/Patient/_search` can not mean two things.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Router } from 'express';
import { requireJsonAccepted, requireJsonContentType } from '../http/content-negotiation.ts';
import { fhirErrorHandler } from '../http/fhir-error-handler.ts';
import { readJsonBody, readTextBody } from '../http/json-body.ts';
import { parsePrefer } from '../http/prefer.ts';
import { markRoute } from '../http/request-log.ts';
import { sendFhir } from '../http/send-fhir.ts';
import { FhirError, issue } from '../outcome/fhir-error.ts';
import { isRawBinary } from './binary-content.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from './fhir-parts.ts';
import { HANDLERS } from './handlers.ts';
import { matchRoute, pathSegments, type Route } from './match-route.ts';
import { parseQuery, type Query, single, without } from './query.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Mount it at the path of `parts.baseUrl`. Answers every request, failures included. */
export function fhirRouter(parts: FhirParts): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    answer(request, response, request.baseUrl, parts).catch(next);
  });
  router.use(fhirErrorHandler(parts.log));
  return router;
}

async function answer(
  http: IncomingMessage,
  response: ServerResponse,
  mountedAt: string,
  parts: FhirParts,
): Promise<void> {
  const url = http.url ?? '/';
  const at = url.indexOf('?');
  const method = http.method ?? 'GET';
  const segments = pathSegments(at < 0 ? url : url.slice(0, at));
  markRoute(response, `${mountedAt}/*`);
  const route = matchRoute(method, segments);
  markRoute(response, mountedAt + route.path.replace(':resourceType', route.resourceType));

  const urlQuery = parseQuery(at < 0 ? '' : url.slice(at + 1));
  const query = isFormSearch(route, method) ? [...urlQuery, ...(await readForm(http, parts))] : urlQuery;
  const isBinaryRead = route.code === 'read' && route.resourceType === 'Binary';
  if (!isBinaryRead || single(query, '_format') !== undefined) requireJsonAccepted(http, single(query, '_format'));

  const request = toFhirRequest(http, route, query, parts);
  await send(http, response, await HANDLERS[route.code](request, parts), wantsPretty(query));
}

function toFhirRequest(http: IncomingMessage, route: Route, query: Query, parts: FhirParts): FhirRequest {
  const { headers } = http;
  const request: FhirRequest = {
    grant: parts.grantFor(http),
    resourceType: route.resourceType,
    id: route.id,
    versionId: route.versionId,
    query: without(query, ['_format', '_pretty']),
    prefer: parsePrefer(headers.prefer),
    ifMatch: headers['if-match'],
    ifNoneMatch: headers['if-none-match'],
    ifModifiedSince: headers['if-modified-since'],
    ifNoneExist: headers['if-none-exist'] as string | undefined,
    body: async () => {
      if (!isRawBinary(request)) requireJsonContentType(http);
      return readJsonBody(http, { maxBytes: parts.maxBodyBytes });
    },
    http,
  };
  return request;
}

const isFormSearch = (route: Route, method: string): boolean => route.code === 'search-type' && method === 'POST';

async function readForm(http: IncomingMessage, parts: FhirParts): Promise<Query> {
  const contentType = http.headers['content-type'];
  const text = await readTextBody(http, { maxBytes: Math.min(parts.maxBodyBytes, 1024 * 1024) });
  if (text === '') return [];
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== FORM) {
    throw new FhirError(415, [issue('not-supported', `Send the parameters of _search as ${FORM}.`)]);
  }
  return parseQuery(text.trim());
}

const wantsPretty = (query: Query): boolean => single(query, '_pretty') === 'true';

async function send(
  http: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: FhirAnswer,
  pretty: boolean,
): Promise<void> {
  if (body === undefined || typeof body === 'string') {
    const text = body !== undefined && pretty ? JSON.stringify(JSON.parse(body), null, 2) : body;
    sendFhir(response, status, text, headers);
    return;
  }
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers, 'Content-Type': body.contentType });
  if (http.method === 'HEAD') response.end();
  else await pipeline(Readable.from(body.chunks), response);
}
