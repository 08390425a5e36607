/** Expressions with at most one value, as compiled without fhirpath.js. */
import type { CompiledExpression } from './compiled-expression.ts';
import type { Frame } from './frame.ts';
import type { Json } from './map-library.ts';
import type { Resolved } from './resolve-expression.ts';

/** The value in a frame, or undefined when the collection is empty. */
export type One = (f: Frame) => Json | undefined;

/** A compiled expression from a function that gives its one value. */
export function single(e: Resolved, one: One, more: Partial<CompiledExpression> = {}): CompiledExpression {
  const many = (f: Frame): readonly Json[] => {
    const value = one(f);
    return value === undefined ? [] : [value];
  };
  return {
    type: e.type,
    list: false,
    checked: false,
    constant: undefined,
    shared: false,
    origin: () => undefined,
    ...more,
    one,
    many,
  };
}
