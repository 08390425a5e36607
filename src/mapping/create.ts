/**
 * `create('Type')`, and the element a target makes when it says nothing: of which type, under which property.
 *
 * Spec: https://hl7.org/fhir/R4/valueset-map-transform.html
 *
 * The name is an alias of `uses`, a type name or `BackboneElement` for an element's own structure; it may be left out
 * when the element has one type. Only resources get a `resourceType`.
 */

import { fits } from './assignment.ts';
import type { Target } from './ast.ts';
import { problemAt, type RuleContext } from './rule-context.ts';
import type { ElementType, StructureType, TypeOption } from './types.ts';

export interface Creation {
  option: TypeOption;
  type: StructureType;
}

/** The type to make. Undefined after noting a problem. */
export function compileCreate(target: Target, element: ElementType, context: RuleContext): Creation | undefined {
  const { transform } = target;
  const at = transform?.at ?? target.at;
  const path = `${element.owner.name}.${element.name}`;
  const args = transform?.kind === 'call' ? transform.args : [];
  const [arg] = args;
  if (args.length > 1 || (arg && !(arg.kind === 'literal' && arg.type === 'string'))) {
    return problemAt(context, at, "create takes one type name in quotes: create('Period')");
  }
  const creation = arg?.kind === 'literal' ? named(String(arg.value), element, context) : onlyOne(element);
  if (typeof creation === 'string') return problemAt(context, at, creation);
  const { type } = creation;
  if (type.json) return problemAt(context, at, `${path} is a ${type.name}: give it a value instead of creating it`);
  if (type.abstract && type.name !== 'BackboneElement') {
    return problemAt(context, at, `${path} can be any ${type.name}: say which with create('…')`);
  }
  return creation;
}

function onlyOne(element: ElementType): Creation | string {
  const [option] = element.options;
  const path = `${element.owner.name}.${element.name}`;
  if (!option || element.options.length > 1) {
    return `${path} has several types: say which with create('…')`;
  }
  return option.type ? { option, type: option.type } : `the type ${option.typeName} of ${path} is not defined`;
}

function named(name: string, element: ElementType, context: RuleContext): Creation | string {
  const [first] = element.options;
  const structural = name === 'BackboneElement' || name === 'Element';
  if (first?.type?.kind === 'nested' && (structural || name === first.type.name))
    return { option: first, type: first.type };
  const type = context.findType(name);
  if (!type) return `unknown type '${name}'`;
  const exact = element.options.find((o) => o.typeName === type.name || o.type?.key === type.key);
  const option = exact ?? element.options.find((o) => o.type !== undefined && fits(type, o.type));
  return option ? { option, type } : `${element.owner.name}.${element.name} is never a ${name}`;
}
