/**
 * A client that others wrote talks to the running service: @medplum/core's MedplumClient creates, reads, searches,
 * pages, updates, deletes and sends a transaction.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MedplumClient } from '@medplum/core';
import type { Bundle, Organization } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { type Service, startService } from '../../src/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mentoring-fhir-e2e-'));
let service: Service;
let client: MedplumClient;

beforeAll(async () => {
  const quiet = () => {};
  service = await startService({
    config: loadConfig({ PORT: '0', DATA_DIR: join(folder, 'data') }),
    root,
    softwareVersion: '0.0.0',
    log: { info: quiet, warn: quiet, error: quiet },
    now: () => new Date(),
  });
  client = new MedplumClient({ baseUrl: `${service.url}/`, fhirUrlPath: 'fhir/R4', fetch, cacheTime: 0 });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const school = (name: string): Organization => ({ resourceType: 'Organization', active: true, name });

describe('MedplumClient', () => {
  test('creates, reads, updates and reads the history', async () => {
    const created = await client.createResource(school('Lincoln Middle School'));
    assert.equal((await client.readResource('Organization', created.id)).name, 'Lincoln Middle School');
    const updated = await client.updateResource({ ...created, name: 'Lincoln School' });
    assert.equal(updated.meta?.versionId, '2');
    const history = await client.readHistory('Organization', created.id);
    assert.deepEqual(
      history.entry?.map(({ resource }) => resource?.name),
      ['Lincoln School', 'Lincoln Middle School'],
    );
  });

  test('searches page by page and sees every one once', async () => {
    for (let n = 1; n <= 7; n++) await client.createResource(school(`Paged School ${n}`));
    const seen: string[] = [];
    let pages = 0;
    for await (const page of client.searchResourcePages('Organization', { name: 'Paged', _count: '3' })) {
      pages += 1;
      seen.push(...page.map(({ name }) => name ?? ''));
    }
    // The client asks for more on the second page: it adds a _count of its own to the link.
    assert.equal(pages, 2);
    assert.deepEqual(
      seen.sort(),
      Array.from({ length: 7 }, (_, index) => `Paged School ${index + 1}`),
    );
  });

  test('sends a transaction whose entries name each other', async () => {
    const answer = await client.executeBatch({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:6f6b6a4e-97a5-4d0f-8a52-0c6c9f2f1a01',
          resource: school('District Office'),
          request: { method: 'POST', url: 'Organization' },
        },
        {
          resource: {
            ...school('Oak School'),
            partOf: { reference: 'urn:uuid:6f6b6a4e-97a5-4d0f-8a52-0c6c9f2f1a01' },
          },
          request: { method: 'POST', url: 'Organization' },
        },
      ],
    } satisfies Bundle);
    assert.deepEqual(
      answer.entry?.map(({ response }) => response?.status.slice(0, 3)),
      ['201', '201'],
    );
    const oak = await client.searchOne('Organization', { name: 'Oak' });
    const district = await client.searchOne('Organization', { name: 'District' });
    assert.equal(oak?.partOf?.reference, `Organization/${district?.id}`);
  });

  test('is told in an OperationOutcome what is wrong, and finds deleted what it deleted', async () => {
    await assert.rejects(
      client.createResource({ resourceType: 'Organization', name: 'No active' } as Organization),
      /active is required/,
    );
    const created = await client.createResource(school('Closed School'));
    await client.deleteResource('Organization', created.id);
    await assert.rejects(client.readResource('Organization', created.id), /deleted/);
  });
});
