/**
 * The records API for tests: real schemas, maps, validator, rules and the embedded store in memory, over real HTTP.
 *
 * Every test takes a tenant of its own, so that one store serves a whole file.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Resource } from '@medplum/fhirtypes';
import express from 'express';
import { type Engines, loadEngines } from '../../src/engines.ts';
import { createSearchIndexer } from '../../src/fhir/search/search-index.ts';
import { fhirErrorHandler } from '../../src/http/fhir-error-handler.ts';
import type { Log } from '../../src/http/log.ts';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { type Grant, sandboxGrant } from '../../src/privacy/grant.ts';
import { EXAMPLES } from '../../src/records/description/examples.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import type { RecordsParts } from '../../src/records/records-parts.ts';
import { recordsRouter } from '../../src/records/records-router.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  json: any;
}

export interface Agency {
  tenant: string;
  grant: Grant;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** PUT that has to succeed. */
  put(kind: string, record: JsonObject, query?: string): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** Sends the examples of the API description up to this kind. */
  sendExamplesUpTo(kind: string): Promise<void>;
  /** The current resource behind a source id, parsed. */
  resource(resourceType: string, sourceId: string): Promise<Resource & Record<string, unknown>>;
  /** Changes a stored resource as a partner would over FHIR. */
  partner(resourceType: string, sourceId: string, change: (resource: Record<string, unknown>) => void): Promise<void>;
}

export interface RecordsService {
  engines: Engines;
  store: OpenStore;
  parts: RecordsParts;
  url: string;
  /** What was logged as an error; empty at the end of a good test. */
  errors: { event: object; message: string }[];
  agency(): Agency;
  stop(): Promise<void>;
}

/** One example record of the API description, as a copy to change. */
export const example = (kind: string): JsonObject => structuredClone(EXAMPLES.records[kind] ?? {}) as JsonObject;

export async function startRecords(options: { databaseUrl?: string } = {}): Promise<RecordsService> {
  const engines = loadEngines(ROOT);
  const now = (): Date => new Date();
  const store = await openStore({
    ...(options.databaseUrl ? { databaseUrl: options.databaseUrl } : { inMemory: true }),
    cacheDir: join(ROOT, '.cache'),
    indexer: createSearchIndexer(engines.definitions, 'UTC'),
    now,
  });
  const errors: RecordsService['errors'] = [];
  const log: Log = { info: () => {}, warn: () => {}, error: (event, message) => errors.push({ event, message }) };
  const parts: RecordsParts = {
    store: store.resources,
    imports: store.imports,
    schemas: engines.schemas,
    maps: engines.maps,
    admission: engines.admission,
    agencyOf: () => ({ identifierBase: 'https://agency.example/sid', organizationId: 'agency' }),
    grantFor: (request) => sandboxGrant(String(request.headers['x-tenant'])),
    baseUrl: 'http://records.example',
    now,
    newId: () => randomUUID(),
    log,
    maxBodyBytes: 1024 * 1024,
    maxAttachmentBytes: 300_000,
    banner: 'Sandbox: invented data only.',
  };
  const app = express();
  app.set('query parser', false);
  app.use('/mentoring', recordsRouter(parts));
  app.use(fhirErrorHandler(log));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    engines,
    store,
    parts,
    url,
    errors,
    agency: () => agencyAt(url, store, `tenant-${randomUUID()}`),
    stop: async () => {
      await close(server);
      await store.close();
    },
  };
}

function agencyAt(url: string, { resources }: OpenStore, tenant: string): Agency {
  const grant = sandboxGrant(tenant);
  const send: Agency['send'] = async (method, path, body, headers = {}) => {
    const raw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
    const response = await fetch(`${url}/mentoring${path}`, {
      method,
      headers: { 'x-tenant': tenant, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body), duplex: 'half' }),
    } as RequestInit);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const find = async (resourceType: string, sourceId: string) => {
    const [link] = await resources.linksBySource(grant, [{ resourceType, sourceId }]);
    const version = link && (await resources.read(grant, resourceType, link.id));
    if (!version) throw new Error(`No ${resourceType} behind ${sourceId}`);
    return version;
  };
  const put: Agency['put'] = async (kind, record, query = '') => {
    const answer = await send('PUT', `/${kind}/${encodeURIComponent(String(record.id))}${query}`, record);
    if (answer.status >= 300) throw new Error(`PUT ${kind} answered ${answer.status}: ${answer.text}`);
    return answer;
  };
  return {
    tenant,
    grant,
    send,
    put,
    get: (path) => send('GET', path),
    sendExamplesUpTo: async (last) => {
      for (const { kind } of RECORD_KINDS) {
        if (kind === 'mentors') await put(kind, EXAMPLES.supervisor as unknown as JsonObject);
        await put(kind, example(kind));
        if (kind === last) return;
      }
    },
    resource: async (resourceType, sourceId) => JSON.parse((await find(resourceType, sourceId)).content),
    partner: async (resourceType, sourceId, change) => {
      const { content, id, versionId } = await find(resourceType, sourceId);
      const resource = JSON.parse(content);
      change(resource);
      await resources.commit(grant, {
        resources: [{ resourceType, id, expectedVersion: versionId, method: 'PUT', resource }],
      });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
