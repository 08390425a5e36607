/**
 * Whatever a client sends, it is told what is wrong: never a 5xx, never a quotation of what it must not see.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#Status-Codes
 */
import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../src/records/routes.ts';
import { type Agency, example, type RecordsService, startRecords } from './service.ts';

let service: RecordsService;
let agency: Agency;

beforeAll(async () => {
  service = await startRecords();
  agency = service.agency();
});
afterAll(() => service.stop());
afterEach(() => expect(service.errors).toEqual([]));

const JSON_TYPE = { 'content-type': 'application/json' };
const path = '/organizations/a';
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a body that can not be read', () => {
  const rows: [what: string, body: string | Uint8Array, headers: Record<string, string>, status: number][] = [
    ['nothing', '', JSON_TYPE, 400],
    ['a piece of JSON', '{"kind":"payer"', JSON_TYPE, 400],
    ['no JSON', 'kind=payer', JSON_TYPE, 400],
    ['a name twice', '{"kind":"payer","kind":"school","name":"x"}', JSON_TYPE, 400],
    ['__proto__', '{"__proto__":{"name":"x"},"kind":"payer"}', JSON_TYPE, 400],
    ['deep nesting', nested(20_000), JSON_TYPE, 400],
    ['a number no computer keeps', '{"kind":"payer","name":"x","phone":1e400}', JSON_TYPE, 400],
    ['a NUL', '{"kind":"payer","name":"a\\u0000b"}', JSON_TYPE, 400],
    ['half a surrogate pair', '{"kind":"payer","name":"a\\ud800"}', JSON_TYPE, 400],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), JSON_TYPE, 400],
    ['another charset', '{}', { 'content-type': 'application/json; charset=utf-16' }, 415],
    ['XML', '<record/>', { 'content-type': 'application/xml' }, 415],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['compressed bytes', Buffer.from([0x1f, 0x8b]), { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415],
    ['more than is taken', `{"name":"${'x'.repeat(1_100_000)}"}`, JSON_TYPE, 413],
    ['a list', '[]', JSON_TYPE, 422],
    ['a text', '"payer"', JSON_TYPE, 422],
    ['null', 'null', JSON_TYPE, 422],
    [
      'every type wrong',
      '{"id":1,"kind":[],"name":{},"npi":true,"identifiers":"x","address":[],"programs":[null]}',
      JSON_TYPE,
      422,
    ],
    ['names of Object’s own', '{"toString":"x","hasOwnProperty":1,"kind":"valueOf","name":"x"}', JSON_TYPE, 422],
  ];
  test.each(rows)('%s', async (_what, body, headers, status) => {
    const answer = await agency.send('PUT', path, body, headers);
    expect([answer.status, answer.json?.resourceType]).toEqual([status, 'OperationOutcome']);
    expect(answer.text.length).toBeLessThan(10_000);
    expect((await agency.get(path)).status).toBe(404);
  });
});

test.each(['application/xml', 'text/plain'])('%s is told what a record is sent as', async (type) => {
  const { status, json } = await agency.send('PUT', path, 'x', { 'content-type': type });
  expect([status, json.issue[0].diagnostics]).toEqual([415, 'Send the record as Content-Type application/json.']);
});

test.each(ROUTES)('$operation refuses an unknown parameter, and its description says 400', async (route) => {
  const url = route.path.replace(':kind', 'sessions').replace(/:\w+/, 'a');
  const answer = await agency.send(
    route.method.toUpperCase(),
    `${url}?nonsense=1`,
    route.method === 'put' ? {} : undefined,
  );
  expect([answer.status, answer.json.issue[0].diagnostics]).toEqual([
    400,
    expect.stringMatching(/^"nonsense" is not a/),
  ]);
  expect(route.errors).toContain(400);
});

