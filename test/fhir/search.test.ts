/**
 * https://hl7.org/fhir/R4/search.html over HTTP, on the embedded store: what finds what, and what is refused.
 *
 * The service runs in the zone America/New_York: dates without a zone mean that one.
 */
import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { example, examplesBundle, type FhirApp, firstIssue, startFhirApp } from './fhir-app.ts';

let app: FhirApp;
const FHIR = 'application/fhir+json';

/** Sessions of one youth: id, start and end. */
const SESSIONS: [id: string, start: string, end: string | undefined][] = [
  ['jan-eve', '2026-01-31T22:00:00-05:00', '2026-01-31T23:30:00-05:00'],
  ['feb-first', '2026-02-01T00:00:00-05:00', '2026-02-01T01:00:00-05:00'],
  ['over-midnight', '2026-02-28T23:30:00-05:00', '2026-03-01T00:30:00-05:00'],
  ['march', '2026-03-10T15:00:00-04:00', '2026-03-10T16:00:00-04:00'],
];

beforeAll(async () => {
  app = await startFhirApp();
  const stored = await app.agent.post('/').set('Content-Type', FHIR).send(JSON.stringify(examplesBundle()));
  assert.equal(stored.status, 200, stored.text.slice(0, 2000));
  for (const [id, start, end] of SESSIONS) {
    app.tick(1000);
    const session = { ...example('Encounter-example-session'), id, period: { start, ...(end && { end }) } };
    const identifier = [{ system: 'https://agency.example/sessions', value: id }];
    const body = JSON.stringify({ ...session, identifier });
    const answer = await app.agent.put(`/Encounter/${id}`).set('Content-Type', FHIR).send(body);
    assert.equal(answer.status, 201, answer.text);
  }
});
afterAll(() => app.close());

interface Entry {
  resource: { id: string; resourceType: string };
  fullUrl: string;
  search: { mode: string };
}
interface Bundle {
  total?: number;
  entry?: Entry[];
  link: { relation: string; url: string }[];
}

async function search(path: string): Promise<Bundle> {
  const answer = await app.agent.get(path);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.type, 'searchset');
  return answer.body;
}
const ids = (bundle: Bundle): string[] => (bundle.entry ?? []).map((entry) => entry.resource.id).sort();
const next = (bundle: Bundle): string | undefined =>
  bundle.link.find((link) => link.relation === 'next')?.url.slice(app.base.length);

describe('dates', () => {
  const sessions = 'identifier=https://agency.example/sessions|';
  const rows: [query: string, found: string[]][] = [
    ['date=2026-01', ['jan-eve']],
    ['date=2026-01-31', ['jan-eve']],
    // The day it is in New York, not in UTC.
    ['date=2026-02-01', ['feb-first']],
    ['date=ge2026-02&date=lt2026-03', ['feb-first', 'over-midnight']],
    ['date=2026-02', ['feb-first']],
    ['date=2026', ['feb-first', 'jan-eve', 'march', 'over-midnight']],
    ['date=sa2026-02', ['march']],
    ['date=eb2026-02-01', ['jan-eve']],
    ['date=2026-01-31T22:00:00-05:00', []],
    ['date=ge2026-02-01T06:00:00Z', ['march', 'over-midnight']],
    ['date=ge2026-03-10T15:00-04:00', ['march']],
    ['date=2026-01-31,2026-03-10', ['jan-eve', 'march']],
  ];
  for (const [query, found] of rows) {
    test(`${query} finds ${found.join(', ') || 'nothing'}`, async () => {
      assert.deepEqual(ids(await search(`/Encounter?${sessions}&${query}`)), found);
    });
  }
  for (const value of [
    '2026-13',
    '2026-02-30',
    'yesterday',
    'xx2026',
    '2026-1-1',
    '2026-01-01T25:00',
    'ge',
    '20260101',
  ]) {
    test(`date=${value} is refused`, async () => {
      const answer = await app.agent.get(`/Encounter?date=${value}`);
      assert.equal(answer.status, 400);
      assert.match(firstIssue(answer.body).diagnostics, /^date is not a date/);
    });
  }
});

