/**
 * http://hl7.org/fhirpath/N1/: our closures give what fhirpath.js gives, on the same expressions and data; and where they
 * can not, they say so.
 */
import assert from 'node:assert/strict';
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4';
import { describe, test } from 'vitest';
import { compileNative } from '../../src/validation/native-fhirpath.ts';
import { NEEDS_ENGINE } from '../../src/validation/native-fhirpath-values.ts';

const session = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'HH' },
  extension: [
    { url: 'urn:activity', valueCodeableConcept: { coding: [{ system: 'urn:a', code: 'coaching' }] } },
    { url: 'urn:activity', valueCodeableConcept: { coding: [{ system: 'urn:a', code: 'leisure' }] } },
    { url: 'urn:miles', valueInteger: 12 },
    { url: 'urn:own-car', valueBoolean: false },
    {
      url: 'urn:discharge',
      extension: [
        { url: 'reason', valueCode: 'moved' },
        { url: 'on', valueDate: '2024-05-03' },
      ],
    },
  ],
  participant: [
    { type: [{ coding: [{ code: 'PPRF' }] }], individual: { reference: 'Practitioner/1', type: 'Practitioner' } },
    { individual: { reference: 'RelatedPerson/2' } },
  ],
  period: { start: '2024-05-01T10:00:00-05:00', end: '2024-05-01T16:30:00Z' },
  length: { value: 90, unit: 'min' },
};

const expressions = [
  "status = 'finished'",
  "status != 'finished'",
  "status in ('planned' | 'finished')",
  "('planned' | 'finished') contains status",
  "status in ('planned' | 'onleave')",
  'Encounter.status.exists()',
  'serviceType.exists()',
  'serviceType.empty() and participant.exists()',
  "serviceType.text = 'x'",
  "serviceType.text = 'x' or status = 'finished'",
  "serviceType.text = 'x' or status = 'planned'",
  "serviceType.text = 'x' and status = 'planned'",
  "serviceType.text = 'x' implies status = 'planned'",
  "status = 'planned' implies serviceType.exists()",
  "status = 'finished' implies serviceType.exists()",
  "status = 'finished' xor class.exists()",
  "status.exists() xor serviceType.text = 'x'",
  "(status = 'finished').not()",
  'serviceType.exists().not()',
  'participant.count()',
  'participant.count() = 2',
  'participant.count() + extension.count() > 6',
  'participant.individual.reference',
  "participant.individual.where(type = 'Practitioner' or reference.contains('Related')).count()",
  "participant.all(individual.reference.startsWith('P'))",
  "participant.exists(type.coding.code = 'PPRF')",
  'participant.select(type.coding).code',
  'participant.first().type.coding.code',
  'participant.last().type.exists()',
  "extension.where(url = 'urn:activity').value.coding.code",
  "extension.where(url = 'urn:activity').value.coding.where(system = 'urn:a' and code = 'leisure').exists()",
  "extension('urn:miles').value > 10",
  "extension('urn:miles').value <= 10",
  "extension('urn:miles').value.toString().length() = 2",
  "extension('urn:own-car').value",
  "extension('urn:own-car').where(value = false).exists()",
  "extension('urn:none').value = 1",
  "extension('urn:discharge').extension('reason').value = 'moved'",
  "extension('urn:discharge').extension.where(url = 'on').value.toString() <= '2024-05-03'",
  'extension.value.ofType(integer)',
  "extension.where(url = 'urn:miles').value as integer",
  'period.end > period.start',
  'period.start + 1 hour <= period.end',
  'period.end <= period.start + 90 minutes',
  'period.end <= period.start + 30 seconds',
  'period.start.toString().substring(0, 10)',
  'period.start.toString().substring(40)',
  "status.matches('^fin')",
  "status.matches('^in')",
  "status.endsWith('ed') and status.length() = 8",
  'length.value.hasValue()',
  'length.hasValue()',
  '%resource.status = %context.status and %rootResource.exists()',
  'participant.where($this.individual.exists()).count()',
  "period.trace('p').exists()",
  '$this is Encounter',
  '%resource.is(Patient)',
  "'a' = 'a' and 'it\\'s' != 'its' and true and 1 < 2",
  '`status`.exists()',
];

const engine = (expression: string): unknown => {
  const compiled = fhirpath.compile(expression, model, { traceFn: () => {} });
  return compiled(session, { resource: session, rootResource: session, context: session });
};
const frame = { resource: session, rootResource: session, context: session };

describe('the same answer as the engine', () => {
  for (const expression of expressions) {
    test(expression, () => {
      const native = compileNative(expression);
      assert.ok(native, 'is compiled');
      assert.deepEqual(native([session], frame), engine(expression));
    });
  }
});

describe('left to the engine when compiled', () => {
  const rows = [
    'participant.type.coding.code.isDistinct()',
    'descendants().exists()',
    'participant.individual.resolve().ofType(Patient).exists()',
    'iif(status.exists(), true, false)',
    'status ~ class',
    'period.end < period.start + 6 months',
    "code.memberOf('urn:vs')",
    '%unknown.exists()',
    "status.replace('a', 'b')",
    'participant[0].exists()',
    '-1 < 2',
    'participant.where(',
  ];
  for (const expression of rows) test(expression, () => assert.equal(compileNative(expression), undefined));
});

describe('left to the engine because of the data', () => {
  const rows: [expression: string, data: object][] = [
    ['status.exists()', { status: 'finished', _status: { extension: [] } }],
    ['status.exists()', { _status: { extension: [{ url: 'urn:x', valueCode: 'y' }] } }],
    ['value.exists()', { valueCode: 'a', _valueCode: { id: 'v' } }],
    ['value.exists()', { _valueCode: { extension: [] } }],
    ["given = 'A'", { given: ['A', null] }],
    ['period.start = period.end', { period: { start: '2024-05', end: '2024-05-01' } }],
    ['period.start <= period.end', { period: { start: '2024-05', end: '2024-05-01' } }],
    ['period.start <= period.end', { period: { start: '2024-05-01', end: '2024-05-01T10:00:00Z' } }],
    ['period = class', { period: { start: '2024' }, class: { code: 'x' } }],
    ["given = 'A' and true", { given: ['A', 'B'], family: 'x' }],
    ['given and true', { given: ['A', 'B'] }],
    ['active = gender', { active: true, gender: 'true' }],
    ['Patient.active', { resourceType: 'Encounter' }],
    ["given.contains('A')", { given: ['A', 'B'] }],
  ];
  for (const [expression, data] of rows) {
    test(`${expression} on ${JSON.stringify(data)}`, () => {
      const native = compileNative(expression);
      assert.ok(native);
      if (expression === "given = 'A' and true") return assert.deepEqual(native([data], frame), [false]);
      return assert.throws(
        () => native([data], frame),
        (error) => error === NEEDS_ENGINE,
      );
    });
  }
});
