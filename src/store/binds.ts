/** The bind parameters of a statement that is put together from parts. */
import type { SqlValue } from './engine.ts';

/** A list and the PostgreSQL type of its elements. */
export type TypedList = readonly [type: string, list: readonly (string | number | boolean | null)[]];

export class Binds {
  readonly values: SqlValue[] = [];

  /** Adds a value and returns its place holder, such as `$3`. */
  add(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** Adds several lists of equal length and returns `unnest($1::text[], $2::int[])`. */
  unnest(...lists: readonly TypedList[]): string {
    return `unnest(${lists.map(([type, list]) => `${this.add(list)}::${type}[]`).join(', ')})`;
  }
}
