/**
 * The transforms that make a data type from its parts: cc, c, qty, id, cp.
 *
 * Spec: https://hl7.org/fhir/R4/valueset-map-transform.html
 *
 * When the arguments that come from the source are all absent, nothing is made; when only one that is needed is
 * absent, that is an error, because half a Coding says something else than the source.
 */
import type { Transform } from './ast.ts';
import type { CompiledExpression } from './compiled-expression.ts';
import { computed, firstOrigin, textOf } from './computed-value.ts';
import type { Frame } from './frame.ts';
import type { JsonObject } from './map-library.ts';
import { problemAt, type RuleContext } from './rule-context.ts';
import { runError } from './source-path.ts';
import { type ElementType, isStructure } from './types.ts';

type Call = Transform & { kind: 'call' };

interface Part {
  property: string;
  required: boolean;
}

/** Parts of `c(system, code, display)`. */
const CODING: readonly Part[] = [
  { property: 'system', required: true },
  { property: 'code', required: true },
  { property: 'display', required: false },
];

/** The arguments as the properties of one object; undefined when nothing but constants is there. */
function collect(
  args: readonly CompiledExpression[],
  parts: readonly Part[],
  f: Frame,
  context: RuleContext,
  what: string,
): JsonObject | undefined {
  const made: JsonObject = {};
  let variables = 0;
  let present = 0;
  let missing: Part | undefined;
  for (const [i, arg] of args.entries()) {
    const part = parts[i];
    const value = arg.one(f);
    if (arg.constant === undefined) {
      variables++;
      if (value !== undefined) present++;
    }
    if (!part) continue;
    if (value === undefined) missing ??= part.required ? part : undefined;
    else made[part.property] = value;
  }
  if (variables > 0 && present === 0) return undefined;
  if (missing) throw runError(context.rule, firstOrigin(args)(f), `${what} has no ${missing.property}`);
  return made;
}

function build(
  context: RuleContext,
  type: string,
  args: readonly CompiledExpression[],
  parts: readonly Part[],
): CompiledExpression {
  return computed(context, type, args, (f) => collect(args, parts, f, context, `the ${type}`));
}

/** `c(system, code, display)` */
export const coding = (args: readonly CompiledExpression[], context: RuleContext): CompiledExpression =>
  build(context, 'Coding', args, CODING);

/** `cc(text)` or `cc(system, code, display)` */
export function codeableConcept(args: readonly CompiledExpression[], context: RuleContext): CompiledExpression {
  if (args.length === 1) return build(context, 'CodeableConcept', args, [{ property: 'text', required: true }]);
  return computed(context, 'CodeableConcept', args, (f) => {
    const coding = collect(args, CODING, f, context, 'the Coding');
    return coding && { coding: [coding] };
  });
}

const QUANTITY: readonly Part[] = [
  { property: 'value', required: true },
  { property: 'unit', required: false },
  { property: 'system', required: false },
  { property: 'code', required: false },
];

const QUANTITY_TEXT = /^(<=|>=|<|>)?\s*(-?\d+(?:\.\d+)?)(?:\s*(\S.*))?$/;

/** `qty('<5 min')`, or value, unit, system, code. The type is that of the element: Quantity, Duration, Age … */
export function quantity(
  call: Call,
  args: readonly CompiledExpression[],
  target: ElementType | undefined,
  context: RuleContext,
): CompiledExpression | undefined {
  const only = target?.options.length === 1 ? target.options[0]?.type : undefined;
  const type = only && !only.json && only.element('value') && only.element('unit') ? only.name : 'Quantity';
  const [first] = args;
  if (args.length !== 1 || !first) {
    if (args.length === 3)
      return problemAt(context, call.at, 'qty takes a text, or value and unit, or value, unit, system and code');
    if (isStructure(first?.type) && first.type.json !== 'number') {
      return problemAt(context, call.at, 'the first argument of qty(value, unit …) is a number');
    }
    return build(context, type, args, QUANTITY);
  }
  return computed(context, type, args, (f) => {
    const text = textOf(first, f, context);
    if (text === undefined) return undefined;
    const [whole, comparator, value, unit] = QUANTITY_TEXT.exec(text) ?? [];
    if (!whole) throw runError(context.rule, first.origin(f), `'${text}' does not read as a quantity`);
    return { value: Number(value), ...(comparator && { comparator }), ...(unit && { unit }) };
  });
}

const IDENTIFIER_TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';

/** `id(system, value, type)`, the type being a code of HL7's identifier types. */
export function identifier(args: readonly CompiledExpression[], context: RuleContext): CompiledExpression {
  const parts = [
    { property: 'system', required: true },
    { property: 'value', required: true },
    { property: 'type', required: false },
  ];
  return computed(context, 'Identifier', args, (f) => {
    const made = collect(args, parts, f, context, 'the Identifier');
    if (!made || made.type === undefined) return made;
    const { type, ...rest } = made;
    return { type: { coding: [{ system: IDENTIFIER_TYPES, code: type ?? '' }] }, ...rest };
  });
}

/** `cp(system, value)`. Without a system it would have to be guessed from the value. */
export function contactPoint(
  call: Call,
  args: readonly CompiledExpression[],
  context: RuleContext,
): CompiledExpression | undefined {
  if (args.length === 1) {
    return problemAt(context, call.at, "cp(value) would guess the system: write cp('phone', value)");
  }
  return build(context, 'ContactPoint', args, [
    { property: 'system', required: true },
    { property: 'value', required: true },
  ]);
}
