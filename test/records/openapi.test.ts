/**
 * The API description, the page and the routes say the same, and each way out is listed.
 *
 * Spec: https://spec.openapis.org/oas/v3.1.1.html, https://json-schema.org/draft/2020-12
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Engines, loadEngines } from '../../src/engines.ts';
import { EXITS } from '../../src/http/exits.ts';
import { sandboxData } from '../../src/programs/sandbox-data.ts';
import { describeRecords, fieldRows } from '../../src/records/description/describe-records.ts';
import { EXAMPLES } from '../../src/records/description/examples.ts';
import { buildOpenApi } from '../../src/records/description/openapi.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { ERRORS, ROUTES } from '../../src/records/routes.ts';
import { apiPage, apiPageRouter } from '../../src/web/api-page.ts';
import { ROOT } from './service.ts';

let engines: Engines;
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is walked through
let document: any;

beforeAll(() => {
  engines = loadEngines(ROOT);
  document = buildOpenApi({ baseUrl: 'http://records.example', schemas: engines.schemas, banner: 'Sandbox!' });
});

test('every route is an operation of every kind it is for', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method} ${path}`),
  );
  const expected = ROUTES.flatMap(({ method, path }) => {
    const kinds = path.startsWith('/:kind') ? RECORD_KINDS.map(({ kind }) => kind) : [''];
    return kinds.map((kind) => `${method} ${path.replace(':kind', kind).replace(/:(\w+)/g, '{$1}')}`);
  });
  expect(operations.sort()).toEqual(expected.sort());
});

test('every reference in the document leads somewhere, every operation has its own id', () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(document.components.schemas).toHaveProperty(name ?? '');
  }
  const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.openapi).toBe('3.1.1');
  expect(document.info.description).toContain('Sandbox!');
  expect(text).not.toContain('undefined');
});

test('errors are described with status, meaning and example', () => {
  const { responses } = document.paths['/sessions/{id}'].put;
  expect(Object.keys(responses)).toEqual(
    expect.arrayContaining(['200', '201', '400', '405', '412', '413', '415', '422', '503']),
  );
  expect(responses['422'].content['application/fhir+json'].example).toBe(EXAMPLES.refusal);
  expect(document.paths['/sessions/{id}'].get.responses['200'].headers.ETag.example).toBe('W/"3-5"');
  expect(document.paths['/sessions/{id}'].delete.responses['204']).not.toHaveProperty('headers');
  for (const { errors } of ROUTES) for (const status of errors) expect(ERRORS).toHaveProperty(String(status));
});

describe('the schema of a record', () => {
  test('has every field with its meaning, codes and limits, and no other', () => {
    const { properties, required, additionalProperties } = document.components.schemas.Session;
    expect(additionalProperties).toBe(false);
    expect(required).toEqual(expect.arrayContaining(['id', 'youthId', 'program', 'type', 'status', 'mentorId']));
    expect(properties.modality).toMatchObject({
      enum: ['in-person', 'phone', 'video', 'other-electronic'],
      title: 'Modality',
    });
    expect(properties.youthId).toMatchObject({ type: 'string', pattern: expect.any(String) });
    expect(properties.place.properties.state).toMatchObject({ maxLength: 2 });
    expect(properties.goalIds).toMatchObject({ type: 'array', maxItems: 500 });
  });

  test('tells of every field what the model tells', () => {
    for (const { kind } of RECORD_KINDS) {
      for (const row of fieldRows(engines.schemas.model(kind).fields)) {
        expect([kind, row.name, row.meaning.length > 5]).toEqual([kind, row.name, true]);
      }
    }
  });
});

test('docs/records.md and the page show every field, code and rule of every kind', () => {
  const markdown = describeRecords(engines.schemas);
  const page = apiPage({ baseUrl: 'http://records.example', schemas: engines.schemas });
  for (const { kind } of RECORD_KINDS) {
    const model = engines.schemas.model(kind);
    for (const { name, codes } of fieldRows(model.fields)) {
      expect(markdown).toContain(`| \`${name}\` |`);
      expect(page).toContain(`<code>${name}</code>`);
      for (const code of codes) expect(markdown).toContain(code);
    }
    for (const { key } of model.invariants) expect(markdown).toContain(key);
  }
  expect(page).toMatch(/send the\s+<code>ETag<\/code> of what you read as <code>If-Match<\/code>/);
  expect(markdown).not.toMatch(/undefined|\[object/);
  expect(page).not.toMatch(/undefined|\[object/);
});

test('the page needs nothing from elsewhere and no script', async () => {
  const app = express();
  app.use('/mentoring', apiPageRouter({ baseUrl: 'http://records.example', schemas: engines.schemas }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mentoring/docs`);
  const page = await answer.text();
  server.close();
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(/<script|\sstyle="|\son\w+="|src="http/.exec(page)?.[0]).toBeUndefined();
  expect(page.includes('Sandbox')).toBe(true);
});

test('every route is an exit with its decisions, and every exit a route', () => {
  const exits = EXITS.filter(({ part }) => part === 'records').map(
    ({ name, method, route }) => `${name} ${method} ${route}`,
  );
  expect(exits.sort()).toEqual(
    ROUTES.map(({ operation, method, path }) => `${operation} ${method.toUpperCase()} ${path}`).sort(),
  );
});

test('no field is explained with an identifier system that the sandbox refuses', () => {
  const systems = RECORD_KINDS.flatMap(({ kind }) => fieldRows(engines.schemas.model(kind).fields)).flatMap(
    ({ meaning }) => meaning.match(/(?:urn:oid:[\d.]*\d|https?:\/\/[^\s,;)]*[\w/])/g) ?? [],
  );
  expect(systems).toContain('https://payer.example/member-id');
  for (const system of systems) {
    expect(sandboxData.check({ resourceType: 'Patient', identifier: [{ system, value: '1' }] })).toEqual([]);
  }
});

test('the examples are invented: no number that belongs to a person', () => {
  const text = readFileSync(join(ROOT, 'src/records/description/examples.ts'), 'utf8');
  expect(text).not.toMatch(/\b\d{3}-\d{2}-\d{4}\b/);
  expect(text.match(/\d{3}-555-01\d{2}/g)?.length).toBeGreaterThan(0);
});