describe('tokens, references, strings', () => {
  const rows: [path: string, found: string[]][] = [
    ['/Encounter?identifier=https://agency.example/sessions|march', ['march']],
    ['/Encounter?identifier=march', ['march']],
    ['/Encounter?identifier=|march', []],
    ['/Encounter?identifier=https://other.example|march', []],
    ['/Encounter?status=finished&identifier=march', ['march']],
    ['/Encounter?status=http://hl7.org/fhir/encounter-status|finished&identifier=march', ['march']],
    ['/Encounter?status=planned&identifier=march', []],
    ['/Encounter?identifier=march,jan-eve', ['jan-eve', 'march']],
    ['/Encounter?identifier=march&identifier=jan-eve', []],
    ['/Encounter?class=FLD&identifier=march', ['march']],
    ['/Encounter?patient=example-youth-va-hr-csa&identifier=march', ['march']],
    ['/Encounter?patient=Patient/example-youth-va-hr-csa&identifier=march', ['march']],
    ['/Encounter?subject=Patient/example-youth-va-hr-csa&identifier=march', ['march']],
    ['/Encounter?subject:Patient=example-youth-va-hr-csa&identifier=march', ['march']],
    ['/Encounter?subject=Group/example-youth-va-hr-csa&identifier=march', []],
    ['/Encounter?patient=nobody', []],
    ['/Encounter?participant=PractitionerRole/example-mentor-role&identifier=march', ['march']],
    ['/Encounter?based-on=example-referral-va-hr-csa&identifier=march', ['march']],
    ['/Encounter?tm-activity=skill-training-problem-solving&identifier=march', ['march']],
    ['/Encounter?_tag=va-hr-csa&identifier=march', ['march']],
    ['/Encounter?_security=HTEST&identifier=march', ['march']],
    [
      '/Encounter?_profile=https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-session&identifier=march',
      ['march'],
    ],
    ['/Encounter?_profile=https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-note', []],
    ['/Encounter?_id=march,jan-eve,nobody', ['jan-eve', 'march']],
    ['/Patient?family=rey&_id=example-youth', ['example-youth']],
    ['/Patient?name=SOFI&_id=example-youth', ['example-youth']],
    ['/Patient?family:exact=Reyes&_id=example-youth', ['example-youth']],
    ['/Patient?family:exact=reyes', []],
    ['/Patient?family:contains=eye&_id=example-youth', ['example-youth']],
    ['/Patient?given=marisol&birthdate=2012-11-04', ['example-youth']],
    ['/Patient?birthdate=2012-11&_id=example-youth', ['example-youth']],
    ['/Patient?phone=%2B1 413 555 0142', ['example-youth']],
    ['/Patient?email=%2B1 413 555 0142', []],
    ['/Patient?active=true&_id=example-youth', ['example-youth']],
    ['/Patient?address-postalcode=01108&_id=example-youth', ['example-youth']],
    ['/Patient?general-practitioner=nobody', []],
  ];
  for (const [path, found] of rows) {
    test(`${path} finds ${found.join(', ') || 'nothing'}`, async () => {
      assert.deepEqual(ids(await search(path)), found);
    });
  }

  test('a deleted resource is not found', async () => {
    const session = { ...example('Encounter-example-session'), id: 'short-lived' };
    const put = await app.agent.put('/Encounter/short-lived').set('Content-Type', FHIR).send(JSON.stringify(session));
    assert.equal(put.status, 201);
    assert.deepEqual(ids(await search('/Encounter?_id=short-lived')), ['short-lived']);
    await app.agent.delete('/Encounter/short-lived');
    assert.deepEqual(ids(await search('/Encounter?_id=short-lived')), []);
  });

  test('what an update removed is not found any more', async () => {
    const session = { ...example('Encounter-example-session'), id: 'changing' };
    const send = (value: string) =>
      app.agent
        .put('/Encounter/changing')
        .set('Content-Type', FHIR)
        .send(JSON.stringify({ ...session, identifier: [{ system: 'urn:x:y', value }] }));
    await send('before');
    await send('after');
    assert.deepEqual(ids(await search('/Encounter?identifier=before')), []);
    assert.deepEqual(ids(await search('/Encounter?identifier=after')), ['changing']);
    await app.agent.delete('/Encounter/changing');
  });
});

