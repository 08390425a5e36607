/**
 * The records API over HTTP: what a mentoring agency's case-management system talks to.
 *
 * Answers are plain JSON; errors are OperationOutcomes, as everywhere in this service. The routes stand in routes.ts.
 */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { SOURCE_ID, SOURCE_ID_GRAMMAR } from '../conformance/source-id.ts';
import { requireJsonContentType } from '../http/content-negotiation.ts';
import { readJsonBody } from '../http/json-body.ts';
import { sendFhir } from '../http/send-fhir.ts';
import { badRequest, FhirError, issue } from '../outcome/fhir-error.ts';
import { toIssue } from '../outcome/finding.ts';
import { attach } from './attachments/attach.ts';
import { buildOpenApi } from './description/openapi.ts';
import { importHandlers } from './import/import-routes.ts';
import { listRecords } from './read/list-records.ts';
import { readRecord, readRecordResources, readSentRecord } from './read/read-record.ts';
import { expectedVersion } from './record-version.ts';
import { type Handler, requireKind, sendJson } from './records-http.ts';
import type { RecordsParts } from './records-parts.ts';
import { readCount, readQuery, readWriteOptions } from './request-query.ts';
import { type RecordsOperation, ROUTES } from './routes.ts';
import { deleteRecord } from './write/delete-record.ts';
import { writeRecord } from './write/write-record.ts';

export type { RecordsParts } from './records-parts.ts';

/** Mount it at /mentoring, before the error handler. */
export function recordsRouter(parts: RecordsParts): Router {
  const router = Router({ caseSensitive: true });
  const handlers = handlersOf(parts);
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const routes = ROUTES.filter((route) => route.path === path);
    // Some clients escape the `$` of an operation, and Express compares paths as they were sent.
    const spellings = path.includes('$') ? [path, path.replace('$', '%24')] : [path];
    for (const { method, operation } of routes) router[method](spellings, handlers[operation]);
    // At once, so that `GET /attachments` is not taken for a collection of that name.
    router.all(spellings, refuseMethod(path));
  }
  router.use((request: Request, _response: Response, _next: NextFunction) => {
    const [kind = ''] = request.path.split('/').filter(Boolean);
    requireKind(kind);
    throw new FhirError(404, [
      issue('not-found', 'There is nothing at this address. /mentoring/docs lists the addresses.'),
    ]);
  });
  return router;
}

function handlersOf(parts: RecordsParts): Record<RecordsOperation, Handler> {
  const { baseUrl, grantFor } = parts;
  let openApi: string | undefined;
  return {
    ...importHandlers(parts),
    openapi: (request, response) => {
      readQuery(request, []);
      openApi ??= JSON.stringify(buildOpenApi(parts));
      sendJson(response, 200, openApi);
    },
    attach: (request, response) => attach(request, response, parts),

    listRecords: async (request, response) => {
      const { kind } = requireKind(request.params.kind);
      const query = readQuery(request, ['count', 'after']);
      const count = readCount(query.count, 50, 500, 'count');
      const page = { count, ...(query.after !== undefined && { after: query.after }) };
      const { items, next } = await listRecords(grantFor(request), kind, page, parts);
      const nextUrl = next && `${baseUrl}/mentoring/${kind}?count=${count}&after=${encodeURIComponent(next)}`;
      sendJson(response, 200, { items, ...(nextUrl && { next: nextUrl }) });
    },

    writeRecord: async (request, response) => {
      const { kind } = requireKind(request.params.kind);
      const sourceId = requireId(request.params.id);
      const options = readWriteOptions(readQuery(request, ['onFinding', 'history']));
      const expected = expectedVersion(request.headers['if-match'], request.headers['if-none-match']);
      requireJsonContentType(request, 'Send the record as Content-Type application/json.');
      const json = await readJsonBody(request, { maxBytes: parts.maxBodyBytes, whenTooLarge: whenTooLarge(kind) });
      const grant = grantFor(request);
      const written = await writeRecord(
        { grant, kind, sourceId, json, ...options, ...(expected !== undefined && { expectedVersion: expected }) },
        parts,
      );
      const { etag, ...answer } = written;
      sendJson(response, written.outcome === 'created' ? 201 : 200, answer, {
        ETag: etag,
        Location: recordUrl(baseUrl, kind, sourceId),
      });
    },

    readRecord: async (request, response) => {
      const { kind } = requireKind(request.params.kind);
      const sourceId = requireId(request.params.id);
      const query = readQuery(request, ['as']);
      if (query.as !== undefined && query.as !== 'sent') throw badRequest('value', 'as can only be sent.');
      const read = query.as === 'sent' ? readSentRecord : readRecord;
      const found = await read(grantFor(request), kind, sourceId, parts);
      sendJson(response, 200, found.record, {
        ETag: found.etag,
        'Last-Modified': new Date(found.lastModified).toUTCString(),
      });
    },

    deleteRecord: async (request, response) => {
      const { kind } = requireKind(request.params.kind);
      const sourceId = requireId(request.params.id);
      readQuery(request, []);
      const expected = expectedVersion(request.headers['if-match'], request.headers['if-none-match']);
      await deleteRecord(
        { grant: grantFor(request), kind, sourceId, ...(expected !== undefined && { expectedVersion: expected }) },
        parts,
      );
      sendFhir(response, 204, undefined);
    },

    readRecordResources: async (request, response) => {
      const { kind } = requireKind(request.params.kind);
      const sourceId = requireId(request.params.id);
      readQuery(request, []);
      const { versions, etag } = await readRecordResources(grantFor(request), kind, sourceId, parts);
      const entries = versions.map(
        ({ resourceType, id, content }) =>
          `{"fullUrl":${JSON.stringify(`${baseUrl}/fhir/R4/${resourceType}/${id}`)},"resource":${content}}`,
      );
      const entry = entries.length > 0 ? `,"entry":[${entries.join(',')}]` : '';
      sendFhir(response, 200, `{"resourceType":"Bundle","type":"collection"${entry}}`, { ETag: etag });
    },
  };
}

const recordUrl = (baseUrl: string, kind: string, sourceId: string): string =>
  `${baseUrl}/mentoring/${kind}/${encodeURIComponent(sourceId)}`;

/** A note grows by its file, which has a way of its own. */
const whenTooLarge = (kind: string): string =>
  kind === 'notes'
    ? 'Upload the file of the note to /mentoring/attachments first, and name its uploadId instead of attachment.data.'
    : 'No record is that large: check what was sent. Send many records with POST /mentoring/$import.';

function requireId(id: unknown): string {
  if (typeof id === 'string' && SOURCE_ID.test(id)) return id;
  throw badRequest('value', `The id in the address is not one. Use ${SOURCE_ID_GRAMMAR}; write / as %2F.`);
}

function refuseMethod(path: string): Handler {
  const methods = ROUTES.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
  return (request) => {
    if (path.startsWith('/:kind')) requireKind(request.params.kind);
    throw new FhirError(
      405,
      [toIssue({ severity: 'error', code: 'not-supported', message: `This address takes ${allow}.` })],
      {
        headers: { Allow: allow },
      },
    );
  };
}
