/** https://hl7.org/fhir/R4/datatypes.html#primitive, type by type: the values that must pass and those that must not. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { primitiveCheck } from '../../src/validation/primitive.ts';
import { r4 } from './support.ts';

const rows: [type: string, good: unknown[], bad: unknown[]][] = [
  ['boolean', [true, false], ['true', 1, 0, null, '']],
  ['integer', [0, -5, 2147483647, -2147483648], [1.5, '1', 2147483648, -2147483649, Number.NaN, true]],
  ['unsignedInt', [0, 7], [-1, 0.5, '7']],
  ['positiveInt', [1, 99], [0, -1, 1.1]],
  ['decimal', [0, -1.25, 1e-22, 300], ['1.0', Number.POSITIVE_INFINITY, {}]],
  ['string', ['a', ' a b ', 'línea\nzwei', 'a\u00a0b'], ['', 'a\u0000b', 5, ['a'], 'x'.repeat(1048577)]],
  ['markdown', ['*a*'], ['', false]],
  ['code', ['a', 'in-progress', 'a b'], ['', ' a', 'a ', 'a  b', 3]],
  ['id', ['A-1.b', 'x'.repeat(64)], ['', 'a_b', 'a/b', 'x'.repeat(65)]],
  [
    'uri',
    ['http://a/b', 'urn:x:y', 'urn:uuid:0195cafe-0000-4000-8000-00000000000a', 'urn:oid:2.16.840'],
    ['', 'a b', 'urn:uuid:1', 'urn:oid:a.b'],
  ],
  ['url', ['https://a.example/x'], ['a b']],
  ['canonical', ['http://a/b|1.0'], ['a b']],
  ['oid', ['urn:oid:1.2.3'], ['1.2.3', 'urn:oid:3.2', 'urn:oid:1.02']],
  [
    'uuid',
    ['urn:uuid:0195cafe-0000-4000-8000-00000000000a'],
    ['0195cafe-0000-4000-8000-00000000000a', 'urn:uuid:0195CAFE-0000-4000-8000-00000000000A'],
  ],
  [
    'date',
    ['2024', '2024-02', '2024-02-29', '2023-12-31'],
    ['2023-02-29', '2024-13', '2024-04-31', '24-01-01', '2024-1-1', '2024-01-01T10:00:00Z', '0000'],
  ],
  [
    'dateTime',
    ['2024', '2024-02', '2024-02-29', '2024-02-29T23:59:59Z', '2024-02-29T10:00:00.123-05:00'],
    [
      '2024-02-29T10:00:00',
      '2024-02-29T10:00Z',
      '2024-02-29T10',
      '2024-02-30T10:00:00Z',
      '2024-02-29T24:00:00Z',
      '2024-02-29 10:00:00Z',
      '2024-02-29T10:00:00+15:00',
    ],
  ],
  [
    'instant',
    ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.5+14:00'],
    ['2024-02-29', '2024-02-29T10:00:00', '2023-02-29T10:00:00Z'],
  ],
  ['time', ['10:00:00', '23:59:59.9'], ['10:00', '24:00:00', '10:00:00Z']],
  ['base64Binary', ['SGk=', 'SGVsbG8h', 'SG k=\n'], ['SGk', 'S=Gk', '====', 'SGk-', '', 'A'.repeat(50_001)]],
];

for (const [type, good, bad] of rows) {
  const pattern = r4
    .structure(type)
    ?.snapshot?.element?.at(-1)
    ?.type?.[0]?.extension?.find((extension) => extension.url.endsWith('/regex'))?.valueString;
  const check = primitiveCheck(type, pattern);
  describe(type, () => {
    for (const value of good) test(`accepts ${shown(value)}`, () => assert.equal(check(value), undefined));
    for (const value of bad) test(`refuses ${shown(value)}`, () => assert.match(check(value) ?? '', /[a-z]+.*\.$/));
  });
}

test('a wrong base64 of a megabyte is refused without trying every way to read it', () => {
  assert.match(primitiveCheck('base64Binary', undefined)(`${'AAAA'.repeat(250_000)}!`) ?? '', /base64/);
});

function shown(value: unknown): string {
  return (typeof value === 'number' ? String(value) : JSON.stringify(value)).slice(0, 50);
}