describe('an address that is none', () => {
  const rows: [method: string, path: string, status: number, hint: RegExp][] = [
    ['GET', '/payments', 404, /There are: organizations, youths/],
    ['PUT', '/payments/1', 404, /There are: organizations, youths/],
    ['GET', '/Sessions', 404, /There are: organizations/],
    ['GET', '/constructor', 404, /There are: organizations/],
    ['GET', '/', 404, /There are: organizations/],
    ['GET', '/sessions/a/b/c', 404, /nothing at this address/],
    ['GET', '/sessions/nobody', 404, /There is no record sessions\/nobody/],
    ['GET', '/sessions/nobody/fhir', 404, /There is no record/],
    ['GET', '/sessions/a%20b', 400, /The id in the address is not one/],
    ['GET', `/sessions/${'x'.repeat(65)}`, 400, /The id in the address is not one/],
    ['GET', '/sessions/a%2F%2Fb', 400, /without an empty part, \. or \.\. between slashes; write \/ as %2F\.$/],
    ['PUT', '/sessions/a%2F..%2Fb', 400, /The id in the address is not one/],
    ['GET', '/sessions/%00', 400, /The id in the address is not one/],
    ['GET', '/sessions/%E0%A4%A', 400, /can not be read/],
    ['PUT', '/sessions/..%2F..%2Fetc%2Fpasswd%0A', 400, /The id in the address is not one/],
    ['PATCH', '/sessions/a', 405, /This address takes PUT, GET, DELETE, HEAD/],
    ['POST', '/sessions', 405, /This address takes GET, HEAD/],
    ['POST', '/payments', 404, /There are: organizations/],
    ['GET', '/attachments', 405, /This address takes POST/],
    ['GET', '/$import', 405, /This address takes POST/],
    ['PUT', '/imports/1', 405, /This address takes GET, DELETE, HEAD/],
    ['GET', '/imports/nowhere', 404, /There is no such import/],
    ['GET', '/imports/%27%3B--', 404, /There is no such import/],
    ['GET', '/sessions?count=0', 400, /count must be a whole number from 1 to 500/],
    ['GET', '/%24import', 405, /This address takes POST/],
    ['GET', '/sessions?after=%E0%A4', 400, /a % escape that does not decode to UTF-8/],
    ['GET', '/sessions?after=100%', 400, /a % escape that does not decode to UTF-8/],
    ['GET', '/sessions?after=%00', 400, /NUL/],
    ['GET', '/sessions?%E0%A4=1', 400, /a % escape that does not decode to UTF-8/],
    ['GET', '/sessions?count=1e2', 400, /count must be a whole number/],
    ['GET', '/sessions?count=1&count=2', 400, /given twice/],
    ['GET', '/sessions?page=2', 400, /"page" is not a parameter here\. It takes count, after/],
    ['GET', '/sessions/a?as=fhir', 400, /as can only be sent/],
    ['DELETE', '/sessions/a?force=true', 400, /It takes none/],
    ['PUT', '/sessions/a?onfinding=refuse', 400, /It takes onFinding, history/],
    ['PUT', '/sessions/a?history=yes', 400, /history is either true or false/],
  ];
  test.each(rows)('%s %s', async (method, url, status, hint) => {
    const answer = await agency.send(method, url, method === 'PUT' ? example('sessions') : undefined);
    expect([answer.status, answer.json?.resourceType]).toEqual([status, 'OperationOutcome']);
    expect(answer.json.issue[0].diagnostics).toMatch(hint);
    if (status === 405) expect(answer.headers.get('allow')).toBeTruthy();
  });
});

test.each(['.', '..'])('%s is no id, also from a client that leaves addresses as they are', async (id) => {
  const { port } = new URL(service.url);
  const status = await new Promise((resolve, reject) => {
    const headers = { ...JSON_TYPE, 'x-tenant': agency.tenant };
    httpRequest({ port, method: 'PUT', path: `/mentoring/organizations/${id}`, headers }, ({ statusCode }) =>
      resolve(statusCode),
    )
      .on('error', reject)
      .end(JSON.stringify({ kind: 'payer', name: 'Dots' }));
  });
  expect(status).toBe(400);
});

test('a body that breaks off leaves the service well', async () => {
  const { port } = new URL(service.url);
  await new Promise<void>((resolve) => {
    const request = httpRequest({
      port,
      method: 'PUT',
      path: `/mentoring${path}`,
      headers: { ...JSON_TYPE, 'x-tenant': agency.tenant, 'content-length': 1000 },
    });
    request.on('error', () => resolve());
    request.write('{"kind":');
    setTimeout(() => request.destroy(), 50);
  });
  expect((await agency.get('/organizations')).status).toBe(200);
});

test('lists are paged to the end, and HEAD works', async () => {
  const own = service.agency();
  for (const id of ['c', 'a', 'b', 'Z', 'a/1']) await own.put('organizations', { id, kind: 'payer', name: id });
  const found: string[] = [];
  let next: string | undefined = '/organizations?count=2';
  while (next) {
    const page: { items: { id: string }[]; next?: string } = (await own.get(next)).json;
    found.push(...page.items.map(({ id }) => id));
    next = page.next?.replace('http://records.example/mentoring', '');
  }
  expect(found).toEqual(['Z', 'a', 'a/1', 'b', 'c']);
  const head = await own.send('HEAD', '/organizations/a');
  expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', 'W/"1-1"']);
});

test('nasty values in every field of every kind are refused or stored, never a failure of ours', async () => {
  const own = service.agency();
  await own.sendExamplesUpTo('feedbacks');
  const nasty: unknown[] = [
    null,
    '',
    ' ',
    0,
    -1,
    1e15,
    true,
    [],
    {},
    [[]],
    [{}],
    { a: 1 },
    'x'.repeat(5000),
    '\u202e',
    "'; DROP TABLE resource; --",
    '{{7*7}}',
    '%s%n',
    '2026-02-30',
    'urn:mentoring:Patient:x',
    'Patient/../x',
    '#',
    '../..',
    '\ud83d\ude00',
  ];
  const statuses = new Set<number>();
  for (const kind of ['youths', 'sessions', 'plans', 'episodes', 'notes', 'discharges', 'outcomes']) {
    const fields = Object.keys(example(kind)).filter((field) => field !== 'id');
    for (const [index, value] of nasty.entries()) {
      const field = fields[index % fields.length] ?? '';
      const answer = await own.send('PUT', `/${kind}/nasty-${index}`, {
        ...example(kind),
        id: `nasty-${index}`,
        [field]: value,
      });
      statuses.add(answer.status);
      expect([kind, field, value, answer.status < 500, answer.text.slice(0, 300)]).toEqual([
        kind,
        field,
        value,
        true,
        answer.text.slice(0, 300),
      ]);
    }
  }
  expect(statuses.has(422)).toBe(true);
});
