/**
 * Comparing and showing JSON values.
 *
 * Spec: https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_ and …pattern_x_
 */

export type JsonObject = { [name: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `fixed[x]`: the same value, element for element; the order of properties does not count. */
export function sameValue(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, index) => sameValue(actual[index], item))
    );
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return false;
    const names = Object.keys(expected);
    return (
      Object.keys(actual).length === names.length &&
      names.every((name) => Object.hasOwn(actual, name) && sameValue(actual[name], expected[name]))
    );
  }
  return actual === expected;
}

/** `pattern[x]`: everything in the pattern is in the value; each item of a pattern's list matches some item. */
export function matchesPattern(actual: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(actual) && pattern.every((item) => actual.some((candidate) => matchesPattern(candidate, item)))
    );
  }
  if (isObject(pattern)) {
    return (
      isObject(actual) &&
      Object.keys(pattern).every((name) => Object.hasOwn(actual, name) && matchesPattern(actual[name], pattern[name]))
    );
  }
  return actual === pattern;
}

/** A value as it is quoted in a finding, shortened to `limit` characters. Never throws. */
export function quote(value: unknown, limit = 80): string {
  let text: string;
  try {
    text =
      (typeof value === 'string' ? JSON.stringify(value.slice(0, limit + 1)) : JSON.stringify(value)) ?? typeof value;
  } catch {
    text = typeof value;
  }
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

/** What kind of JSON value this is, in a sentence. */
export function jsonKind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string' || typeof value === 'number') return `a ${typeof value}`;
  if (typeof value === 'boolean') return 'true or false';
  return `not JSON (${typeof value})`;
}
