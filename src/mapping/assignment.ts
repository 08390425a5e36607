/**
 * Which of an element's types a value is written as.
 *
 * Spec: https://hl7.org/fhir/R4/formats.html#choice, https://hl7.org/fhir/R4/datatypes.html
 *
 * The value's type decides. A value whose type is not known, or that fits several types of a choice equally well, is
 * a problem that asks for `cast`: a code written as `valueString` would be wrong without anyone noticing.
 */
import type { Json } from './map-library.ts';
import { hasFormOf, isAssignable } from './primitive-types.ts';
import {
  type ElementType,
  isStructure,
  type StructureType,
  type TypeOption,
  typeLabel,
  type ValueType,
} from './types.ts';

const QUANTITIES = ['Quantity', 'Age', 'Count', 'Distance', 'Duration', 'SimpleQuantity', 'MoneyQuantity'];

/** True when a value of the one type can be written where the other is expected. */
export function fits(from: StructureType, to: StructureType): boolean {
  if (from.json || to.json) return from.json !== undefined && to.json !== undefined && isAssignable(from.name, to.name);
  if (from.key === to.key) return true;
  if (to.name === 'Resource' || to.name === 'DomainResource') return from.kind === 'resource';
  if (QUANTITIES.includes(from.name) && QUANTITIES.includes(to.name)) return true;
  // A profile and its base type have the same name and the same elements.
  return from.kind !== 'logical' && to.kind !== 'logical' && from.name === to.name;
}

/** The type of the element to write a value as, or a sentence that says why there is none. */
export function chooseOption(
  element: ElementType,
  type: ValueType | undefined,
  constant: Json | undefined,
): TypeOption | string {
  const path = `${element.owner.name}.${element.name}`;
  const { options } = element;
  const [only] = options;
  if (options.length === 1 && only) return checkOption(path, only, type, constant);
  if (!isStructure(type)) return `the type of this value is not known, and ${path} has several: use cast(…, 'type')`;
  const exact = options.find((o) => o.typeName === type.name);
  if (exact) return exact;
  const fitting = options.filter((o) => o.type && fits(type, o.type));
  const [one] = fitting;
  if (fitting.length === 1 && one) return one;
  if (fitting.length === 0) return `${path} is never a ${type.name}`;
  return `a ${type.name} could be written to ${path} as ${fitting.map((o) => o.typeName).join(', ')}: use cast(…, 'type')`;
}

function checkOption(
  path: string,
  option: TypeOption,
  type: ValueType | undefined,
  constant: Json | undefined,
): TypeOption | string {
  const to = option.type;
  if (!to) return `the type ${option.typeName} of ${path} is not defined`;
  if (constant !== undefined) {
    if (to.json && hasFormOf(to.name, constant)) return option;
    return `${JSON.stringify(constant)} is not a valid ${to.name} for ${path}`;
  }
  if (!type) return option;
  if (isStructure(type) && fits(type, to)) return option;
  const canCast = to.json !== undefined && (!isStructure(type) || type.json !== undefined);
  return `${path} is a ${to.name}, not ${typeLabel(type)}${canCast ? `: use cast(…, '${to.name}') if that is meant` : ''}`;
}

/** A check for values whose form is only known at run time; undefined when the types already say it is right. */
export function runtimeCheck(
  from: ValueType | undefined,
  checked: boolean,
  to: StructureType,
): ((value: Json) => boolean) | undefined {
  if (
    checked &&
    isStructure(from) &&
    (from.name === to.name || !to.json || to.name === 'string' || to.name === 'markdown')
  ) {
    return undefined;
  }
  if (to.json) return (value) => hasFormOf(to.name, value);
  return (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
}
