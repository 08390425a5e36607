/**
 * The target part of a rule: which element is written, with what, and under which name it goes on.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhir/R4/structuremap-definitions.html#StructureMap.group.rule.target
 *
 * - A target without a transform makes the element when it has a name or is followed by `then`, and else takes the
 *   source's value: through a default group for the two types, or as a copy.
 * - In a deep path the elements on the way are made when missing. They must be single: a list would leave open which
 *   item is meant.
 * - `share id` gives every rule with that id the same instance; `single` and `collate` go on with the first item.
 */

import { chooseOption, fits, runtimeCheck } from './assignment.ts';
import type { Expression, Target } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import type { CompiledExpression } from './compiled-expression.ts';
import { type Creation, compileCreate } from './create.ts';
import { type Frame, isObject, TypedValue } from './frame.ts';
import type { JsonObject } from './map-library.ts';
import { didYouMean } from './problems.ts';
import { type GroupCall, problemAt, type RuleContext, type Step } from './rule-context.ts';
import type { Variable } from './scope.ts';
import { runError } from './source-path.ts';
import { compileTransform } from './transforms.ts';
import { type ElementType, isStructure, type StructureType, typeLabel } from './types.ts';
import { copyOf, type ElementWriter, elementWriter } from './write-element.ts';

/** What the target must know of its rule. */
export interface TargetSituation {
  /** Variable of the rule's only source; undefined when there are several. */
  source: Variable | undefined;
  /** True when `then` follows, so that a target without transform is made and not copied. */
  hasThen: boolean;
  /** Slot whose place counts as the origin of made elements. */
  originSlot: number;
}

/** An object in which an element is written, found anew in each run. */
type Container = (f: Frame) => JsonObject;

/** Compiles one target and declares its variable. Undefined after noting a problem. */
export function compileTarget(target: Target, situation: TargetSituation, context: RuleContext): Step | undefined {
  if (target.context === undefined) return compileVariableOnly(target, context);
  const place = compilePlace(target, context);
  if (!place) return undefined;
  const { element, container } = place;
  const { transform, variable, listMode } = target;
  const end = listMode === 'first' || listMode === 'last' ? listMode : undefined;
  if (listMode && !element.list && listMode !== 'share') {
    return problemAt(
      context,
      target.at,
      `'${listMode}' needs a list, and ${element.owner.name}.${element.name} takes one value`,
    );
  }
  const isCreate = transform
    ? transform.kind === 'call' && transform.name === 'create'
    : Boolean(variable) || situation.hasThen;
  if (isCreate) {
    const creation = compileCreate(target, element, context);
    return creation && compileMake(target, place, creation, end, situation, context);
  }
  if (listMode && !end) {
    return problemAt(context, target.at, `'${listMode}' goes on with an element made by create(…), not with a value`);
  }
  if (!transform) return compileAuto(target, place, situation, end, context);
  const choice = transform.kind === 'value' ? choiceVariable(transform.expression, context) : undefined;
  if (choice) return compileChoiceCopy(target, place, choice, end, context);
  const value =
    transform.kind === 'call'
      ? compileTransform(transform, element, context)
      : compileExpression(transform.expression, context, context.rule);
  return value && compileWrite(target, element, container, value, end, context);
}

interface Place {
  element: ElementType;
  container: Container;
}

function compilePlace(target: Target, context: RuleContext): Place | undefined {
  const name = target.context ?? '';
  const root = context.scope.find(name);
  if (!root)
    return problemAt(
      context,
      target.at,
      `there is no variable '${name}' here${didYouMean(name, context.scope.names())}`,
    );
  if (root.role !== 'target') {
    return problemAt(
      context,
      target.at,
      `'${name}' is ${root.role === 'source' ? 'a source' : 'a value'} and can not be written to`,
    );
  }
  const { rule } = context;
  let container: Container = (f) => {
    const object = f.values[root.slot];
    if (isObject(object)) return object;
    throw runError(rule, undefined, `'${name}' was not made in this run, so nothing can be written to it`);
  };
  let type = root.type;
  let element: ElementType | undefined;
  for (const step of target.path) {
    if (element) {
      const into = stepInto(element, container, step.name, context);
      if (typeof into === 'string') return problemAt(context, step.at, into);
      ({ container, type } = into);
    }
    if (!isStructure(type))
      return problemAt(context, step.at, `the type of '${name}' is not known, so it has no elements`);
    element = type.element(step.name);
    if (!element) {
      const label = type.json ? `${type.name} is a primitive and` : type.name;
      return problemAt(
        context,
        step.at,
        `${label} has no element '${step.name}'${didYouMean(step.name, type.elementNames())}`,
      );
    }
  }
  return element ? { element, container } : problemAt(context, target.at, `name the element of '${name}' to write`);
}

