/** What an expression becomes when its map is loaded. */
import type { Frame } from './frame.ts';
import type { Json } from './map-library.ts';
import { type RuleInfo, runError, type SourcePath } from './source-path.ts';
import type { ValueType } from './types.ts';

export interface CompiledExpression {
  /** Undefined when only the run can tell. */
  type: ValueType | undefined;
  /** True when there may be more than one value. */
  list: boolean;
  /** True when the values were checked against `type` as they were read. */
  checked: boolean;
  /** The value of a literal, known at load. */
  constant: Json | undefined;
  /** True when a value may be part of a source or a target: it is copied before it is written elsewhere. */
  shared: boolean;
  many(f: Frame): readonly Json[];
  /** The one value, or undefined. Throws MapRunError when there are several. */
  one(f: Frame): Json | undefined;
  /** Where the value, or the first value it is made of, stands in a source. */
  origin(f: Frame): SourcePath | undefined;
}

/** The one value of several, or undefined of none. Throws MapRunError when some would be lost. */
export function requireOne(
  values: readonly Json[],
  rule: RuleInfo,
  path: SourcePath | undefined,
  what: string,
): Json | undefined {
  if (values.length > 1) throw runError(rule, path, `${what} has ${values.length} values where one is expected`);
  return values[0];
}
