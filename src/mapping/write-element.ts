/**
 * Writes values into a target: lists grow in order, a single element takes one value.
 *
 * Spec: https://hl7.org/fhir/R4/valueset-map-target-list-mode.html
 *
 * A second, different value for a single element is an error, also when it would land in another property of the
 * same choice. `first` and `last` keep their place in the list whatever other rules add; two rules that ask for the
 * same end of a list are an error, as the specification says.
 */
import type { Frame, ListEnds } from './frame.ts';
import type { Json, JsonObject } from './map-library.ts';
import { type RuleInfo, runError, type SourcePath } from './source-path.ts';
import type { ElementType, TypeOption } from './types.ts';

export type ElementWriter = (f: Frame, container: JsonObject, value: Json, origin: SourcePath | undefined) => void;

/** A writer for one type of the element. */
export function elementWriter(
  element: ElementType,
  option: TypeOption,
  end: 'first' | 'last' | undefined,
  rule: RuleInfo,
): ElementWriter {
  const { property } = option;
  if (element.list) {
    return (f, container, value, origin) => {
      const list = container[property];
      const index = Array.isArray(list) ? insert(f, container, property, list, value, end, rule) : 0;
      if (!Array.isArray(list)) {
        const created = [value];
        container[property] = created;
        if (end) claimEnd(f, created, end, rule, undefined);
      }
      f.run.lineage?.record(container, property, index, origin, rule);
    };
  }
  const others = element.choice ? element.owner.element(element.name)?.options.map((o) => o.property) : undefined;
  const rivals = others?.filter((p) => p !== property) ?? [];
  const path = `${element.owner.name}.${element.name}`;
  return (f, container, value, origin) => {
    const old = container[property];
    if (old !== undefined) {
      if (typeof value === 'object' ? JSON.stringify(old) === JSON.stringify(value) : old === value) return;
      throw runError(rule, origin, `${path} takes one value and is written a second time with another`);
    }
    for (const rival of rivals) {
      if (container[rival] !== undefined) {
        throw runError(rule, origin, `${path} takes one value and already holds ${rival}`);
      }
    }
    container[property] = value;
    f.run.lineage?.record(container, property, -1, origin, rule);
  };
}

/** Puts an item into an existing list and returns its index. */
function insert(
  f: Frame,
  container: JsonObject,
  property: string,
  list: Json[],
  value: Json,
  end: 'first' | 'last' | undefined,
  rule: RuleInfo,
): number {
  const ends = end ? claimEnd(f, list, end, rule, f.run.listEnds?.get(list)) : f.run.listEnds?.get(list);
  if (!ends) return list.push(value) - 1;
  const lastItems = ends.last?.count ?? 0;
  // The claim already counts this item; first items keep their own order, and so do last ones.
  const index = end === 'first' ? (ends.first?.count ?? 1) - 1 : end === 'last' ? list.length : list.length - lastItems;
  list.splice(index, 0, value);
  f.run.lineage?.makeRoom(container, property, index);
  return index;
}

function claimEnd(
  f: Frame,
  list: Json[],
  end: 'first' | 'last',
  rule: RuleInfo,
  known: ListEnds | undefined,
): ListEnds {
  f.run.listEnds ??= new Map();
  const ends = known ?? { first: undefined, last: undefined };
  f.run.listEnds.set(list, ends);
  const claim = ends[end];
  if (claim && claim.rule !== rule) {
    throw runError(rule, undefined, `rule "${claim.rule.name}" already asks for the ${end} place of this list`);
  }
  ends[end] = { rule, count: (claim?.count ?? 0) + 1 };
  return ends;
}

/** A copy that shares nothing with the original. */
export function copyOf(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyOf(child)]));
}