function stepInto(
  element: ElementType,
  parent: Container,
  next: string,
  context: RuleContext,
): { container: Container; type: StructureType } | string {
  const path = `${element.owner.name}.${element.name}`;
  const [option] = element.options;
  if (element.list) return `${path} is a list: make its item in a target of its own, and write '${next}' there`;
  if (element.options.length !== 1 || !option?.type) return `${path} has several types: create one before '.${next}'`;
  const { type, property } = option;
  if (type.json) return `${type.name} is a primitive and has no element '${next}'`;
  if (type.abstract && type.kind === 'resource') return `${path} can be any resource: create one before '.${next}'`;
  const write = elementWriter(element, option, undefined, context.rule);
  const container: Container = (f) => {
    const object = parent(f);
    const known = object[property];
    if (isObject(known)) return known;
    const made: JsonObject = type.kind === 'resource' ? { resourceType: type.name } : {};
    write(f, object, made, undefined);
    return made;
  };
  return { container, type };
}

function compileMake(
  target: Target,
  { element, container }: Place,
  { option, type }: Creation,
  end: 'first' | 'last' | undefined,
  situation: TargetSituation,
  context: RuleContext,
): Step | undefined {
  const { variable, listMode } = target;
  if (!variable && type.kind !== 'resource') {
    return problemAt(context, target.at, `nothing can be written to this ${type.name}: name it with 'as'`);
  }
  const made = variable && context.scope.declare(variable.name, type, 'target');
  const { rule } = context;
  const write = elementWriter(element, option, end, rule);
  const { originSlot } = situation;
  const fresh = (f: Frame, object: JsonObject): JsonObject => {
    if (!element.list && object[option.property] !== undefined) {
      const path = `${element.owner.name}.${element.name}`;
      throw runError(
        rule,
        f.paths[originSlot],
        `${path} takes one value and was already made; 'share' lets rules write to the same one`,
      );
    }
    const instance: JsonObject = type.kind === 'resource' ? { resourceType: type.name } : {};
    write(f, object, instance, f.paths[originSlot]);
    return instance;
  };
  const reused = listMode === 'share' ? shareKey(element, target.listRuleId ?? '') : undefined;
  return (f) => {
    const object = container(f);
    let instance: JsonObject | undefined;
    if (reused) instance = sharedIn(f, object, reused, () => fresh(f, object));
    else if (listMode === 'single' || listMode === 'collate') instance = firstItem(object, option.property);
    instance ??= fresh(f, object);
    if (made) {
      f.values[made.slot] = instance;
      f.paths[made.slot] = undefined;
    }
  };
}

const shareKey = (element: ElementType, id: string): string => `${element.name}#${id}`;

function sharedIn(f: Frame, object: JsonObject, key: string, make: () => JsonObject): JsonObject {
  f.run.shared ??= new Map();
  const instances = f.run.shared.get(object) ?? new Map<string, JsonObject>();
  f.run.shared.set(object, instances);
  const instance = instances.get(key) ?? make();
  instances.set(key, instance);
  return instance;
}

function firstItem(object: JsonObject, property: string): JsonObject | undefined {
  const list = object[property];
  const [item] = Array.isArray(list) ? list : [];
  return isObject(item) ? item : undefined;
}

/** Writes every value of an expression; its variable is the last one written. */
function compileWrite(
  target: Target,
  element: ElementType,
  container: Container,
  value: CompiledExpression,
  end: 'first' | 'last' | undefined,
  context: RuleContext,
): Step | undefined {
  const option = chooseOption(element, value.type, value.constant);
  if (typeof option === 'string') return problemAt(context, target.transform?.at ?? target.at, option);
  const type = option.type;
  if (!type) return problemAt(context, target.at, `the type ${option.typeName} is not defined`);
  const { rule } = context;
  const write = elementWriter(element, option, end, rule);
  const check = value.constant === undefined ? runtimeCheck(value.type, value.checked, type) : undefined;
  const named = target.variable && context.scope.declare(target.variable.name, type, type.json ? 'value' : 'target');
  const whole = !type.json;
  return (f) => {
    const values = element.list ? value.many(f) : undefined;
    const one = values ? undefined : value.one(f);
    const count = values ? values.length : one === undefined ? 0 : 1;
    const origin = value.origin(f);
    if (named) {
      f.values[named.slot] = undefined;
      f.paths[named.slot] = origin;
    }
    for (let i = 0; i < count; i++) {
      const item = values ? values[i] : one;
      if (item === undefined) continue;
      if (check && !check(item)) {
        const shown = typeof item === 'object' ? 'an object' : `'${item}'`;
        throw runError(rule, origin, `${shown} is not a valid ${type.name} for ${element.owner.name}.${element.name}`);
      }
      if (whole) f.run.reads?.markWhole(item);
      const written = whole && value.shared ? copyOf(item) : item;
      write(f, container(f), written, origin);
      if (named) f.values[named.slot] = written;
    }
  };
}

