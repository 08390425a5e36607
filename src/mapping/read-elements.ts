/**
 * Notes which elements of a source were read, and lists the ones nobody read.
 *
 * An element counts as read when a rule or an expression takes its value; an object only when all of it is copied, so
 * a rule that walks into `notes` does not excuse a note whose `text` is ignored. Only used when a report is asked for.
 */
import type { Json, JsonObject } from './map-library.ts';

export class ReadElements {
  readonly #read = new Map<object, Set<string>>();
  readonly #whole = new Set<object>();

  /** The value of `property` was taken from `container`. */
  mark(container: JsonObject, property: string): void {
    const known = this.#read.get(container);
    if (known) known.add(property);
    else this.#read.set(container, new Set([property]));
  }

  /** All of the value was taken. */
  markWhole(value: Json | undefined): void {
    if (typeof value === 'object' && value !== null) this.#whole.add(value);
  }

  /** Paths of values below `value` that were not read, each beginning with `path`. */
  unread(value: Json, path: string): string[] {
    if (typeof value !== 'object' || value === null || this.#whole.has(value)) return [];
    if (Array.isArray(value)) return value.flatMap((item, i) => this.unread(item, `${path}[${i}]`));
    return Object.entries(value).flatMap(([property, child]) => {
      // A resource's type is read by whoever took it for that type.
      if (child === null || property === 'resourceType') return [];
      if (isLeaf(child)) return this.#read.get(value)?.has(property) ? [] : leafPaths(child, `${path}.${property}`);
      return this.unread(child, `${path}.${property}`);
    });
  }
}

/** A primitive, or a list of primitives. */
const isLeaf = (value: Json): boolean =>
  Array.isArray(value) ? value.every((item) => typeof item !== 'object' || item === null) : typeof value !== 'object';

const leafPaths = (value: Json, path: string): string[] =>
  Array.isArray(value) ? value.map((_, i) => `${path}[${i}]`) : [path];
