/**
 * The source part of a rule: which values it visits, and under which conditions.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhir/R4/structuremap-definitions.html#StructureMap.group.rule.source
 *
 * Order, where the specification is silent, as in the reference implementation: type filter, default, `where`, `check`,
 * `log`, list option. Cardinality counts the values of the type asked for, before `where`. `only_one` with several
 * values is an error, not a rule that stays silent.
 */

import { chooseOption } from './assignment.ts';
import type { Expression, Source, SourceListMode } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import type { CompiledExpression } from './compiled-expression.ts';
import { type Frame, isObject, plain, TypedValue } from './frame.ts';
import type { Json, JsonObject } from './map-library.ts';
import { didYouMean } from './problems.ts';
import { elementReader } from './read-value.ts';
import { problemAt, type RuleContext, type Step } from './rule-context.ts';
import type { Variable } from './scope.ts';
import { type RuleInfo, renderPath, runError, type SourcePath } from './source-path.ts';
import { type ElementType, isStructure, type StructureType, type ValueType } from './types.ts';

type Sink = (value: Json | TypedValue, path: SourcePath | undefined) => void;
type Walk = (f: Frame, value: Json | TypedValue, path: SourcePath | undefined, sink: Sink) => void;

export interface CompiledSource {
  /** Holds each value in turn; also the focus of `where`. */
  variable: Variable;
  /** Runs `body` for every value the source selects. */
  forEach(f: Frame, body: Step): void;
}

/** Compiles one source and declares its variable. Undefined after noting a problem. */
export function compileSource(source: Source, context: RuleContext): CompiledSource | undefined {
  const root = context.scope.find(source.context);
  if (!root) {
    const names = context.scope.names();
    return problemAt(
      context,
      source.at,
      `there is no variable '${source.context}' here${didYouMean(source.context, names)}`,
    );
  }
  if (root.role === 'target') {
    return problemAt(
      context,
      source.at,
      `'${source.context}' is a target: a rule reads from a source, or in an expression`,
    );
  }
  const walk = compilePath(source, root.type, context);
  if (!walk) return undefined;
  if (source.path.length === 0 && (source.listMode || source.cardinality || source.defaultValue)) {
    return problemAt(
      context,
      source.at,
      `'${source.context}' is one value: list options, cardinality and default need an element`,
    );
  }
  const variable = source.variable
    ? context.scope.declare(source.variable.name, walk.type, root.role)
    : context.scope.unnamed(walk.type, root.role);
  const conditions = compileConditions(source, { ...context, focus: variable });
  const fallback = source.defaultValue && compileDefault(source.defaultValue, walk, context);
  if (!conditions || (source.defaultValue && !fallback)) return undefined;

  const { slot } = variable;
  const visit = (f: Frame, sink: Sink): void => {
    const value = f.values[root.slot];
    if (value !== undefined) walk.run(f, value, f.paths[root.slot], sink);
  };
  const assign = (f: Frame, value: Json | TypedValue | undefined, path: SourcePath | undefined): void => {
    f.values[slot] = value;
    f.paths[slot] = path;
  };
  const { listMode, cardinality } = source;
  if (!fallback && !listMode && !cardinality) {
    return {
      variable,
      forEach: (f, body) =>
        visit(f, (value, path) => {
          assign(f, value, path);
          if (conditions(f)) body(f);
        }),
    };
  }
  const { rule } = context;
  return {
    variable,
    forEach(f, body) {
      const found: [Json | TypedValue, SourcePath | undefined][] = [];
      visit(f, (value, path) => found.push([value, path]));
      const place = (): SourcePath | undefined => placeOf(f, root, source);
      if (cardinality) requireCardinality(found.length, cardinality, rule, place());
      if (found.length === 0 && fallback) {
        const value = fallback.one(f);
        if (value !== undefined) found.push([value, undefined]);
      }
      const kept = found.filter(([value, path]) => {
        assign(f, value, path);
        return conditions(f);
      });
      for (const [value, path] of listMode ? select(kept, listMode, rule, place()) : kept) {
        assign(f, value, path);
        body(f);
      }
    },
  };
}

const placeOf = (f: Frame, root: Variable, source: Source): SourcePath | undefined =>
  source.path.reduce<SourcePath | undefined>(
    (parent, step) => ({ parent, name: step.name, index: -1 }),
    f.paths[root.slot],
  );

function requireCardinality(
  count: number,
  { min, max }: { min: number; max: number },
  rule: RuleInfo,
  place: SourcePath | undefined,
): void {
  if (count >= min && count <= max) return;
  const upper = max === Number.POSITIVE_INFINITY ? '*' : max;
  throw runError(rule, place, `${count} values where the map asks for ${min}..${upper}`);
}

function select<T>(
  items: readonly T[],
  mode: SourceListMode,
  rule: RuleInfo,
  place: SourcePath | undefined,
): readonly T[] {
  switch (mode) {
    case 'first':
      return items.slice(0, 1);
    case 'not_first':
      return items.slice(1);
    case 'last':
      return items.slice(-1);
    case 'not_last':
      return items.slice(0, -1);
    case 'only_one':
      if (items.length > 1) throw runError(rule, place, `${items.length} values where the map asks for only one`);
      return items;
  }
}

interface CompiledPath {
  type: ValueType | undefined;
  /** The last element; undefined when the source is a variable itself. */
  element: ElementType | undefined;
  run: Walk;
}

