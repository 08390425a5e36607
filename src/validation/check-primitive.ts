/**
 * Facets that a profile puts on a primitive: length and range.
 *
 * Spec: https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.maxLength and …minValue_x_
 *
 * Dates are compared where the comparison is certain: a month against a day in it passes.
 */
import { quote } from './json-value.ts';
import type { ElementRule } from './rules.ts';
import type { Run } from './run.ts';
import { isSurelyAfter } from './time-bounds.ts';

/** `value` is of the right type already. */
export function checkPrimitiveFacets(value: string | number | boolean, element: ElementRule, run: Run): void {
  const { maxLength, minValue, maxValue } = element;
  if (maxLength !== undefined && typeof value === 'string' && [...value].length > maxLength) {
    run.error('too-long', `The text has ${[...value].length} characters. At most ${maxLength} are allowed.`);
  }
  if (minValue !== undefined && isBelow(value, minValue)) {
    run.error('value', `${quote(value)} is too low. The lowest allowed value is ${quote(minValue)}.`);
  }
  if (maxValue !== undefined && isAbove(value, maxValue)) {
    run.error('value', `${quote(value)} is too high. The highest allowed value is ${quote(maxValue)}.`);
  }
}

function isBelow(value: unknown, bound: number | string): boolean {
  if (typeof value === 'number' && typeof bound === 'number') return value < bound;
  if (typeof value !== 'string' || typeof bound !== 'string') return false;
  return isSurelyAfter(bound, value);
}

function isAbove(value: unknown, bound: number | string): boolean {
  if (typeof value === 'number' && typeof bound === 'number') return value > bound;
  if (typeof value !== 'string' || typeof bound !== 'string') return false;
  return isSurelyAfter(value, bound);
}
