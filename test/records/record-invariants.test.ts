/**
 * The native forms of the commonest invariants answer as fhirpath.js does.
 *
 * Spec: https://hl7.org/fhirpath/N1/#datetime-arithmetic and https://hl7.org/fhirpath/N1/#comparison
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { profileUrl } from '../../src/conformance/canonical.ts';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { compileInvariant, hasNativeForm, throughFhirPath } from '../../src/records/schema/record-invariants.ts';
import { type Invariant, readRecordModel } from '../../src/records/schema/record-model.ts';
import { ROOT } from './service.ts';

const MOMENTS = [
  undefined,
  '2026-03-04T15:30:00-05:00',
  '2026-03-04T20:30:00Z',
  '2026-03-04T17:00:00-05:00',
  '2026-03-04T17:00:00.001-05:00',
  '2026-03-05T03:30:00-05:00',
  '2026-03-05T03:30:01-05:00',
  '2026-03-04',
  '2026-03-05',
];
const STATUSES = ['planned', 'in-progress', 'held', 'no-show', 'cancelled'];
const REASONS = [undefined, 'no-show', 'weather'];

let byKey: Map<string, Invariant>;

beforeAll(() => {
  const definitions = loadDefinitions({
    cacheDir: join(ROOT, '.cache'),
    packageDirs: [join(ROOT, 'profiles', 'package')],
  });
  const models = RECORD_KINDS.map(({ kind, model }) => readRecordModel(kind, model, definitions));
  byKey = new Map(models.flatMap((model) => model.invariants.map((one): [string, Invariant] => [one.key, one])));
});

const invariant = (key: string): Invariant => {
  const found = byKey.get(key);
  if (!found) throw new Error(`The models have no ${key}`);
  return found;
};

describe.each([
  'rec-period',
  'rec-session-held',
  'rec-session-moment',
  'rec-session-order',
  'rec-session-length',
  'rec-session-minutes',
  'rec-session-cancelled',
  'rec-session-no-show',
])('%s', (key) => {
  test('is native, and agrees with fhirpath.js on every combination', () => {
    const { expression } = invariant(key);
    expect(hasNativeForm(expression)).toBe(true);
    const native = compileInvariant(invariant(key)).holds;
    const reference = throughFhirPath(expression);
    let held = 0;
    let broken = 0;
    for (const start of MOMENTS) {
      for (const end of MOMENTS) {
        for (const status of STATUSES) {
          for (const cancellationReason of REASONS) {
            for (const minutes of [undefined, 90, 91]) {
              const all = { start, end, status, cancellationReason, minutes };
              const record = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
              expect([record, native(record)]).toEqual([record, reference(record)]);
              native(record) ? held++ : broken++;
            }
          }
          // The reason and the minutes matter to three invariants only; the others see each pair of moments once.
          if (!/cancelled|held|no-show/.test(key)) break;
        }
      }
    }
    expect(Math.min(held, broken)).toBeGreaterThan(0);
  });
});

test('an expression that changed goes to fhirpath.js', () => {
  const changed: Invariant = { key: 'x', severity: 'error', human: 'x', expression: 'start.exists() and end.empty()' };
  expect(hasNativeForm(changed.expression)).toBe(false);
  expect(compileInvariant(changed).holds({ start: '2026-03-04' })).toBe(true);
  expect(compileInvariant(changed).holds({ start: '2026-03-04', end: '2026-03-04' })).toBe(false);
});

test('an empty result, several results and a failing expression are breaches', () => {
  expect(throughFhirPath('missing')({})).toBe(false);
  expect(throughFhirPath('list.select($this = 1)')({ list: [1, 1] })).toBe(false);
  expect(throughFhirPath("text.toInteger() + 'x'")({ text: '7' })).toBe(false);
});

test('the models come from the guide', () => {
  expect(RECORD_KINDS.map(({ model }) => model)).toContain(profileUrl('mentoring-session'));
  expect(byKey.size).toBeGreaterThan(15);
});
