/**
 * The FHIRPath functions that run without fhirpath.js, because maps use them for every record: tests for presence,
 * `where`, and the simplest ones on text.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html#functions
 *
 * Each answers as fhirpath.js does; test/mapping/native-functions.test.ts compares them. Regular expressions are
 * compiled at load and so must be constants.
 */
import { type CompiledExpression, requireOne } from './compiled-expression.ts';
import type { Frame } from './frame.ts';
import type { Json } from './map-library.ts';
import { single } from './native-value.ts';
import { isDateType } from './primitive-types.ts';
import type { Resolved } from './resolve-expression.ts';
import { type RuleInfo, runError } from './source-path.ts';
import { decodeText, encodeText } from './text-encoding.ts';
import { isStructure } from './types.ts';

type Call = Resolved & { kind: 'call' };
type Compile = (part: Resolved) => CompiledExpression | undefined;

const jsonOf = (e: Resolved | undefined) => (isStructure(e?.type) ? e.type.json : undefined);

/** The call as a closure, or undefined when it needs fhirpath.js. `compile` compiles its parts. */
export function compileNativeCall(e: Call, compile: Compile, rule: RuleInfo): CompiledExpression | undefined {
  const of = e.of && compile(e.of);
  if (!of) return undefined;
  const [condition] = e.args;
  if ((e.name === 'where' || e.name === 'exists') && condition && e.args.length === 1) {
    return compileFilter(e, of, condition, compile, rule);
  }
  return compileCollection(e, of) ?? compileText(e, of, compile, rule);
}

/** `where(condition)` and `exists(condition)`: the item stands in the frame while the condition looks at it. */
function compileFilter(
  e: Call,
  of: CompiledExpression,
  condition: Resolved,
  compile: Compile,
  rule: RuleInfo,
): CompiledExpression | undefined {
  const test = jsonOf(condition) === 'boolean' ? compile(condition) : undefined;
  if (!test || test.list) return undefined;
  const holds = (f: Frame, item: Json): boolean => {
    const outer = f.item;
    f.item = item;
    const result = test.one(f);
    f.item = outer;
    return result === true;
  };
  if (e.name === 'exists') {
    return single(e, (f) => of.many(f).some((item) => holds(f, item)), { checked: true, origin: of.origin });
  }
  const many = (f: Frame): readonly Json[] => of.many(f).filter((item) => holds(f, item));
  if (!of.list) return single(e, (f) => many(f)[0], { checked: of.checked, shared: true, origin: of.origin });
  return {
    ...of,
    type: e.type,
    list: true,
    constant: undefined,
    shared: true,
    many,
    one: (f) => requireOne(many(f), rule, of.origin(f), 'the expression'),
  };
}

function compileCollection(e: Call, of: CompiledExpression): CompiledExpression | undefined {
  if (e.args.length > 0 || e.typeName) return undefined;
  const { origin, list } = of;
  switch (e.name) {
    case 'exists':
      return single(e, list ? (f) => of.many(f).length > 0 : (f) => of.one(f) !== undefined, { origin, checked: true });
    case 'empty':
      return single(e, list ? (f) => of.many(f).length === 0 : (f) => of.one(f) === undefined, {
        origin,
        checked: true,
      });
    case 'count':
      return single(e, (f) => of.many(f).length, { origin, checked: true });
    case 'first':
      return single(e, (f) => of.many(f)[0], { origin, checked: of.checked, shared: true });
    case 'not': {
      if (list || jsonOf(e.of) !== 'boolean') return undefined;
      const not = (value: Json | undefined) => (value === undefined ? undefined : !value);
      return single(e, (f) => not(of.one(f)), { origin, checked: true });
    }
    default:
      return undefined;
  }
}

type TextFunction = (text: string, argument: string) => Json;

const WITH_TEXT: Readonly<Record<string, TextFunction>> = {
  startsWith: (text, argument) => text.startsWith(argument),
  endsWith: (text, argument) => text.endsWith(argument),
  contains: (text, argument) => text.includes(argument),
};

const ALONE: Readonly<Record<string, (text: string) => Json>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  length: (text) => text.length,
};

function compileText(
  e: Call,
  of: CompiledExpression,
  compile: Compile,
  rule: RuleInfo,
): CompiledExpression | undefined {
  if (of.list || jsonOf(e.of) !== 'string' || (isStructure(e.of?.type) && isDateType(e.of.type.name))) return undefined;
  const args = e.args.map(compile);
  const [first, second] = args;
  const pattern = first?.constant;
  const replacement = second?.constant;
  const alone = args.length === 0 ? ALONE[e.name] : undefined;
  const withText =
    args.length === 1 && first && !first.list && jsonOf(e.args[0]) === 'string' ? WITH_TEXT[e.name] : undefined;
  const apply = (change: (text: string, f: Frame) => Json | undefined) =>
    single(
      e,
      (f) => {
        const value = of.one(f);
        return typeof value === 'string' ? change(value, f) : undefined;
      },
      { origin: of.origin, checked: true },
    );
  if (alone) return apply(alone);
  if (withText && first) {
    return apply((text, f) => {
      const argument = first.one(f);
      return typeof argument === 'string' ? withText(text, argument) : undefined;
    });
  }
  if (e.name === 'replaceMatches' && typeof pattern === 'string' && typeof replacement === 'string') {
    const expression = regularExpression(pattern, 'gu');
    return expression && apply((text) => text.replace(expression, replacement));
  }
  if ((e.name === 'encode' || e.name === 'decode') && typeof pattern === 'string') {
    if (e.name === 'encode') return apply((text) => encodeText(text, pattern));
    return apply((text, f) => {
      const decoded = decodeText(text, pattern);
      if (decoded === undefined) throw runError(rule, of.origin(f), `this is not ${pattern} of a UTF-8 text`);
      return decoded;
    });
  }
  if (e.name === 'matches' && typeof pattern === 'string' && args.length === 1) {
    const expression = regularExpression(pattern, 'su');
    return expression && apply((text) => expression.test(text));
  }
  return undefined;
}

function regularExpression(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}
