/**
 * The target part of a rule: which element is written, with what, and under which name it goes on.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhir/R4/structuremap-definitions.html#StructureMap.group.rule.target
 *
 * - A target without a transform makes the element when it has a name or is followed by `then`, and else takes the
 *   source's value: through a default group for the two types, or as a copy.
 * - `share id` gives every rule with that id the same instance; `single` and `collate` go on with the first item.
 */

import type { Target } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import { choiceVariable, compileAuto, compileChoiceCopy } from './copy-source.ts';
import { type Creation, compileCreate } from './create.ts';
import { type Frame, isObject } from './frame.ts';
import type { JsonObject } from './map-library.ts';
import { problemAt, type RuleContext, type Step } from './rule-context.ts';
import { runError } from './source-path.ts';
import { compilePlace, type Place, type TargetSituation } from './target-place.ts';
import { compileTransform } from './transforms.ts';
import type { ElementType } from './types.ts';
import { elementWriter } from './write-element.ts';
import { compileWrite } from './write-values.ts';

/** Compiles one target and declares its variable. Undefined after noting a problem. */
export function compileTarget(target: Target, situation: TargetSituation, context: RuleContext): Step | undefined {
  if (target.context === undefined) return compileVariableOnly(target, context);
  const place = compilePlace(target, context);
  if (!place) return undefined;
  const { element } = place;
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
  return value && compileWrite(target, place, value, end, context);
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
