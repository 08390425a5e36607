/**
 * The transforms that compute a value: copy, append, truncate, cast, translate, reference, uuid, evaluate, cc, c, qty,
 * id, cp. (`create` makes an element and stands in compile-target.ts.)
 *
 * Spec: https://hl7.org/fhir/R4/valueset-map-transform.html
 *
 * Refused at load: `escape`, `dateOp` and `pointer` (the specification does not define them), and forms that would
 * guess: `cp(value)` without a system. A transform whose arguments are all absent writes nothing; one that is missing
 * only some of what it needs is an error, because half a Coding says something else than the source.
 */
import type { Expression, Transform } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import { type CompiledExpression, requireOne } from './compiled-expression.ts';
import { computed, textOf } from './computed-value.ts';
import { codeableConcept, coding, contactPoint, identifier, quantity } from './datatype-transforms.ts';
import { type Frame, isObject } from './frame.ts';
import type { Json } from './map-library.ts';
import { parseExpression } from './parse-expression.ts';
import { castPrimitive } from './primitive-types.ts';
import { type Position, Problems } from './problems.ts';
import { problemAt, type RuleContext } from './rule-context.ts';
import { runError } from './source-path.ts';
import { TokenStream } from './token-stream.ts';
import { tokenize } from './tokenizer.ts';
import { compileTranslate } from './translate.ts';
import { type ElementType, isStructure } from './types.ts';

type Call = Transform & { kind: 'call' };

interface Shape {
  args: readonly [min: number, max: number];
  compile(
    call: Call,
    args: readonly CompiledExpression[],
    target: ElementType | undefined,
    context: RuleContext,
  ): CompiledExpression | undefined;
}

const REFUSED: Readonly<Record<string, string>> = {
  escape: 'escape is not supported: the specification does not define its formats',
  dateOp: 'dateOp is not supported: the specification does not define its parameters',
  pointer: 'pointer is not supported: use reference(…), or write the URL as text',
};

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['copy', { args: [1, 1], compile: (_call, [value]) => value }],
  ['append', { args: [1, 99], compile: (call, args, _target, context) => append(call, args, context) }],
  ['truncate', { args: [2, 2], compile: (call, args, _target, context) => truncate(call, args, context) }],
  ['cast', { args: [1, 2], compile: cast }],
  ['translate', { args: [2, 3], compile: compileTranslate }],
  ['reference', { args: [1, 1], compile: (call, args, _target, context) => reference(call, args, context) }],
  [
    'uuid',
    { args: [0, 0], compile: (_call, _args, _target, context) => computed(context, 'string', [], (f) => f.run.uuid()) },
  ],
  ['cc', { args: [1, 3], compile: (_call, args, _target, context) => codeableConcept(args, context) }],
  ['c', { args: [2, 3], compile: (_call, args, _target, context) => coding(args, context) }],
  ['qty', { args: [1, 4], compile: (call, args, target, context) => quantity(call, args, target, context) }],
  ['id', { args: [2, 3], compile: (_call, args, _target, context) => identifier(args, context) }],
  ['cp', { args: [1, 2], compile: (call, args, _target, context) => contactPoint(call, args, context) }],
]);

/** Names of all transforms, for messages. */
export const TRANSFORMS = [...SHAPES.keys(), 'create', 'evaluate'];

/** Compiles a transform call. `target` is the element it is written to, when there is one. Problems are noted. */
export function compileTransform(
  call: Call,
  target: ElementType | undefined,
  context: RuleContext,
): CompiledExpression | undefined {
  if (call.name === 'evaluate') return evaluate(call, context);
  const shape = SHAPES.get(call.name);
  if (!shape) {
    return problemAt(
      context,
      call.at,
      REFUSED[call.name] ?? `unknown transform '${call.name}'; there are ${TRANSFORMS.join(', ')}`,
    );
  }
  const [min, max] = shape.args;
  if (call.args.length < min || call.args.length > max) {
    const wanted = min === max ? `${min}` : `${min} to ${max}`;
    return problemAt(context, call.at, `${call.name} takes ${wanted} arguments, not ${call.args.length}`);
  }
  const args: CompiledExpression[] = [];
  for (const arg of call.args) {
    const compiled = compileExpression(arg, context, context.rule);
    if (compiled) args.push(compiled);
  }
  return args.length === call.args.length ? shape.compile(call, args, target, context) : undefined;
}

