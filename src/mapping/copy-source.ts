/**
 * Targets that take a source as it is: `src.a -> tgt.b;`, and a choice element into a choice element.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html (default groups), https://hl7.org/fhir/R4/formats.html#choice
 */

import { fits } from './assignment.ts';
import type { Expression, Target } from './ast.ts';
import type { CompiledExpression } from './compiled-expression.ts';
import { plain, TypedValue } from './frame.ts';
import type { JsonObject } from './map-library.ts';
import { type GroupCall, problemAt, type RuleContext, type Step } from './rule-context.ts';
import type { Variable } from './scope.ts';
import { runError } from './source-path.ts';
import type { Container, Place, TargetSituation } from './target-place.ts';
import { isStructure, type StructureType, typeLabel } from './types.ts';
import { copyOf, type ElementWriter, elementWriter } from './write-element.ts';
import { compileWrite } from './write-values.ts';

/** `src.a -> tgt.b;`: through a default group for the types, or as a copy. */
export function compileAuto(
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
    one: (f) => plain(f.values[source.slot]),
    many: (f) => {
      const json = plain(f.values[source.slot]);
      return json === undefined ? [] : [json];
    },
    origin: (f) => f.paths[source.slot],
  };
  return compileWrite(target, place, value, end, context);
}

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
export function choiceVariable(expression: Expression, context: RuleContext): Variable | undefined {
  if (expression.kind !== 'name' && expression.kind !== 'variable') return undefined;
  const variable = context.scope.find(expression.name);
  return variable?.type?.kind === 'choice' ? variable : undefined;
}

/** A choice element into a choice element: each value keeps the type it has. */
export function compileChoiceCopy(
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