function compilePath(source: Source, rootType: ValueType | undefined, context: RuleContext): CompiledPath | undefined {
  const elements: ElementType[] = [];
  let type = rootType;
  for (const step of source.path) {
    if (!isStructure(type)) {
      const why = type ? 'has several types: narrow it with : Type' : 'has no known type';
      return problemAt(context, step.at, `the value before '.${step.name}' ${why}`);
    }
    const element = type.element(step.name);
    if (!element) {
      const label = type.json ? `${type.name} is a primitive and` : type.name;
      return problemAt(
        context,
        step.at,
        `${label} has no element '${step.name}'${didYouMean(step.name, type.elementNames())}`,
      );
    }
    elements.push(element);
    const [option] = element.options;
    type = element.options.length > 1 ? { kind: 'choice', element } : option?.type;
    if (!type)
      return problemAt(
        context,
        step.at,
        `the type ${option?.typeName ?? ''} of ${element.owner.name}.${element.name} is not defined`,
      );
  }
  let keep: ((value: Json | TypedValue) => boolean) | undefined;
  if (source.type) {
    const wanted = context.findType(source.type.name);
    if (!wanted) return problemAt(context, source.type.at, `unknown type '${source.type.name}'`);
    const narrowed = narrow(type, wanted, elements);
    if (!narrowed) return problemAt(context, source.type.at, `the source is never a ${wanted.name}`);
    type = wanted;
    keep = narrowed.keep;
  }
  const last = elements.at(-1);
  const choice = type !== undefined && type.kind === 'choice';
  const unwrap = source.path.length === 0 && keep !== undefined;
  let run: Walk = (_f, value, path, sink) => {
    if (keep && !keep(value)) return;
    sink(unwrap ? (plain(value) ?? value) : value, path);
  };
  for (const element of elements.toReversed()) {
    run = stepInto(element, run, context.rule, element === last && choice);
  }
  return { type, element: last, run };
}

/** Restricts the last element to the type asked for, or tells how to filter values. Undefined when it never has it. */
function narrow(
  type: ValueType | undefined,
  wanted: StructureType,
  elements: ElementType[],
): { keep: ((value: Json | TypedValue) => boolean) | undefined } | undefined {
  const last = elements.at(-1);
  if (type?.kind === 'choice') {
    const option = type.element.options.find((o) => o.typeName === wanted.name);
    if (!option) return undefined;
    if (!last) return { keep: (value) => value instanceof TypedValue && value.type.name === wanted.name };
    elements[elements.length - 1] = { ...last, options: [option] };
    return { keep: undefined };
  }
  if (!type) return undefined;
  if (type.key === wanted.key || type.name === wanted.name) return { keep: undefined };
  if ((type.name === 'Resource' || type.name === 'DomainResource') && wanted.kind === 'resource') {
    return { keep: (value) => isObject(value) && value.resourceType === wanted.name };
  }
  return undefined;
}

function stepInto(element: ElementType, next: Walk, rule: RuleInfo, typed: boolean): Walk {
  const read = elementReader(element, rule, typed);
  return (f, container, path, sink) => {
    const object = plain(container);
    if (!isObject(object)) return;
    read(f, object as JsonObject, path, (value, index) => {
      next(f, value, { parent: path, name: element.name, index }, sink);
    });
  };
}

function compileDefault(
  expression: Expression,
  path: CompiledPath,
  context: RuleContext,
): CompiledExpression | undefined {
  const compiled = compileExpression(expression, context, context.rule);
  if (!compiled || !path.element) return undefined;
  const option = chooseOption(path.element, compiled.type, compiled.constant);
  if (typeof option === 'string') return problemAt(context, expression.at, option);
  if (path.type?.kind === 'choice') {
    return problemAt(
      context,
      expression.at,
      'a default for an element with several types needs a type filter: src.value : Type',
    );
  }
  return compiled;
}

/** `where`, `check` and `log` in one closure: false when the value is filtered out. */
function compileConditions(source: Source, context: RuleContext): ((f: Frame) => boolean) | undefined {
  const { rule } = context;
  const slot = context.focus?.slot ?? 0;
  const where = source.where && compileCondition(source.where, 'where', context);
  const check = source.check && compileCondition(source.check, 'check', context);
  const log = source.log && compileExpression(source.log, context, rule);
  if ((source.where && !where) || (source.check && !check) || (source.log && !log)) return undefined;
  if (!where && !check && !log) return () => true;
  return (f) => {
    if (where && !where(f)) return false;
    if (check && !check(f)) throw runError(rule, f.paths[slot], 'the check of this rule fails');
    if (log && f.run.log) {
      const place = renderPath(f.paths[slot]);
      f.run.log(`${place ? `${place}: ` : ''}${log.many(f).map(String).join(', ')}`, rule);
    }
    return true;
  };
}

function compileCondition(
  expression: Expression,
  word: string,
  context: RuleContext,
): ((f: Frame) => boolean) | undefined {
  const compiled = compileExpression(expression, context, context.rule);
  if (!compiled) return undefined;
  const { type } = compiled;
  if (type && (!isStructure(type) || type.json !== 'boolean')) {
    return problemAt(context, expression.at, `${word} needs true or false: compare the value, or ask for .exists()`);
  }
  return (f) => {
    const value = compiled.one(f);
    if (value === undefined || typeof value === 'boolean') return value === true;
    throw runError(context.rule, compiled.origin(f), `the ${word} of this rule gives neither true nor false`);
  };
}
