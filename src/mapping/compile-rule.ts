/**
 * A rule as one step: for every combination of its source values, write the targets, then run what follows `then`.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html
 */
import type { Dependent, Rule } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import { compileSource } from './compile-source.ts';
import { compileTarget } from './compile-target.ts';
import type { Frame, TypedValue } from './frame.ts';
import type { Json } from './map-library.ts';
import { problemAt, type RuleContext, type Step } from './rule-context.ts';
import type { SourcePath } from './source-path.ts';
import type { ValueType } from './types.ts';

/** Compiles the rules of a group or of a `then { … }`. Problems are noted; a rule that has one is left out. */
export function compileRules(
  rules: readonly Rule[],
  context: Omit<RuleContext, 'rule'>,
  group: string,
): readonly Step[] {
  return rules.flatMap((rule) => compileRule(rule, context, group) ?? []);
}

function compileRule(rule: Rule, outer: Omit<RuleContext, 'rule'>, group: string): Step | undefined {
  const context: RuleContext = {
    ...outer,
    scope: outer.scope.nested(),
    rule: { file: outer.file, line: rule.at.line, name: rule.name, group },
  };
  if (!checkNames(rule, context)) return undefined;

  // Every part is compiled even when an earlier one has a problem, as far as its names are known.
  const sources = rule.sources.map((source) => compileSource(source, context));
  if (!allDefined(sources)) return undefined;
  const [first] = sources;
  const situation = {
    source: sources.length === 1 ? first?.variable : undefined,
    hasThen: rule.hasThen,
    originSlot: first?.variable.slot ?? 0,
  };
  const targets = rule.targets.map((target) => compileTarget(target, situation, context));
  if (!allDefined(targets)) return undefined;
  const dependents = rule.dependents.map((dependent) => compileDependent(dependent, context));
  const nested = compileRules(rule.rules, context, group);
  if (!allDefined(dependents)) return undefined;
  if (
    targets.length + dependents.length + rule.rules.length === 0 &&
    !rule.sources.some((s) => s.check || s.log || s.cardinality)
  ) {
    return problemAt(context, rule.at, 'this rule does nothing: it has no target, no then, no check');
  }
  const body = sequence([...targets, ...dependents, ...nested]);
  return sources.reduceRight<Step>((inner, source) => (f) => source.forEach(f, inner), body);
}

const allDefined = <T>(items: readonly (T | undefined)[]): items is T[] => items.every((item) => item !== undefined);

/** One step for several. */
export function sequence(steps: readonly Step[]): Step {
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  return (f) => {
    for (const step of steps) step(f);
  };
}

function checkNames(rule: Rule, context: RuleContext): boolean {
  const seen = new Set<string>();
  for (const variable of [...rule.sources, ...rule.targets].map((part) => part.variable)) {
    if (!variable) continue;
    if (seen.has(variable.name)) {
      problemAt(context, variable.at, `the variable '${variable.name}' is named twice in this rule`);
      return false;
    }
    seen.add(variable.name);
  }
  return true;
}

interface Argument {
  type: ValueType | undefined;
  writable: boolean;
  value(f: Frame): Json | TypedValue | undefined;
  path(f: Frame): SourcePath | undefined;
}

function compileDependent(dependent: Dependent, context: RuleContext): Step | undefined {
  const args = dependent.args.map((arg): Argument | undefined => {
    const variable = arg.kind === 'name' || arg.kind === 'variable' ? context.scope.find(arg.name) : undefined;
    if (variable) {
      const { slot, type } = variable;
      return { type, writable: variable.role === 'target', value: (f) => f.values[slot], path: (f) => f.paths[slot] };
    }
    const compiled = compileExpression(arg, context, context.rule);
    return compiled && { type: compiled.type, writable: false, value: compiled.one, path: compiled.origin };
  });
  if (!allDefined(args)) return undefined;
  const call = context.group(dependent.group, args, dependent.at);
  if (!call) return undefined;
  return (f) => {
    call(
      args.map((arg) => arg.value(f)),
      args.map((arg) => arg.path(f)),
      f.run,
    );
  };
}
