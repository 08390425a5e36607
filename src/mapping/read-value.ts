/**
 * Reads an element out of JSON as its definition says, and objects when the JSON is something else.
 *
 * Spec: https://hl7.org/fhir/R4/json.html
 *
 * A list where one value is defined, one value where a list is, text where a number is: each is an error, because
 * reading it one way or the other would lose or invent something. `null` counts as absent.
 */
import { type Frame, TypedValue } from './frame.ts';
import type { Json, JsonObject } from './map-library.ts';
import { type RuleInfo, runError, type SourcePath } from './source-path.ts';
import type { ElementType, TypeOption } from './types.ts';

/** Receives a value, and its index when the element is a list (otherwise -1). */
export type Visit = (value: Json | TypedValue, index: number) => void;

/** Calls `visit` for every value the element has in `container`. `path` is the container's. */
export type ElementReader = (f: Frame, container: JsonObject, path: SourcePath | undefined, visit: Visit) => void;

/** A reader for the element; values of an open choice come as TypedValue when `typed` is set. */
export function elementReader(element: ElementType, rule: RuleInfo, typed: boolean): ElementReader {
  const { options } = element;
  const [only] = options;
  if (options.length === 1 && only) return optionReader(element, only, rule, false);
  const readers = options.map((option) => ({
    property: option.property,
    read: optionReader(element, option, rule, typed),
  }));
  return (f, container, path, visit) => {
    for (const { property, read } of readers) {
      if (container[property] !== undefined) read(f, container, path, visit);
    }
  };
}

function optionReader(element: ElementType, option: TypeOption, rule: RuleInfo, typed: boolean): ElementReader {
  const { property, type } = option;
  const wanted = type?.json ?? 'object';
  const wrap = (value: Json): Json | TypedValue => (typed && type ? new TypedValue(type, value) : value);
  const checked = (value: Json, index: number, path: SourcePath | undefined): Json | TypedValue => {
    if (typeof value === wanted && !Array.isArray(value)) return wrap(value);
    const found = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
    const place = { parent: path, name: property, index };
    throw runError(rule, place, `expected ${type?.name ?? option.typeName} (${wanted}), found ${found}`);
  };
  if (!element.list) {
    return (f, container, path, visit) => {
      const value = container[property];
      if (value === undefined || value === null) return;
      f.run.reads?.mark(container, property);
      visit(checked(value, -1, path), -1);
    };
  }
  return (f, container, path, visit) => {
    const values = container[property];
    if (values === undefined || values === null) return;
    f.run.reads?.mark(container, property);
    if (!Array.isArray(values)) {
      throw runError(
        rule,
        { parent: path, name: property, index: -1 },
        `expected a list of ${option.typeName}, found one value`,
      );
    }
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value !== undefined && value !== null) visit(checked(value, i, path), i);
    }
  };
}

/**
 * The one value of a single element with one type, without a visitor. The fast road for expressions; same checks.
 * `undefined` when absent.
 */
export function singleReader(
  element: ElementType,
  option: TypeOption,
  rule: RuleInfo,
): (f: Frame, container: JsonObject, path: () => SourcePath | undefined) => Json | undefined {
  const { property, type } = option;
  const wanted = type?.json ?? 'object';
  const slow = optionReader(element, option, rule, false);
  return (f, container, path) => {
    const value = container[property];
    if (value === undefined || value === null) return undefined;
    if (f.run.reads || typeof value !== wanted || Array.isArray(value)) slow(f, container, path(), () => {});
    return value;
  };
}
