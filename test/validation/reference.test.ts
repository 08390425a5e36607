/** https://hl7.org/fhir/R4/references.html and https://hl7.org/fhir/R4/bundle.html#references. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { lines, linesWith, profile } from './support.ts';

const HOME = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' };
const encounter = (subject: object, extra: object = {}) => ({
  resourceType: 'Encounter',
  status: 'planned',
  class: HOME,
  subject,
  ...extra,
});
const uuid = (digit: number) => `urn:uuid:0195cafe-0000-4000-8000-00000000000${digit}`;

describe('a reference is accepted', () => {
  const rows: [title: string, subject: object][] = [
    ['relative', { reference: 'Patient/1' }],
    ['to a version', { reference: 'Patient/1/_history/2' }],
    ['absolute', { reference: 'https://ehr.example/fhir/Patient/1' }],
    ['absolute, of unknown form', { reference: 'https://ehr.example/people?id=1' }],
    ['by search', { reference: 'Patient?identifier=urn:mrn|1' }],
    ['by identifier', { type: 'Patient', identifier: { system: 'urn:mrn', value: '1' } }],
    ['as a name only', { display: 'the youth' }],
    ['by URN where no Bundle is around', { reference: uuid(1) }],
    ['with an agreeing type', { reference: 'Patient/1', type: 'Patient' }],
  ];
  for (const [title, subject] of rows) test(title, () => assert.deepEqual(lines(encounter(subject)), []));

  test('to a contained resource', () =>
    assert.deepEqual(lines(encounter({ reference: '#p' }, { contained: [{ resourceType: 'Patient', id: 'p' }] })), []));
});

describe('a reference is refused', () => {
  const contained = [{ resourceType: 'Practitioner', id: 'p' }];
  const rows: [title: string, subject: object, extra: object, expected: string[]][] = [
    ['of a form that is none', { reference: 'Patient 1' }, {}, ['error value Encounter.subject.reference']],
    ['without an id', { reference: 'Patient/' }, {}, ['error value Encounter.subject.reference']],
    [
      'of no resource type',
      { reference: 'Youth/1' },
      {},
      ['error value Encounter.subject.reference', 'error structure Encounter.subject.reference'],
    ],
    ['of another type', { reference: 'Practitioner/1' }, {}, ['error structure Encounter.subject.reference']],
    [
      'of another type, absolute',
      { reference: 'https://a.example/Practitioner/1' },
      {},
      ['error structure Encounter.subject.reference'],
    ],
    [
      'of another type by type alone',
      { type: 'Practitioner', identifier: { value: '1' } },
      {},
      ['error structure Encounter.subject'],
    ],
    ['whose type disagrees', { reference: 'Patient/1', type: 'Group' }, {}, ['error value Encounter.subject.type']],
    ['to nothing contained', { reference: '#q' }, {}, ['error not-found Encounter.subject.reference ref-1']],
    [
      'to a contained resource of another type',
      { reference: '#p' },
      { contained },
      ['error structure Encounter.subject.reference'],
    ],
    ['with nothing in it', {}, {}, ['error structure Encounter.subject ele-1']],
  ];
  for (const [title, subject, extra, expected] of rows) {
    test(title, () => assert.deepEqual(lines(encounter(subject, extra)), expected));
  }

  test('from one contained resource to another is fine, to none is not', () => {
    const inner = (reference: string) => [
      { resourceType: 'Patient', id: 'p', managingOrganization: { reference } },
      { resourceType: 'Organization', id: 'o', name: 'A' },
    ];
    assert.deepEqual(lines(encounter({ reference: '#p' }, { contained: inner('#o') })), []);
    assert.deepEqual(lines(encounter({ reference: '#p' }, { contained: inner('#x').slice(0, 1) })), [
      'error not-found Encounter.contained[0].managingOrganization.reference ref-1',
    ]);
  });
  test('a contained resource that nobody refers to', () =>
    assert.deepEqual(lines(encounter({ reference: 'Patient/1' }, { contained })), ['error invariant Encounter dom-3']));
  test('unless it refers to its container', () => {
    const about = [
      {
        resourceType: 'Provenance',
        id: 'p',
        target: [{ reference: '#' }],
        recorded: '2024-01-01T00:00:00Z',
        agent: [{ who: { display: 'x' } }],
      },
    ];
    assert.deepEqual(lines(encounter({ reference: 'Patient/1' }, { contained: about })), []);
  });
  test('a contained resource in a contained one, or with a version', () => {
    const inner = {
      resourceType: 'Patient',
      id: 'p',
      meta: { versionId: '1', security: [{ code: 'R' }] },
      contained: [{ resourceType: 'Group', id: 'g' }],
    };
    const found = lines(encounter({ reference: '#p' }, { contained: [inner] }));
    for (const key of ['dom-2', 'dom-4', 'dom-5']) assert.ok(found.includes(`error invariant Encounter ${key}`), key);
  });
});

describe('in a Bundle', () => {
  const bundle = (type: string, entry: object[]) => ({ resourceType: 'Bundle', type, entry });
  const patient = { fullUrl: uuid(1), resource: { resourceType: 'Patient' } };
  const request = (method: string, url: string) => ({ request: { method, url } });
  const transaction = (reference: string, first: object = patient) =>
    bundle('transaction', [
      { ...first, ...request('POST', 'Patient') },
      { fullUrl: uuid(2), resource: encounter({ reference }), ...request('POST', 'Encounter') },
    ]);

  test('a URN finds its entry', () => assert.deepEqual(lines(transaction(uuid(1))), []));
  test('a URN without an entry is an error in a transaction', () =>
    assert.deepEqual(lines(transaction(uuid(3))), ['error not-found Bundle.entry[1].resource.subject.reference']));
  test('and a warning in a search result', () => {
    const found = lines(bundle('searchset', [{ fullUrl: uuid(2), resource: encounter({ reference: uuid(3) }) }]));
    assert.deepEqual(found, ['warning not-found Bundle.entry[0].resource.subject.reference']);
  });
  test('the type of the entry counts', () => {
    const practitioner = { fullUrl: uuid(1), resource: { resourceType: 'Practitioner' } };
    assert.deepEqual(lines(transaction(uuid(1), practitioner)), [
      'error structure Bundle.entry[1].resource.subject.reference',
    ]);
  });
  test('a relative reference starts from the fullUrl of its entry', () => {
    const entry = (base: string) => [
      { fullUrl: `${base}/Patient/1`, resource: { resourceType: 'Patient', id: '1' } },
      { fullUrl: `${base}/Encounter/2`, resource: { ...encounter({ reference: 'Patient/1' }), id: '2' } },
    ];
    assert.deepEqual(lines(bundle('collection', entry('https://a.example/fhir'))), []);
  });

  const refused: [title: string, resource: object, expected: string[]][] = [
    [
      'a fullUrl that is not absolute',
      bundle('collection', [{ fullUrl: 'Patient/1', resource: { resourceType: 'Patient', id: '1' } }]),
      ['error value Bundle.entry[0].fullUrl'],
    ],
    [
      'a fullUrl of another id',
      bundle('collection', [
        { fullUrl: 'https://a.example/Patient/2', resource: { resourceType: 'Patient', id: '1' } },
      ]),
      ['error value Bundle.entry[0].fullUrl'],
    ],
    [
      'a fullUrl of another type',
      bundle('collection', [{ fullUrl: 'https://a.example/Group/1', resource: { resourceType: 'Patient', id: '1' } }]),
      ['error value Bundle.entry[0].fullUrl'],
    ],
    ['the same fullUrl twice', bundle('collection', [patient, patient]), ['error invariant Bundle bdl-7']],
    [
      'a version in the fullUrl',
      bundle('collection', [
        { fullUrl: 'https://a.example/Patient/1/_history/1', resource: { resourceType: 'Patient', id: '1' } },
      ]),
      ['error invariant Bundle.entry[0] bdl-8'],
    ],
    ['an entry with nothing', bundle('collection', [{ fullUrl: uuid(1) }]), ['error invariant Bundle.entry[0] bdl-5']],
    ['a transaction without requests', bundle('transaction', [patient]), ['error invariant Bundle bdl-3']],
    [
      'a request in a collection',
      bundle('collection', [{ ...patient, ...request('POST', 'Patient') }]),
      ['error invariant Bundle bdl-3'],
    ],
    ['a total in a collection', { ...bundle('collection', [patient]), total: 1 }, ['error invariant Bundle bdl-1']],
    [
      'a document that starts with a Patient',
      {
        ...bundle('document', [patient]),
        identifier: { system: 'urn:x', value: '1' },
        timestamp: '2024-01-01T00:00:00Z',
      },
      ['error invariant Bundle bdl-11'],
    ],
    [
      'an unknown resource',
      bundle('collection', [{ resource: { resourceType: 'Youth' } }]),
      ['error structure Bundle.entry[0].resource'],
    ],
  ];
  for (const [title, resource, expected] of refused)
    test(`refuses ${title}`, () => assert.deepEqual(lines(resource), expected));
});

describe('target profiles', () => {
  const named = profile('named', 'Patient', [{ id: 'Patient.name', min: 1 }]);
  const session = profile('session', 'Encounter', [
    { id: 'Encounter.subject', type: [{ code: 'Reference', targetProfile: [named.url] }] },
  ]);
  const run = linesWith({ StructureDefinition: [named, session] });
  const options = { profiles: [session.url as string] };
  const about = (patient: object) =>
    encounter({ reference: '#p' }, { contained: [{ resourceType: 'Patient', id: 'p', ...patient }] });

  test('a contained target that meets it', () => assert.deepEqual(run(about({ name: [{ text: 'A' }] }), options), []));
  test('a contained target that does not', () =>
    assert.deepEqual(run(about({ active: true }), options), ['error structure Encounter.subject.reference']));
  test('of two servers, the one of the entry is meant', () => {
    const patient = (server: string, extra: object) => ({
      fullUrl: `https://${server}.example/Patient/1`,
      resource: { resourceType: 'Patient', id: '1', ...extra },
    });
    const entry = (server: string) => [
      patient('a', { active: true }),
      patient('b', { name: [{ text: 'B' }] }),
      {
        fullUrl: `https://${server}.example/Encounter/2`,
        resource: { ...encounter({ reference: 'Patient/1' }), id: '2', meta: { profile: [session.url] } },
      },
    ];
    const bundle = (server: string) => ({ resourceType: 'Bundle', type: 'collection', entry: entry(server) });
    assert.deepEqual(run(bundle('b')), []);
    assert.deepEqual(run(bundle('a')), ['error structure Bundle.entry[2].resource.subject.reference']);
  });
  test('two resources that each must meet a profile because of the other', () => {
    const organization = 'https://example.org/fhir/StructureDefinition/ring';
    const ring = profile('ring', 'Organization', [
      { id: 'Organization.partOf', type: [{ code: 'Reference', targetProfile: [organization] }] },
      { id: 'Organization.name', min: 1 },
    ]);
    const circle = (name: object) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [1, 2].map((number) => ({
        fullUrl: uuid(number),
        resource: {
          resourceType: 'Organization',
          active: true,
          ...(number === 1 ? { name: 'A' } : name),
          identifier: [{ value: 'x' }],
          partOf: { reference: uuid(3 - number) },
          meta: { profile: [organization] },
        },
      })),
    });
    const check = linesWith({ StructureDefinition: [ring] });
    assert.deepEqual(check(circle({ name: 'B' })), []);
    assert.ok(check(circle({})).includes('error required Bundle.entry[1].resource.name'));
  });
  describe('in a ring, one that does not meet it spoils all that rest on it', () => {
    const url = 'https://example.org/fhir/StructureDefinition/ring';
    const ring = profile('ring', 'Organization', [
      { id: 'Organization.partOf', type: [{ code: 'Reference', targetProfile: [url] }] },
      { id: 'Organization.name', min: 1 },
    ]);
    const check = linesWith({ StructureDefinition: [ring] });
    // 1 and 2 name each other; 3 names 1, 4 names 2.
    const partOf: Record<number, number> = { 1: 2, 2: 1, 3: 1, 4: 2 };
    const organization = (number: number, named: boolean) => ({
      fullUrl: uuid(number),
      resource: {
        resourceType: 'Organization',
        active: true,
        identifier: [{ value: 'x' }],
        ...(named && { name: `Organization ${number}` }),
        partOf: { reference: uuid(partOf[number] ?? 0) },
        meta: { profile: [url] },
      },
    });
    const orders = [1, 2, 3, 4].flatMap((a) =>
      [1, 2, 3, 4].flatMap((b) =>
        [1, 2, 3, 4].flatMap((c) => {
          const order = [a, b, c, 10 - a - b - c];
          return new Set(order).size === 4 && order.every((one) => one >= 1 && one <= 4) ? [order] : [];
        }),
      ),
    );
    assert.equal(orders.length, 24);
    for (const order of orders) {
      test(`asked in the order ${order.join(', ')}`, () => {
        const bundle = (nameless: number | undefined) => ({
          resourceType: 'Bundle',
          type: 'collection',
          entry: order.map((number) => organization(number, number !== nameless)),
        });
        assert.deepEqual(check(bundle(undefined)), []);
        const expected = order.flatMap((number, at) => [
          ...(number === 1 ? [`error required Bundle.entry[${at}].resource.name`] : []),
          `error structure Bundle.entry[${at}].resource.partOf.reference`,
        ]);
        assert.deepEqual(check(bundle(1)).sort(), expected.sort());
        assert.deepEqual(check(bundle(3)), [`error required Bundle.entry[${order.indexOf(3)}].resource.name`]);
      });
    }
  });

  test('twenty that all name each other are checked, and one of them spoils all', () => {
    const url = 'https://example.org/fhir/StructureDefinition/team';
    const team = profile('team', 'CareTeam', [
      { id: 'CareTeam.participant.member', type: [{ code: 'Reference', targetProfile: [url] }] },
      { id: 'CareTeam.name', min: 1 },
    ]);
    const check = linesWith({ StructureDefinition: [team] });
    const numbers = Array.from({ length: 20 }, (_, at) => at + 1);
    const urlOf = (number: number) => `https://a.example/CareTeam/${number}`;
    const bundle = (nameless?: number) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: numbers.map((number) => ({
        fullUrl: urlOf(number),
        resource: {
          resourceType: 'CareTeam',
          id: String(number),
          ...(number !== nameless && { name: `Team ${number}` }),
          participant: numbers
            .filter((other) => other !== number)
            .map((other) => ({ member: { reference: urlOf(other) } })),
          meta: { profile: [url] },
        },
      })),
    });
    assert.deepEqual(check(bundle()), []);
    const found = check(bundle(15));
    assert.equal(found.filter((one) => one === 'error required Bundle.entry[14].resource.name').length, 1);
    assert.equal(found.filter((one) => /^error structure .*member.reference$/.test(one)).length, 20 * 19);
    assert.equal(found.length, 1 + 20 * 19);
  });

  test('a target elsewhere is not followed', () =>
    assert.deepEqual(run(encounter({ reference: 'Patient/1' }), options), []));
  test('but its type counts', () =>
    assert.deepEqual(run(encounter({ reference: 'Group/1' }), options), [
      'error structure Encounter.subject.reference',
    ]));
});
