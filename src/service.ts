/**
 * The service in one process: store, engines, routers, import worker, listening socket. `start.ts` starts it with the
 * environment; the demo and the end-to-end tests start it with their own settings.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { StructureDefinition } from '@medplum/fhirtypes';
import { type AppParts, createApp } from './app.ts';
import type { Config } from './config/config.ts';
import type { Definitions } from './conformance/definitions.ts';
import { type Engines, loadCheckoutDefinitions, loadEngines } from './engines.ts';
import { createSearchIndexer } from './fhir/search/search-index.ts';
import { answerBrokenRequests } from './http/broken-requests.ts';
import { closeServer } from './http/close-server.ts';
import { describeError, type Log } from './http/log.ts';
import { sandboxGrant } from './privacy/grant.ts';
import { SANDBOX_BANNER } from './programs/sandbox-data.ts';
import { createImportWorker } from './records/import/import-worker.ts';
import type { RecordsParts } from './records/records-router.ts';
import { type OpenStore, openStore } from './store/open-store.ts';

/** The one agency of a service until tenants can be configured. */
const TENANT = 'agency';

export interface ServiceOptions {
  config: Config;
  /** The checkout: profiles/, mappings/ and package.json are in it. */
  root: string;
  softwareVersion: string;
  log: Log;
  now(): Date;
}

export interface Service {
  /** Address to open, such as `http://127.0.0.1:8080`. */
  url: string;
  engineName: string;
  /** Finishes the requests that are under way (within seconds), hands back the import it works on, closes the store. */
  stop(): Promise<void>;
}

const ONE_DAY_MS = 24 * 60 * 60 * 1000;
const ONE_HOUR_MS = 60 * 60 * 1000;

/** Starts listening. Rejects with a sentence for the operator when the store or the port can not be had. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, root, log, now } = options;
  const definitions = loadCheckoutDefinitions(root);
  // The store opens in its own thread or process while this one compiles maps and schemas.
  const opening = openStore({
    ...(config.DATABASE_URL ? { databaseUrl: config.DATABASE_URL } : { dataDir: config.DATA_DIR }),
    cacheDir: join(root, '.cache'),
    poolSize: config.DATABASE_POOL_SIZE,
    indexer: createSearchIndexer(definitions, config.TIME_ZONE),
    now,
  });
  opening.catch(() => {}); // told below, when it is awaited
  // One turn of the event loop, so that the database is on its way before the compiling begins.
  await new Promise((resolve) => setImmediate(resolve));
  const engines = await orElse(
    () => loadEngines(root, definitions),
    async () => (await opening).close(),
  );
  const store = await opening;
  const server = createServer();
  answerBrokenRequests(server);
  return orElse(
    async () => {
      const url = await listen(server, config);
      const parts = partsOf(options, engines, store, config.BASE_URL ?? url);
      server.on('request', createApp(parts));
      const worker = createImportWorker({ ...parts.records, worker: randomUUID() });
      worker.start();
      void removeForgottenUploads(store, options);
      const upkeep = setInterval(() => void removeForgottenUploads(store, options), ONE_HOUR_MS);
      log.info({ engine: store.engineName }, 'started');
      return {
        url,
        engineName: store.engineName,
        stop: async () => {
          clearInterval(upkeep);
          await Promise.all([closeServer(server), worker.stop()]);
          await store.close();
        },
      };
    },
    () => store.close(),
  );
}

/** `work`, and where it fails `undo` before its error is passed on. */
async function orElse<T>(work: () => T | Promise<T>, undo: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await undo();
    throw error;
  }
}

/** Uploads of yesterday that no note names. */
async function removeForgottenUploads(store: OpenStore, { log, now }: ServiceOptions): Promise<void> {
  try {
    const removed = await store.resources.removeUnclaimedBinaries(new Date(now().getTime() - ONE_DAY_MS));
    if (removed > 0) log.info({ removed }, 'uploads that no note names were removed');
  } catch (error) {
    log.error(
      { error: describeError(error) },
      'uploads that no note names could not be removed; tried again in an hour',
    );
  }
}

/** What every router is built from. */
function partsOf(
  options: ServiceOptions,
  engines: Engines,
  store: OpenStore,
  baseUrl: string,
): AppParts & { records: RecordsParts } {
  const { config, log, now, softwareVersion } = options;
  const { definitions, admission, validator, maps, schemas } = engines;
  const shared = {
    store: store.resources,
    admission,
    validator,
    definitions,
    grantFor: () => sandboxGrant(TENANT),
    now,
    newId: () => randomUUID(),
    log,
    maxBodyBytes: config.MAX_BODY_BYTES,
  };
  return {
    log,
    newId: shared.newId,
    hosts: [new URL(baseUrl).hostname, config.HOST],
    health: { ping: () => store.resources.ping() },
    landing: { baseUrl, softwareVersion, engineName: store.engineName },
    apiPage: { baseUrl, schemas },
    records: {
      ...shared,
      baseUrl,
      imports: store.imports,
      maps,
      schemas,
      agencyOf: () => ({
        identifierBase: config.AGENCY_IDENTIFIER_BASE,
        organizationId: config.AGENCY_ORGANIZATION_ID,
      }),
      maxAttachmentBytes: config.MAX_ATTACHMENT_BYTES,
      banner: SANDBOX_BANNER,
    },
    fhir: {
      ...shared,
      baseUrl: `${baseUrl}/fhir/R4`,
      zone: config.TIME_ZONE,
      pageTokenSecret: config.PAGE_TOKEN_SECRET ? Buffer.from(config.PAGE_TOKEN_SECRET) : randomBytes(32),
      softwareVersion,
      supportedProfiles: supportedProfiles(definitions),
    },
  };
}

/** Our profiles by the type they constrain, for the CapabilityStatement. */
function supportedProfiles(definitions: Definitions): (type: string) => string[] {
  const profiles = definitions.published('StructureDefinition') as readonly StructureDefinition[];
  return (type) => profiles.filter((one) => one.type === type && one.derivation === 'constraint').map((one) => one.url);
}

function listen(server: Server, { HOST, PORT }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, () => {
      server.off('error', reject);
      const { port } = server.address() as AddressInfo;
      const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST;
      resolve(`http://${host}:${port}`);
    });
  });
}
