/**
 * The service in one process: store, engines, routers, import worker, listening socket. `main.ts` starts it with the
 * environment; the demo and the end-to-end tests start it with their own settings.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { type Engines, loadEngines } from './engines.ts';
import { createSearchIndexer } from './fhir/search/search-index.ts';
import type { Log } from './http/log.ts';
import { sandboxGrant } from './privacy/grant.ts';
import { createImportWorker } from './records/import/import-worker.ts';
import { type OpenStore, openStore } from './store/open-store.ts';
import { SANDBOX_BANNER } from './web/page.ts';

/** The one agency of a service until tenants can be configured. */
export const TENANT = 'agency';

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
  /** Finishes the requests that are under way, hands back the import it works on, closes the store. */
  stop(): Promise<void>;
}

/** Starts listening. Rejects with a sentence for the operator when the store or the port can not be had. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, root, log, now } = options;
  const engines = loadEngines(root);
  const store = await openStore({
    ...(config.DATABASE_URL ? { databaseUrl: config.DATABASE_URL } : { dataDir: config.DATA_DIR }),
    cacheDir: join(root, '.cache'),
    poolSize: config.DATABASE_POOL_SIZE,
    indexer: createSearchIndexer(engines.definitions, config.TIME_ZONE),
    now,
  });
  try {
    const server = createServer();
    const url = await listen(server, config);
    const parts = buildParts(options, engines, store, config.BASE_URL ?? url);
    server.on('request', createApp(parts));
    const worker = createImportWorker({ ...parts.records, worker: randomUUID() });
    worker.start();
    return {
      url,
      engineName: store.engineName,
      stop: async () => {
        await Promise.all([closeServer(server), worker.stop()]);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }

  function buildParts(
    _: ServiceOptions,
    { definitions, admission, validator, maps, schemas }: Engines,
    open: OpenStore,
    baseUrl: string,
  ) {
    const shared = {
      store: open.resources,
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
      health: { ping: () => open.resources.ping() },
      landing: { baseUrl, softwareVersion: options.softwareVersion, engineName: open.engineName },
      apiPage: { baseUrl, schemas },
      records: {
        ...shared,
        baseUrl,
        imports: open.imports,
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
        softwareVersion: options.softwareVersion,
        supportedProfiles: (type: string) =>
          definitions
            .published('StructureDefinition')
            .filter(
              (one) =>
                (one as { type?: string }).type === type &&
                (one as { derivation?: string }).derivation === 'constraint',
            )
            .flatMap((one) => one.url ?? []),
      },
    };
  }
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

/** Idle connections are closed at once; a request that is being answered is answered. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
