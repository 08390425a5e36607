/**
 * The JSON form of repeating elements.
 *
 * Spec: https://hl7.org/fhir/R4/json.html#primitive ("repeating primitives": two lists of one length, with nulls)
 */
import { isObject, jsonKind } from './json-value.ts';
import type { Run } from './run.ts';

/** False when the element is not written as a list, or as an empty one; then there is nothing more to check. */
export function checkListForm(content: unknown, companion: unknown, name: string, run: Run): boolean {
  for (const list of [content, companion]) {
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      run.error('structure', `${name} is a list. Write [ … ] around it, found ${jsonKind(list)}.`);
      return false;
    }
    if (list.length === 0) {
      run.error('structure', `The list is empty. Leave ${name} out.`);
      return false;
    }
  }
  return true;
}

/** `given` and `_given` belong together by position. */
export function checkCompanionList(
  items: readonly unknown[],
  companions: readonly unknown[] | undefined,
  run: Run,
): void {
  if (!companions) return;
  if (items.length > 0 && companions.length > items.length) {
    run.error(
      'structure',
      `The companion list is longer (${companions.length}) than the list of values (${items.length}).`,
    );
  }
  if (!companions.some(isObject)) run.error('structure', 'The companion list holds nothing. Leave it out.');
}
