/**
 * Where a target writes: the element at the end of its path, and the object that holds it.
 *
 * In a deep path the elements on the way are made when missing. They must be single: a list would leave open which
 * item is meant.
 */
import type { Target } from './ast.ts';
import { type Frame, isObject } from './frame.ts';
import type { JsonObject } from './map-library.ts';
import { didYouMean } from './problems.ts';
import { problemAt, type RuleContext } from './rule-context.ts';
import type { Variable } from './scope.ts';
import { runError } from './source-path.ts';
import { type ElementType, isStructure, type StructureType } from './types.ts';
import { elementWriter } from './write-element.ts';

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
export type Container = (f: Frame) => JsonObject;

export interface Place {
  element: ElementType;
  container: Container;
}

/** The place a target names. Undefined after noting a problem. */
export function compilePlace(target: Target, context: RuleContext): Place | undefined {
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
