/**
 * The FHIR API as the service runs it, for HTTP tests: real definitions, validator, admission and embedded store; a
 * clock that the tests move and ids that count up.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import request from 'supertest';
import type { Definitions } from '../../src/conformance/definitions.ts';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';
import type { FhirParts } from '../../src/fhir/fhir-parts.ts';
import { fhirRouter } from '../../src/fhir/fhir-router.ts';
import { createSearchIndexer } from '../../src/fhir/search/search-index.ts';
import { jsonLinesLog } from '../../src/http/log.ts';
import { requestLog } from '../../src/http/request-log.ts';
import { securityHeaders } from '../../src/http/security-headers.ts';
import { sandboxGrant } from '../../src/privacy/grant.ts';
import { createAdmission } from '../../src/programs/admission.ts';
import { loadRulePacks } from '../../src/programs/rule-pack.ts';
import { sandboxData } from '../../src/programs/sandbox-data.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createValidator } from '../../src/validation/create-validator.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const ZONE = 'America/New_York';
export const MAX_BODY_BYTES = 1_000_000;

export const loadTestDefinitions = (): Definitions =>
  loadDefinitions({ cacheDir: join(root, '.cache'), packageDirs: [join(root, 'profiles/package')] });

/** A conformant example of the guide, as a fresh copy. */
export const example = (name: string): Record<string, unknown> & { resourceType: string } =>
  JSON.parse(readFileSync(join(root, 'profiles/package/example', `${name}.json`), 'utf8'));

export interface FhirApp {
  parts: FhirParts;
  base: string;
  /** Lines of the log so far, parsed. */
  logged: Record<string, unknown>[];
  /** The clock. */
  now(): Date;
  /** Moves the clock on. */
  tick(ms: number): void;
  agent: ReturnType<typeof request>;
  close(): Promise<void>;
}

export async function startFhirApp(overrides: Partial<FhirParts> = {}): Promise<FhirApp> {
  let at = Date.parse('2026-03-01T12:00:00.000Z');
  let ids = 0;
  const now = () => new Date(at);
  const logged: Record<string, unknown>[] = [];
  const log = jsonLinesLog((line) => logged.push(JSON.parse(line)), now);
  const definitions = loadTestDefinitions();
  const validator = createValidator({ definitions });
  const packs = loadRulePacks(join(root, 'profiles/programs'));
  const store = await openStore({
    inMemory: true,
    cacheDir: join(root, '.cache/store'),
    indexer: createSearchIndexer(definitions, ZONE),
    now,
  });
  const app = express().disable('x-powered-by');
  const server: Server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const base = `${origin}/fhir/R4`;
  const parts: FhirParts = {
    store: store.resources,
    admission: createAdmission({ validator, packs, dataPolicy: sandboxData }),
    validator,
    definitions,
    grantFor: () => sandboxGrant('agency-a'),
    baseUrl: base,
    newId: () => `new-${++ids}`,
    pageTokenSecret: new Uint8Array(32).fill(7),
    log,
    softwareVersion: '0.0.0-test',
    supportedProfiles: () => [],
    maxBodyBytes: MAX_BODY_BYTES,
    zone: ZONE,
    ...overrides,
  };
  app.use(
    requestLog(log, () => 'request-1'),
    securityHeaders(),
  );
  app.use('/fhir/R4', fhirRouter(parts));
  return {
    parts,
    base,
    logged,
    now,
    tick: (ms) => {
      at += ms;
    },
    agent: request(base),
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}

/** A Patient that our profile accepts, invented. */
export const patient = (more: object = {}): Record<string, unknown> => ({
  resourceType: 'Patient',
  identifier: [{ system: 'https://agency.example/youths', value: 'Y-1' }],
  name: [{ family: 'Vega', given: ['Marisol'] }],
  gender: 'female',
  birthDate: '2012-05-14',
  ...more,
});

/**
 * The examples of the guide, as one transaction that stores each under its id. One is left out: a referral that our own
 * profile takes and the program it names refuses (CYS-002).
 */
export function examplesBundle(): { resourceType: 'Bundle'; type: 'transaction'; entry: object[] } {
  const folder = join(root, 'profiles/package/example');
  const files = readdirSync(folder).filter((file) => file !== 'ServiceRequest-example-referral.json');
  const entry = files.map((file) => {
    const resource = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const url = `${resource.resourceType}/${resource.id}`;
    return { resource, request: { method: 'PUT', url } };
  });
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

/** The one issue (or the first) of an OperationOutcome body. */
export function firstIssue(body: unknown): {
  severity: string;
  code: string;
  diagnostics: string;
  expression?: string[];
} {
  const outcome = body as { resourceType?: string; issue?: never[] };
  if (outcome.resourceType !== 'OperationOutcome' || !outcome.issue?.[0]) {
    throw new Error(`Not an OperationOutcome: ${JSON.stringify(body).slice(0, 300)}`);
  }
  return outcome.issue[0];
}
