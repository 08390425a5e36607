/**
 * The invariants of a record: what one field demands of another.
 *
 * Spec: https://hl7.org/fhirpath/N1/ and https://hl7.org/fhir/R4/conformance-rules.html#constraints
 *
 * The expressions stand in the logical models. fhirpath.js takes 15 to 40 µs for one, too much for the five of a
 * session in an import, so the commonest have a native form beside them, found by the expression's exact text: change
 * the model and fhirpath.js takes over. `test/records/record-invariants.test.ts` holds both forms to the same answers.
 *
 * An invariant holds only when it is true; an empty result is a breach, as in the HL7 validator.
 */
import fhirpath from 'fhirpath';
import type { Invariant } from './record-model.ts';

export type RecordJson = Record<string, unknown>;
type Holds = (record: RecordJson) => boolean;

export interface CompiledInvariant extends Invariant {
  holds: Holds;
}

const normalised = (expression: string): string => expression.replace(/\s+/g, ' ').trim();

/** True when the expression has a native form beside it. */
export const hasNativeForm = (expression: string): boolean => NATIVE_FORMS.has(normalised(expression));

/** Compiles an invariant; throws when the expression can not be parsed. */
export function compileInvariant(invariant: Invariant): CompiledInvariant {
  const reference = throughFhirPath(invariant.expression);
  const native = NATIVE_FORMS.get(normalised(invariant.expression));
  return { ...invariant, holds: (record) => native?.(record) ?? reference(record) };
}

/** The invariant as fhirpath.js sees it. */
export function throughFhirPath(expression: string): Holds {
  const evaluate = fhirpath.compile(expression, undefined, { traceFn: () => {} });
  return (record) => {
    try {
      const result = evaluate(record) as unknown[];
      return result.length === 1 && result[0] === true;
    } catch {
      // A value the expression can not compute with, such as a text where it expects a moment.
      return false;
    }
  };
}

const has = (record: RecordJson, name: string): boolean => {
  const value = record[name];
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
};
const text = (record: RecordJson, name: string): string => String(record[name]);
const MOMENT = /T.+(Z|[+-]\d\d:\d\d)$/;

/** `compare` on two moments; undefined where one is only a day: then fhirpath.js decides what can be compared. */
function ordered(record: RecordJson, compare: (start: number, end: number) => boolean): boolean | undefined {
  const { start, end } = record;
  if (typeof start !== 'string' || typeof end !== 'string' || !MOMENT.test(start) || !MOMENT.test(end))
    return undefined;
  return compare(Date.parse(start), Date.parse(end));
}

const TWELVE_HOURS_MS = 12 * 60 * 60 * 1000;
const bothTimes = (record: RecordJson): boolean => has(record, 'start') && has(record, 'end');

/** Undefined where the native form can not tell. */
type NativeForm = (record: RecordJson) => boolean | undefined;

const NATIVE_FORMS: ReadonlyMap<string, NativeForm> = new Map<string, NativeForm>([
  [
    '(start.exists() and end.exists()) implies start.toString() <= end.toString()',
    (record) => !bothTimes(record) || text(record, 'start') <= text(record, 'end'),
  ],
  [
    "(status = 'held' implies (start.exists() and end.exists())) and (status in ('in-progress' | 'planned') implies start.exists())",
    (record) =>
      (record.status !== 'held' || bothTimes(record)) &&
      ((record.status !== 'in-progress' && record.status !== 'planned') || has(record, 'start')),
  ],
  [
    '(start.exists() and end.exists()) implies start.toDateTime() < end.toDateTime()',
    (record) => !bothTimes(record) || ordered(record, (start, end) => start < end),
  ],
  [
    "(start | end).all($this.toString().contains('T'))",
    (record) => ['start', 'end'].every((name) => !has(record, name) || text(record, name).includes('T')),
  ],
  [
    '(start.exists() and end.exists()) implies end.toDateTime() <= start.toDateTime() + 12 hours',
    (record) => !bothTimes(record) || ordered(record, (start, end) => end <= start + TWELVE_HOURS_MS),
  ],
  [
    "(`minutes`.exists() and start.exists() and end.exists()) implies (start.toDateTime() + (`minutes`.toString() & ' minutes').toQuantity() = end.toDateTime())",
    (record) =>
      !has(record, 'minutes') ||
      !bothTimes(record) ||
      ordered(record, (start, end) => end - start === Number(record.minutes) * 60_000),
  ],
  [
    "cancellationReason.exists() implies (status = 'cancelled' or status = 'no-show')",
    (record) => !has(record, 'cancellationReason') || record.status === 'cancelled' || record.status === 'no-show',
  ],
  [
    "cancellationReason.where($this = 'no-show').exists() implies status = 'no-show'",
    (record) => record.cancellationReason !== 'no-show' || record.status === 'no-show',
  ],
]);
