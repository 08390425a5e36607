/** What compiling a rule needs to know of the map around it. */
import type { ConceptTable } from './concept-table.ts';
import type { Frame, RunState, TypedValue } from './frame.ts';
import type { Json } from './map-library.ts';
import type { Position } from './problems.ts';
import type { ExpressionContext } from './resolve-expression.ts';
import type { RuleInfo, SourcePath } from './source-path.ts';
import type { StructureType, ValueType } from './types.ts';

/** One thing a rule does with a frame. */
export type Step = (f: Frame) => void;

/** Runs a group with a value and a place for each parameter. */
export type GroupCall = (
  values: readonly (Json | TypedValue | undefined)[],
  paths: readonly (SourcePath | undefined)[],
  run: RunState,
) => void;

export interface RuleContext extends ExpressionContext {
  rule: RuleInfo;
  /** The type for an alias of `uses`, a canonical URL or a FHIR type name. */
  findType(name: string): StructureType | undefined;
  /** The table of a ConceptMap, or undefined after noting the problem. */
  conceptTable(url: string, at: Position): ConceptTable | undefined;
  /** The group to run for these arguments, or undefined after noting the problem. */
  group(
    name: string,
    args: readonly { type: ValueType | undefined; writable: boolean }[],
    at: Position,
  ): GroupCall | undefined;
  /** The default group (`<<types>>`) for these types; undefined when there is none. */
  typeGroup(source: StructureType, target: StructureType, at: Position): GroupCall | undefined;
}

/** Notes a problem at a place in the rule's file. */
export const problemAt = (context: RuleContext, at: Position, message: string): undefined =>
  context.problems.add(context.file, at, message);
