/**
 * Batch import over HTTP: take the file, tell the progress, give out the receipts.
 *
 * Spec: https://hl7.org/fhir/R4/async.html (202 and Content-Location) where it fits a file of records
 */
import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { mediaType } from '../../http/content-negotiation.ts';
import { sendFhir } from '../../http/send-fhir.ts';
import { badRequest, FhirError, issue } from '../../outcome/fhir-error.ts';
import type { Grant } from '../../privacy/grant.ts';
import type { ImportJob, ImportReceipt } from '../../store/import-store.ts';
import { type Handler, requireKind, sendJson } from '../records-http.ts';
import type { RecordsParts } from '../records-parts.ts';
import { readCount, readQuery, readWriteOptions } from '../request-query.ts';
import { requireIdentityEncoding } from '../request-stream.ts';
import type { RecordsOperation } from '../routes.ts';
import { writeReaderState } from './import-options.ts';

type ImportOperation = Extract<
  RecordsOperation,
  'startImport' | 'listImports' | 'readImport' | 'cancelImport' | 'readReceipts'
>;

const OUTCOMES = ['accepted', 'unchanged', 'refused'] as const;

export function importHandlers(parts: RecordsParts): Record<ImportOperation, Handler> {
  const { imports, baseUrl, grantFor } = parts;
  const jobUrl = (id: string): string => `${baseUrl}/mentoring/imports/${id}`;

  return {
    startImport: async (request, response) => {
      const query = readQuery(request, ['kind', 'onFinding', 'history']);
      const kind = query.kind === undefined ? undefined : requireKind(query.kind).kind;
      const options = readWriteOptions(query);
      const format = importFormat(request);
      if (format === 'csv' && kind === undefined) {
        throw badRequest('required', 'A CSV file needs ?kind=, the collection of its rows, such as ?kind=sessions.');
      }
      requireIdentityEncoding(request);
      const job = await takeFile(request, { kind, format, readerState: writeReaderState(options) }, parts);
      sendJson(response, 202, describeJob(job, jobUrl), { 'Content-Location': jobUrl(job.id) });
    },

    listImports: async (request, response) => {
      const count = readCount(readQuery(request, ['count']).count, 50, 500, 'count');
      const jobs = await imports.listImports(grantFor(request), count);
      sendJson(response, 200, { items: jobs.map((job) => describeJob(job, jobUrl)) });
    },

    readImport: async (request, response) => {
      readQuery(request, []);
      sendJson(response, 200, describeJob(await requireJob(request, grantFor(request), parts), jobUrl));
    },

    cancelImport: async (request, response) => {
      readQuery(request, []);
      const grant = grantFor(request);
      const job = await requireJob(request, grant, parts);
      await imports.cancelImport(grant, job.id);
      sendFhir(response, 204, undefined);
    },

    readReceipts: async (request, response) => {
      const query = readQuery(request, ['outcome', 'count', 'afterLine']);
      const outcome = OUTCOMES.find((one) => one === query.outcome);
      if (query.outcome !== undefined && !outcome)
        throw badRequest('value', `outcome is one of ${OUTCOMES.join(', ')}.`);
      const count = readCount(query.count, 1000, 1000, 'count');
      const afterLine = readCount(query.afterLine, 0, 999_999_999, 'afterLine', 0);
      const grant = grantFor(request);
      const job = await requireJob(request, grant, parts);
      const found = await imports.receipts(grant, job.id, { count, afterLine, ...(outcome && { outcome }) });
      const last = found.length === count ? found.at(-1) : undefined;
      const next = last && nextPage(jobUrl(job.id), last, count, outcome);
      sendFhir(response, 200, found.map((receipt) => `${JSON.stringify(receipt)}\n`).join(''), {
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        ...(next && { Link: `<${next}>; rel="next"` }),
      });
    },
  };
}

function nextPage(url: string, last: ImportReceipt, count: number, outcome: string | undefined): string {
  return `${url}/receipts?count=${count}&afterLine=${last.line}${outcome ? `&outcome=${outcome}` : ''}`;
}

function importFormat(request: IncomingMessage): ImportJob['format'] {
  const { name, parameters } = mediaType(request.headers['content-type'] ?? '');
  const charset = parameters.get('charset')?.toLowerCase();
  if (charset === undefined || charset === 'utf-8') {
    if (['application/x-ndjson', 'application/ndjson', 'application/jsonl'].includes(name)) return 'ndjson';
    if (name === 'text/csv') return 'csv';
  }
  throw new FhirError(415, [
    issue('not-supported', 'Send the file as Content-Type application/x-ndjson or text/csv, in UTF-8.'),
  ]);
}

async function takeFile(
  request: Request,
  job: Pick<ImportJob, 'format' | 'readerState'> & { kind: string | undefined },
  { store, imports, newId, grantFor }: RecordsParts,
): Promise<ImportJob> {
  const grant = grantFor(request);
  const uploadId = newId();
  const { size } = await store.stageBinary(
    grant,
    uploadId,
    `import/${job.format}`,
    request.iterator({ destroyOnReturn: false }),
  );
  if (size === 0) throw badRequest('required', 'The file is empty.');
  const { kind, format, readerState } = job;
  return imports.createImport(grant, {
    id: newId(),
    ...(kind !== undefined && { kind }),
    format,
    status: 'queued',
    uploadId,
    totalBytes: size,
    position: 0,
    line: 0,
    accepted: 0,
    refused: 0,
    readerState,
  });
}

async function requireJob(request: Request, grant: Grant, { imports }: RecordsParts): Promise<ImportJob> {
  const id = String(request.params.job);
  const job = await imports.findImport(grant, id);
  if (!job)
    throw new FhirError(404, [issue('not-found', 'There is no such import. /mentoring/imports lists the latest.')]);
  return job;
}

function describeJob(job: ImportJob, jobUrl: (id: string) => string): object {
  const { id, kind, format, status, line, accepted, refused, position, totalBytes, failure, createdAt, updatedAt } =
    job;
  const done = status === 'completed' ? 1 : totalBytes > 0 ? position / totalBytes : 0;
  return {
    id,
    ...(kind && { kind }),
    format,
    status,
    line,
    accepted,
    refused,
    position,
    totalBytes,
    percent: Math.floor(done * 100),
    ...(failure && { failure }),
    createdAt,
    updatedAt,
    receipts: `${jobUrl(id)}/receipts`,
  };
}
