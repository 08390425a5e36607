/** Values that a transform makes anew: how they answer as expressions, and how their arguments are read. */
import type { CompiledExpression } from './compiled-expression.ts';
import type { Frame } from './frame.ts';
import type { Json } from './map-library.ts';
import type { RuleContext } from './rule-context.ts';
import { runError, type SourcePath } from './source-path.ts';

/** The place of the first argument that comes from a source. */
export const firstOrigin =
  (args: readonly CompiledExpression[]) =>
  (f: Frame): SourcePath | undefined => {
    for (const arg of args) {
      const origin = arg.origin(f);
      if (origin) return origin;
    }
    return undefined;
  };

/** A fresh value of a known type, made by `make`. */
export function computed(
  context: RuleContext,
  type: string,
  args: readonly CompiledExpression[],
  make: (f: Frame) => Json | undefined,
): CompiledExpression {
  const many = (f: Frame): readonly Json[] => {
    const value = make(f);
    return value === undefined ? [] : [value];
  };
  return {
    type: context.types.find(type),
    list: false,
    checked: true,
    constant: undefined,
    shared: false,
    one: make,
    many,
    origin: firstOrigin(args),
  };
}

/** The value of an argument as text, or undefined when absent. Objects have no text. */
export function textOf(arg: CompiledExpression, f: Frame, context: RuleContext): string | undefined {
  const value = arg.one(f);
  if (value === undefined) return undefined;
  if (typeof value === 'object') throw runError(context.rule, arg.origin(f), 'an object can not be used as text');
  return String(value);
}
