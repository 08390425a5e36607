/** Whatever the JSON is, the validator answers, in bounded time and with a bounded list. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { findings, lines } from './support.ts';

const HOME = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' };

describe('what is no resource', () => {
  for (const input of [null, undefined, 'Patient', 5, true, [], [{ resourceType: 'Patient' }], () => 1]) {
    test(String(JSON.stringify(input) ?? typeof input), () => assert.deepEqual(lines(input), ['fatal structure']));
  }
  for (const resourceType of [
    5,
    null,
    {},
    '',
    'constructor',
    '__proto__',
    'toString',
    'http://hl7.org/fhir/StructureDefinition/Patient',
  ]) {
    test(`resourceType ${JSON.stringify(resourceType)}`, () =>
      assert.deepEqual(lines({ resourceType }), ['error structure']));
  }
});

describe('names that objects have by nature', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '_',
    '',
    'a b',
    'x'.repeat(10_000),
  ];
  for (const name of names) {
    test(JSON.stringify(name.slice(0, 20)), () => {
      const patient = JSON.parse(`{"resourceType":"Patient",${JSON.stringify(name)}:{"polluted":true}}`);
      const [finding, ...rest] = findings(patient);
      assert.deepEqual(rest, []);
      assert.equal(finding?.code, 'structure');
      assert.ok((finding?.message.length ?? 0) < 300);
      assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    });
  }
  test('inside a datatype', () => {
    const patient = JSON.parse('{"resourceType":"Patient","name":[{"__proto__":{"family":"x"},"text":"A"}]}');
    assert.deepEqual(lines(patient), ['error structure Patient.name[0]']);
  });
});

describe('deep nesting', () => {
  const nested = (open: string, close: string, core: string, depth: number) =>
    JSON.parse(open.repeat(depth) + core + close.repeat(depth));
  const rows: [title: string, resource: unknown][] = [
    [
      'of extensions',
      { resourceType: 'Patient', extension: nested('[{"url":"http://a.example/x","extension":', '}]', '[]', 5000) },
    ],
    [
      'of items',
      {
        resourceType: 'Questionnaire',
        status: 'active',
        item: nested('[{"linkId":"1","type":"group","item":', '}]', '[]', 5000),
      },
    ],
    [
      'of contained resources',
      { resourceType: 'Patient', contained: nested('[{"resourceType":"Patient","contained":', '}]', '[]', 5000) },
    ],
    [
      'of Bundles',
      nested(
        '{"resourceType":"Bundle","type":"collection","entry":[{"resource":',
        '}]}',
        '{"resourceType":"Patient"}',
        3000,
      ),
    ],
    [
      'under a contained resource that nobody refers to',
      {
        resourceType: 'Patient',
        contained: [
          {
            resourceType: 'Basic',
            id: 'b',
            code: { text: 'x' },
            extension: nested('[{"url":"http://a.example/x","extension":', '}]', '[]', 5000),
          },
        ],
      },
    ],
    ['in an unknown element', { resourceType: 'Patient', wrong: nested('[', ']', '1', 5000) }],
    ['in a fixed value', { resourceType: 'Encounter', status: 'planned', class: nested('{"a":', '}', '1', 5000) }],
  ];
  for (const [title, resource] of rows) {
    test(title, () => {
      const found = findings(resource);
      assert.ok(found.some((finding) => finding.severity === 'error'));
      assert.ok(!found.some((finding) => finding.code === 'exception'), 'it is judged, not broken off');
    });
  }
  test('of a usual questionnaire is fine', () => {
    const item = nested(
      '[{"linkId":"1","type":"group","item":',
      '}]',
      '[{"linkId":"2","type":"display","text":"x"}]',
      20,
    );
    const found = lines({ resourceType: 'Questionnaire', status: 'active', item });
    assert.deepEqual(found, ['error invariant Questionnaire que-2'], 'the link ids repeat, nothing else');
  });
});

describe('large lists', () => {
  test('a hundred thousand wrong items end with one sentence', () => {
    const found = findings({ resourceType: 'Patient', name: Array.from({ length: 100_000 }, () => null) });
    assert.equal(found.length, 501);
    assert.match(found.at(-1)?.message ?? '', /More than 500 errors/);
  });
  test('many warnings do not make a good resource bad', () => {
    const coding = Array.from({ length: 600 }, (_, index) => ({ system: HOME.system, code: `nope-${index}` }));
    const found = findings({ resourceType: 'Condition', subject: { reference: 'Patient/1' }, code: { coding } });
    assert.equal(found.filter((finding) => finding.severity === 'error').length, 0);
    assert.equal(found.length, 501);
    assert.equal(found.at(-1)?.severity, 'information');
  });
  test('twenty thousand entries with the same references', () => {
    const entry = Array.from({ length: 20_000 }, (_, index) => ({
      fullUrl: `urn:uuid:0195cafe-0000-4000-8000-${String(index).padStart(12, '0')}`,
      resource: { resourceType: 'Encounter', status: 'planned', class: HOME, subject: { reference: 'Patient/1' } },
    }));
    assert.deepEqual(lines({ resourceType: 'Bundle', type: 'collection', entry }), []);
  });
});

test('values that are not JSON are told as such', () => {
  const patient = { resourceType: 'Patient', active: 1n, birthDate: new Date(0), gender: Symbol('x'), name: () => [] };
  assert.deepEqual(lines(patient), [
    'error value Patient.active',
    'error value Patient.birthDate',
    'error value Patient.gender',
    'error structure Patient.name',
  ]);
});

test('the input is left as it was', () => {
  const patient = { resourceType: 'Patient', name: [{ family: 'Roe', given: ['A'] }], birthDate: '2010-02-30' };
  const before = structuredClone(patient);
  findings(patient);
  assert.deepEqual(patient, before);
});
