/**
 * Equality, order and logic of FHIRPath on plain JSON values.
 *
 * Spec: http://hl7.org/fhirpath/N1/#equality, …#comparison, …#boolean-logic, …#singleton-evaluation-of-collections
 *
 * What depends on a type that JSON does not show (dates of different precision, complex values) throws NEEDS_ENGINE.
 */

export type Nodes = readonly unknown[];

/** The variables of one evaluation. */
export interface Frame {
  context: unknown;
  resource: unknown;
  rootResource: unknown;
}

export type Step = (focus: Nodes, frame: Frame) => Nodes;

/** Thrown when the data need the engine. One object: it is caught at once and its stack is of no interest. */
export const NEEDS_ENGINE: Error = new Error('The data need the FHIRPath engine.');

/** Thrown while compiling an expression that is not of the supported forms. */
export class UnsupportedError extends Error {}

/** Looks like a date, a time or a beginning of one: its meaning depends on precision and zone. */
const TEMPORAL = /^(\d{4}(-\d\d(-\d\d(T.*)?)?)?|T?\d\d:\d\d.*)$/;
const FULL_DATE = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The three-valued truth of a collection: undefined is empty. One value that is no boolean counts as true. */
export function truth(nodes: Nodes): boolean | undefined {
  if (nodes.length === 0) return undefined;
  if (nodes.length > 1) throw NEEDS_ENGINE;
  return typeof nodes[0] === 'boolean' ? nodes[0] : true;
}

/** `=` of two collections; undefined when one is empty. */
export function equal(left: Nodes, right: Nodes): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  if (left.length > 1) throw NEEDS_ENGINE;
  return sameItem(left[0], right[0]);
}

function sameItem(left: unknown, right: unknown): boolean {
  if (typeof left === 'object' || typeof right === 'object') throw NEEDS_ENGINE;
  if (left === right) return true;
  if (typeof left === 'string' && typeof right === 'string' && TEMPORAL.test(left) && TEMPORAL.test(right)) {
    throw NEEDS_ENGINE;
  }
  if (typeof left !== typeof right) throw NEEDS_ENGINE;
  return false;
}

/** `<`, `<=`, `>` and `>=`. `text`: both sides are text, also when they look like dates. */
export function compare(operator: string, left: Nodes, right: Nodes, text: boolean): Nodes {
  if (left.length === 0 || right.length === 0) return [];
  if (left.length > 1 || right.length > 1) throw NEEDS_ENGINE;
  const difference = order(left[0], right[0], text);
  if (operator === '<') return [difference < 0];
  if (operator === '<=') return [difference <= 0];
  return operator === '>' ? [difference > 0] : [difference >= 0];
}

function order(left: unknown, right: unknown, text: boolean): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') throw NEEDS_ENGINE;
  if (!text && INSTANT.test(left) && INSTANT.test(right)) {
    const difference = Date.parse(left) - Date.parse(right);
    if (Number.isNaN(difference)) throw NEEDS_ENGINE;
    return difference;
  }
  const days = FULL_DATE.test(left) && FULL_DATE.test(right);
  if (!text && !days && (TEMPORAL.test(left) || TEMPORAL.test(right))) throw NEEDS_ENGINE;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `in`: is the one item of `items` in the list? */
export function contains(list: Nodes, items: Nodes): Nodes {
  if (items.length === 0) return [];
  if (items.length > 1) throw NEEDS_ENGINE;
  return [list.some((candidate) => sameItem(candidate, items[0]))];
}

/** `|`: both lists without doubles. */
export function union(left: Nodes, right: Nodes): Nodes {
  const all: unknown[] = [];
  for (const node of [...left, ...right]) {
    if (typeof node === 'object') throw NEEDS_ENGINE;
    if (!all.some((known) => sameItem(known, node))) all.push(node);
  }
  return all;
}

/** `and`, `or`, `xor`, `implies` in three-valued logic. */
export function logic(operator: string, left: Step, right: Step): Step {
  const answer = (value: boolean | undefined): Nodes => (value === undefined ? [] : [value]);
  switch (operator) {
    case 'and':
      return (focus, frame) => {
        const one = truth(left(focus, frame));
        if (one === false) return [false];
        const other = truth(right(focus, frame));
        return other === false ? [false] : answer(one && other);
      };
    case 'or':
      return (focus, frame) => {
        const one = truth(left(focus, frame));
        if (one === true) return [true];
        const other = truth(right(focus, frame));
        return other === true ? [true] : answer(one === undefined || other === undefined ? undefined : false);
      };
    case 'implies':
      return (focus, frame) => {
        const one = truth(left(focus, frame));
        if (one === false) return [true];
        const other = truth(right(focus, frame));
        return other === true ? [true] : answer(one === undefined ? undefined : other);
      };
    case 'xor':
      return (focus, frame) => {
        const one = truth(left(focus, frame));
        const other = truth(right(focus, frame));
        return answer(one === undefined || other === undefined ? undefined : one !== other);
      };
    default:
      throw new UnsupportedError(operator);
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { hour: 3_600_000, minute: 60_000, second: 1000 };

/** An instant plus hours, minutes or seconds; for comparison only, so the zone it is written in does not matter. */
export function addTime(nodes: Nodes, { amount, unit }: { amount: number; unit: string }): Nodes {
  if (nodes.length === 0) return [];
  const [start] = nodes;
  const length = UNIT_MS[unit];
  if (nodes.length > 1 || typeof start !== 'string' || !INSTANT.test(start) || length === undefined) throw NEEDS_ENGINE;
  const time = Date.parse(start);
  if (Number.isNaN(time)) throw NEEDS_ENGINE;
  return [new Date(time + amount * length).toISOString()];
}

/** The sum of two whole numbers, such as counts. Decimals need the engine, which keeps their digits. */
export function addNumbers(left: Nodes, right: Nodes): Nodes {
  if (left.length === 0 || right.length === 0) return [];
  const [one, other] = [left[0], right[0]];
  if (left.length > 1 || right.length > 1 || !Number.isSafeInteger(one) || !Number.isSafeInteger(other))
    throw NEEDS_ENGINE;
  return [(one as number) + (other as number)];
}