function append(call: Call, args: readonly CompiledExpression[], context: RuleContext): CompiledExpression | undefined {
  for (const [i, arg] of args.entries()) {
    if (arg.type && !(isStructure(arg.type) && arg.type.json)) {
      return problemAt(context, call.args[i]?.at ?? call.at, 'append joins primitive values only');
    }
  }
  return computed(context, 'string', args, (f) => {
    const parts = args.map((arg) => textOf(arg, f, context));
    const joined = parts.map((part) => part ?? '').join('');
    // Only constants left: nothing of the source is there to be written.
    const hasVariable = args.some((arg) => arg.constant === undefined);
    const hasValue = args.some((arg, i) => arg.constant === undefined && parts[i] !== undefined);
    return joined === '' || (hasVariable && !hasValue) ? undefined : joined;
  });
}

function truncate(
  call: Call,
  args: readonly CompiledExpression[],
  context: RuleContext,
): CompiledExpression | undefined {
  const [value, length] = args;
  const limit = length?.constant;
  if (!value || typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1) {
    return problemAt(context, call.at, 'truncate(value, length) needs a whole number above 0 as its length');
  }
  return computed(context, 'string', args, (f) => {
    const text = textOf(value, f, context);
    // By code points, so that no character is cut in two.
    return text === undefined ? undefined : [...text].slice(0, limit).join('');
  });
}

function cast(
  call: Call,
  args: readonly CompiledExpression[],
  target: ElementType | undefined,
  context: RuleContext,
): CompiledExpression | undefined {
  const [value, named] = args;
  const only = target?.options.length === 1 ? target.options[0]?.typeName : undefined;
  const name = named ? named.constant : only;
  if (!value || typeof name !== 'string') {
    return problemAt(context, call.at, "cast needs a type here: cast(value, 'type')");
  }
  const type = context.types.find(name);
  if (!type?.json)
    return problemAt(context, call.args[1]?.at ?? call.at, `cast makes primitive values only, not '${name}'`);
  const convert = (input: Json, f: Frame): Json => {
    const result = castPrimitive(input, type.name);
    if (result !== undefined) return result;
    const shown = typeof input === 'object' ? 'an object' : `'${input}'`;
    throw runError(context.rule, value.origin(f), `${shown} can not be cast to ${type.name}`);
  };
  if (value.constant !== undefined && castPrimitive(value.constant, type.name) === undefined) {
    return problemAt(context, call.at, `'${value.constant}' can not be cast to ${type.name}`);
  }
  const many = (f: Frame): readonly Json[] => value.many(f).map((input) => convert(input, f));
  return {
    type,
    list: value.list,
    checked: true,
    constant: undefined,
    shared: false,
    origin: value.origin,
    many,
    one: (f) => requireOne(many(f), context.rule, value.origin(f), 'the value to cast'),
  };
}

function reference(
  call: Call,
  args: readonly CompiledExpression[],
  context: RuleContext,
): CompiledExpression | undefined {
  const [resource] = args;
  if (!resource) return undefined;
  if (isStructure(resource.type) && resource.type.kind !== 'resource') {
    return problemAt(context, call.args[0]?.at ?? call.at, `reference takes a resource, not a ${resource.type.name}`);
  }
  return computed(context, 'string', args, (f) => {
    const value = resource.one(f);
    if (value === undefined) return undefined;
    if (!isObject(value) || typeof value.resourceType !== 'string' || typeof value.id !== 'string') {
      throw runError(context.rule, resource.origin(f), 'reference(…) needs a resource whose id is already written');
    }
    return `${value.resourceType}/${value.id}`;
  });
}

/** `evaluate(object, 'expression')`: the expression, with the object as its focus. */
function evaluate(call: Call, context: RuleContext): CompiledExpression | undefined {
  const [object, expression] = call.args;
  if (call.args.length !== 2 || !object || !expression) {
    return problemAt(context, call.at, 'evaluate takes a variable and an expression');
  }
  const variable = object.kind === 'name' || object.kind === 'variable' ? context.scope.find(object.name) : undefined;
  if (!variable) return problemAt(context, object.at, 'the first argument of evaluate is a variable');
  const parsed =
    expression.kind === 'literal' ? parseQuoted(String(expression.value), expression.at, context) : expression;
  return parsed && compileExpression(parsed, { ...context, focus: variable }, context.rule);
}

/** An expression written as a string; what is wrong with it is noted at the string. */
function parseQuoted(text: string, at: Position, context: RuleContext): Expression | undefined {
  const inner = new Problems();
  const tokens = new TokenStream(context.file, tokenize(context.file, text, inner), inner);
  let parsed: Expression | undefined;
  try {
    parsed = parseExpression(tokens);
    if (tokens.peek().kind !== 'end') throw tokens.unexpected('the end of the expression', 'after it');
  } catch (error) {
    tokens.note(error);
  }
  const [problem] = inner.list();
  return problem ? problemAt(context, at, `in the expression '${text}': ${problem.message}`) : parsed;
}