describe('the result', () => {
  test('entries have absolute fullUrls and say that they match', async () => {
    const bundle = await search('/Encounter?_id=march');
    assert.equal(bundle.entry?.[0]?.fullUrl, `${app.base}/Encounter/march`);
    assert.deepEqual(bundle.entry?.[0]?.search, { mode: 'match' });
    assert.equal(bundle.total, 1);
  });

  test('no match: no entry element at all', async () => {
    const bundle = await search('/Encounter?_id=nobody');
    assert.equal('entry' in bundle, false);
    assert.equal(bundle.total, 0);
  });

  test('the self link shows the parameters as understood', async () => {
    const bundle = await search('/Encounter?identifier=a%7Cb%2Cc&_count=5000&_format=json');
    assert.equal(bundle.link[0]?.url, `${app.base}/Encounter?identifier=a%7Cb,c&_count=1000`);
  });

  test('_sort by date in both directions', async () => {
    const query = '/Encounter?identifier=https://agency.example/sessions|';
    const sorted = ['jan-eve', 'feb-first', 'over-midnight', 'march'];
    const inOrder = async (sort: string) =>
      (await search(`${query}&_sort=${sort}`)).entry?.map((entry) => entry.resource.id);
    assert.deepEqual(await inOrder('date'), sorted);
    assert.deepEqual(await inOrder('-date'), sorted.toReversed());
    assert.deepEqual(
      await inOrder('_lastUpdated'),
      SESSIONS.map(([id]) => id),
    );
    assert.deepEqual(await inOrder('_id'), SESSIONS.map(([id]) => id).sort());
    assert.deepEqual(await inOrder('-_lastUpdated,_id'), SESSIONS.map(([id]) => id).reverse());
  });

  test('_count=0 and _summary=count give the total alone', async () => {
    for (const parameter of ['_count=0', '_summary=count']) {
      const bundle = await search(`/Encounter?identifier=https://agency.example/sessions|&${parameter}`);
      assert.equal(bundle.total, 4);
      assert.equal('entry' in bundle, false);
      assert.equal(next(bundle), undefined);
    }
  });

  test('_total=none', async () => {
    assert.equal('total' in (await search('/Encounter?_total=none')), false);
    assert.ok((await search('/Encounter?_total=estimate')).total);
  });

  test('pages: every match once, the total on each, the last without next', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/Encounter?identifier=https://agency.example/sessions|&_sort=date&_count=3';
    let pages = 0;
    while (path) {
      const page: Bundle = await search(path);
      assert.equal(page.total, 4);
      assert.equal(page.link[0]?.url, app.base + path.replace('|&', '%7C&'));
      seen.push(...(page.entry ?? []).map((entry) => entry.resource.id));
      path = next(page);
      pages++;
    }
    assert.deepEqual(seen, ['jan-eve', 'feb-first', 'over-midnight', 'march']);
    assert.equal(pages, 2);
  });

  test('a page link is sealed and belongs to its route', async () => {
    const link = next(await search('/Encounter?identifier=https://agency.example/sessions|&_count=1')) ?? '';
    const token = link.split('_page=')[1] ?? '';
    assert.ok(token.length > 50);
    assert.doesNotMatch(Buffer.from(token, 'base64url').toString('latin1'), /agency|identifier/);
    const flipped = token.slice(0, 30) + (token[30] === 'A' ? 'B' : 'A') + token.slice(31);
    const refused = [
      `/Encounter?_page=${flipped}`,
      `/Patient?_page=${token}`,
      `/Encounter/_history?_page=${token}`,
      '/Encounter?_page=x',
      '/Encounter?_page=',
      `/Encounter?_page=${token.slice(0, -4)}`,
      `/Encounter?_page=${token}&status=planned`,
      `/Encounter?_page=${token}&_page=${token}`,
    ];
    for (const path of refused) {
      const answer = await app.agent.get(path);
      assert.equal(answer.status, 400, path);
      assert.ok(firstIssue(answer.body));
    }
    assert.equal((await app.agent.get(`/Encounter?_page=${token}&_format=json`)).status, 200);
  });

  test('a client may change the page size on its way, and nothing else', async () => {
    const link = next(await search('/Encounter?identifier=https://agency.example/sessions|&_sort=date&_count=1')) ?? '';
    const rest = await search(`${link}&_count=100`);
    assert.deepEqual(
      rest.entry?.map(({ resource }) => resource.id),
      ['feb-first', 'over-midnight', 'march'],
    );
    assert.equal((await search(`${link}&_count=0`)).entry?.length, 1);
    assert.equal((await app.agent.get(`${new URL(link, 'http://x').pathname}?_count=x`)).status, 400);
  });

  test('POST _search: form and URL together', async () => {
    const answer = await app.agent
      .post('/Encounter/_search?status=finished')
      .type('form')
      .send('identifier=https%3A%2F%2Fagency.example%2Fsessions%7Cmarch&_count=5');
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(ids(answer.body), ['march']);
    const empty = await app.agent.post('/Encounter/_search?_id=march');
    assert.deepEqual(ids(empty.body), ['march']);
    const json = await app.agent.post('/Encounter/_search').set('Content-Type', FHIR).send('{}');
    assert.equal(json.status, 415);
  });

  test('our conformance resources: by url, by _id, paged', async () => {
    const url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-session';
    const found = await search(`/StructureDefinition?url=${url}`);
    assert.deepEqual(ids(found), ['tm-session']);
    assert.deepEqual(ids(await search('/StructureDefinition?_id=tm-session,tm-note')), ['tm-note', 'tm-session']);
    const read = await app.agent.get('/StructureDefinition/tm-session');
    assert.equal(read.body.url, url);
    const seen: string[] = [];
    let path: string | undefined = '/CodeSystem?_count=7';
    while (path) {
      const page: Bundle = await search(path);
      seen.push(...ids(page));
      path = next(page);
    }
    assert.ok(seen.length > 7);
    assert.equal(new Set(seen).size, seen.length);
    assert.equal((await app.agent.get('/StructureDefinition?name=x')).status, 400);
    assert.equal((await app.agent.get('/StructureDefinition/nobody')).status, 404);
  });
});

