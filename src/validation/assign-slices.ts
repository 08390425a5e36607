/**
 * Sorts the items of a sliced element into its slices and checks what concerns the list as a whole.
 *
 * Spec: https://hl7.org/fhir/R4/profiling.html#slicing
 *
 * An item of which it can not be known whether it belongs (a reference that is not followed) is left to no slice, and
 * then neither a missing slice nor a closed list is reported.
 */

import { orList } from '../outcome/nearest.ts';
import { isObject } from './json-value.ts';
import type { ElementRule, SliceRule, SlicingRule } from './rules.ts';
import type { Run } from './run.ts';

/** Name of the slice for everything else: https://hl7.org/fhir/R4/profiling.html#default-slice */
const DEFAULT_SLICE = '@default';

/**
 * The rule for each item: its slice's, or undefined for an item outside the slices. Reports cardinality, order and
 * closed lists; the walk stands at the element, without an index.
 */
export function assignSlices(
  slicing: SlicingRule,
  items: readonly unknown[],
  type: string,
  run: Run,
): (ElementRule | undefined)[] {
  const counts = new Map<SliceRule, number>();
  const assigned: (SliceRule | undefined)[] = [];
  let unknown = 0;
  let last = 0;
  let outside = false;
  items.forEach((item, index) => {
    const { slice, undecided } = findSlice(slicing, item, typeOfItem(item, type), run);
    assigned.push(slice);
    if (undecided) unknown++;
    outside ||= slice === undefined;
    if (slice) {
      counts.set(slice, (counts.get(slice) ?? 0) + 1);
      const place = slicing.slices.indexOf(slice);
      if (slicing.ordered && place < last) reportAt(run, index, `"${slice.name}" must come earlier in the list.`);
      last = Math.max(last, place);
      if (slicing.rules === 'openAtEnd' && outside) {
        reportAt(run, index, `Items outside the slices must come last, after "${slice.name}".`);
      }
    } else if (slicing.rules === 'closed' && !undecided) {
      const names = orList(slicing.slices.map((one) => `"${one.name}"`));
      reportAt(run, index, `This item is none of the allowed ones: ${names}.`);
    }
  });
  checkCounts(slicing, counts, unknown, run);
  return resliced(assigned, items, type, run);
}

function findSlice(
  slicing: SlicingRule,
  item: unknown,
  type: string,
  run: Run,
): { slice: SliceRule | undefined; undecided: boolean } {
  let undecided = false;
  for (const slice of slicing.slices) {
    if (slice.name === DEFAULT_SLICE) continue;
    const belongs = slice.matches(item, type, run);
    if (belongs) return { slice, undecided: false };
    if (belongs === undefined) undecided = true;
  }
  if (undecided) return { slice: undefined, undecided };
  return { slice: slicing.slices.find((slice) => slice.name === DEFAULT_SLICE), undecided };
}

function checkCounts(slicing: SlicingRule, counts: Map<SliceRule, number>, unknown: number, run: Run): void {
  for (const slice of slicing.slices) {
    const count = counts.get(slice) ?? 0;
    const { min, max } = slice.element;
    if (count + unknown < min) {
      run.error('required', `At least ${min} "${slice.name}" ${min === 1 ? 'is' : 'are'} required, found ${count}.`);
    } else if (count > max) {
      run.error('structure', `At most ${max} "${slice.name}" ${max === 1 ? 'is' : 'are'} allowed, found ${count}.`);
    }
  }
}

/** A slice may be sliced again: its items go through its own slices. */
function resliced(
  assigned: readonly (SliceRule | undefined)[],
  items: readonly unknown[],
  type: string,
  run: Run,
): (ElementRule | undefined)[] {
  const rules = assigned.map((slice) => slice?.element);
  for (const slice of new Set(assigned)) {
    if (!slice?.element.slicing) continue;
    const places = [...assigned.keys()].filter((place) => assigned[place] === slice);
    const inner = assignSlices(
      slice.element.slicing,
      places.map((place) => items[place]),
      type,
      run,
    );
    places.forEach((place, index) => {
      rules[place] = inner[index] ?? slice.element;
    });
  }
  return rules;
}

const typeOfItem = (item: unknown, type: string): string =>
  isObject(item) && typeof item.resourceType === 'string' ? item.resourceType : type;

function reportAt(run: Run, index: number, message: string): void {
  run.path.push(index);
  run.error('structure', message);
  run.path.pop();
}