/** `src.a -> tgt.b;`: through a default group for the types, or as a copy. */
function compileAuto(
  target: Target,
  place: Place,
  { source, originSlot }: TargetSituation,
  end: 'first' | 'last' | undefined,
  context: RuleContext,
): Step | undefined {
  const { element, container } = place;
  if (!source)
    return problemAt(context, target.at, 'with several sources a target says what it takes: tgt.element = value');
  if (source.type?.kind === 'choice') return compileChoiceCopy(target, place, source, end, context);
  if (!isStructure(source.type)) return problemAt(context, target.at, 'the type of the source is not known');
  for (const option of element.options) {
    const type = option.type;
    const call = type && context.typeGroup(source.type, type, target.at);
    if (type && call)
      return compileGroupCopy(
        elementWriter(element, option, end, context.rule),
        container,
        type,
        call,
        source,
        originSlot,
      );
  }
  const whole = source.type;
  if (
    whole.kind === 'logical' ||
    (whole.kind === 'nested' && !element.options.some((o) => o.type && fits(whole, o.type)))
  ) {
    const to =
      element.options.length === 1 ? (element.options[0]?.typeName ?? '') : `${element.owner.name}.${element.name}`;
    return problemAt(context, target.at, `no group with <<types>> maps ${typeLabel(whole)} to ${to}`);
  }
  const value: CompiledExpression = {
    type: source.type,
    list: false,
    checked: true,
    constant: undefined,
    shared: true,
    one: (f) => jsonIn(f, source.slot),
    many: (f) => {
      const json = jsonIn(f, source.slot);
      return json === undefined ? [] : [json];
    },
    origin: (f) => f.paths[source.slot],
  };
  return compileWrite(target, element, container, value, end, context);
}

const jsonIn = (f: Frame, slot: number) => {
  const value = f.values[slot];
  return value instanceof TypedValue ? value.value : value;
};

function compileGroupCopy(
  write: ElementWriter,
  container: Container,
  type: StructureType,
  call: GroupCall,
  source: Variable,
  originSlot: number,
): Step {
  return (f) => {
    const made: JsonObject = type.kind === 'resource' ? { resourceType: type.name } : {};
    write(f, container(f), made, f.paths[originSlot]);
    call([f.values[source.slot], made], [f.paths[source.slot], undefined], f.run);
  };
}

/** The variable, when the expression is nothing but a variable read from a choice element. */
function choiceVariable(expression: Expression, context: RuleContext): Variable | undefined {
  if (expression.kind !== 'name' && expression.kind !== 'variable') return undefined;
  const variable = context.scope.find(expression.name);
  return variable?.type?.kind === 'choice' ? variable : undefined;
}

/** A choice element into a choice element: each value keeps the type it has. */
function compileChoiceCopy(
  target: Target,
  { element, container }: Place,
  source: Variable,
  end: 'first' | 'last' | undefined,
  context: RuleContext,
): Step | undefined {
  const { rule } = context;
  const path = `${element.owner.name}.${element.name}`;
  const types = source.type?.kind === 'choice' ? source.type.element.options.map((o) => o.typeName) : [];
  const writers = new Map(
    element.options
      .filter((o) => types.includes(o.typeName))
      .map((o) => [o.typeName, elementWriter(element, o, end, rule)]),
  );
  if (writers.size === 0) {
    return problemAt(context, target.at, `${path} has none of the types of ${typeLabel(source.type)}`);
  }
  if (target.variable) {
    return problemAt(
      context,
      target.variable.at,
      'the type of this value differs from run to run: narrow the source with : Type to name it',
    );
  }
  return (f) => {
    const value = f.values[source.slot];
    if (!(value instanceof TypedValue)) return;
    const origin = f.paths[source.slot];
    const write = writers.get(value.type.name);
    if (!write) throw runError(rule, origin, `${path} is never a ${value.type.name}`);
    f.run.reads?.markWhole(value.value);
    write(f, container(f), copyOf(value.value), origin);
  };
}

/** `-> uuid() as id`: a variable without an element. */
function compileVariableOnly(target: Target, context: RuleContext): Step | undefined {
  const { transform, variable } = target;
  if (!transform || !variable) return problemAt(context, target.at, 'a value that goes into no element needs a name');
  if (transform.kind === 'call' && transform.name === 'create') {
    return problemAt(context, target.at, 'create(…) needs an element to be created in');
  }
  const value =
    transform.kind === 'call'
      ? compileTransform(transform, undefined, context)
      : compileExpression(transform.expression, context, context.rule);
  if (!value) return undefined;
  const named = context.scope.declare(variable.name, value.type, 'value');
  return (f) => {
    f.values[named.slot] = value.one(f);
    f.paths[named.slot] = value.origin(f);
  };
}