describe('what is refused', () => {
  const rows: [query: string, text: RegExp][] = [
    ['shoe-size=3', /shoe-size is not a search parameter here.*Known: _count, .*patient/],
    ['patient.name=x', /Chained parameters are not offered/],
    ['_has:Observation:patient:code=x', /not a search parameter/],
    ['_include=Encounter:patient', /_include is not a search parameter/],
    ['status:not=finished', /does not take that modifier. It takes none yet/],
    ['patient:missing=true', /It takes :Patient/],
    ['subject:Device=1', /modifier/],
    ['subject:Patient=Group/1', /names two types/],
    ['status=', /empty value/],
    ['status=a,,b', /empty value/],
    ['status=a|b|c', /not a token/],
    ['status=|', /not a token/],
    ['patient=a/b/c', /not a reference/],
    ['_id=a b', /not an id/],
    ['_count=-1', /whole number/],
    ['_count=ten', /whole number/],
    ['_count=1&_count=2', /may be given once/],
    ['_sort=status', /_sort takes/],
    ['_sort=nonsense', /_sort takes/],
    ['_total=maybe', /_total/],
    ['_summary=true', /_summary can be/],
    ['_elements=id', /_elements is not a search parameter/],
    ['date=%zz', /% escape/],
    ['status=%00', /NUL/],
    ['%F0%9F=x', /% escape/],
  ];
  for (const [query, text] of rows) {
    test(query, async () => {
      const answer = await app.agent.get(`/Encounter?${query}`);
      assert.equal(answer.status, 400, answer.text);
      assert.match(firstIssue(answer.body).diagnostics, text);
    });
  }

  test('a lenient client gets an answer that says what was left out', async () => {
    const answer = await app.agent
      .get('/Encounter?shoe-size=3&status:not=planned&_id=march&_sort=nonsense')
      .set('Prefer', 'handling=lenient');
    assert.equal(answer.status, 200);
    const modes = answer.body.entry.map((entry: Entry) => entry.search.mode);
    assert.deepEqual(modes, ['match', 'outcome']);
    const { issue } = answer.body.entry[1].resource;
    assert.equal(issue.length, 3);
    assert.ok(issue.every((one: { severity: string }) => one.severity === 'warning'));
    assert.equal(answer.body.link[0].url, `${app.base}/Encounter?_id=march&_count=50`);
  });
});
