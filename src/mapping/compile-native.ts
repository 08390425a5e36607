/**
 * The part of FHIRPath that runs without fhirpath.js: paths, literals, `=`, `!=`, `<` and kin on numbers, `and`, `or`,
 * `&` and `+` on text, and the functions of native-functions.ts.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html#operations (empty collections: #boolean-logic, #equality)
 *
 * A session map evaluates dozens of these for each record, and nothing else most of the time. What does not fit
 * exactly (lists in comparisons, dates, quantities) is left to fhirpath.js by returning undefined.
 */
import { type CompiledExpression, requireOne } from './compiled-expression.ts';
import { type Frame, isObject, plain } from './frame.ts';
import type { Json } from './map-library.ts';
import { compileNativeCall } from './native-functions.ts';
import { type One, single } from './native-value.ts';
import { isDateType } from './primitive-types.ts';
import { elementReader, singleReader } from './read-value.ts';
import type { Resolved } from './resolve-expression.ts';
import type { RuleInfo, SourcePath } from './source-path.ts';
import { isStructure } from './types.ts';

/** The closure, or undefined when the expression needs fhirpath.js. */
export function compileNative(e: Resolved, rule: RuleInfo): CompiledExpression | undefined {
  switch (e.kind) {
    case 'literal':
      return compileLiteral(e);
    case 'variable': {
      const { slot } = e.variable;
      const one: One = (f) => plain(f.values[slot]);
      return single(e, one, { origin: (f) => f.paths[slot], checked: true, shared: true });
    }
    case 'element':
      return compileElement(e, rule);
    case 'item':
      return single(e, (f) => f.item, { checked: true, shared: true });
    case 'call':
      return compileNativeCall(e, (part) => compileNative(part, rule), rule);
    case 'binary':
      return compileBinary(e, rule);
    case 'unary': {
      const of = compileNative(e.of, rule);
      if (!of || of.list || jsonOf(e.of) !== 'number') return undefined;
      const sign = e.operator === '-' ? -1 : 1;
      const one: One = (f) => {
        const value = of.one(f);
        return typeof value === 'number' ? sign * value : undefined;
      };
      const constant = typeof of.constant === 'number' ? sign * of.constant : undefined;
      return single(e, one, { origin: of.origin, constant, checked: true });
    }
    default:
      return undefined;
  }
}

function compileLiteral(e: Resolved & { kind: 'literal' }): CompiledExpression | undefined {
  if (e.literal === 'quantity') return undefined;
  if (e.literal === 'empty') return single(e, () => undefined);
  const { value } = e;
  return single(e, () => value, { constant: value, checked: true });
}

function compileElement(e: Resolved & { kind: 'element' }, rule: RuleInfo): CompiledExpression | undefined {
  const of = compileNative(e.of, rule);
  const { element } = e;
  if (!of || !element) return undefined;
  const [option] = element.options;
  const pathTo = (f: Frame): SourcePath | undefined => {
    const parent = of.origin(f);
    return parent && { parent, name: e.name, index: -1 };
  };
  const facts = { checked: element.options.length === 1, shared: true, origin: pathTo };
  if (!of.list && !element.list && element.options.length === 1 && option) {
    const read = singleReader(element, option, rule);
    return single(
      e,
      (f) => {
        const container = of.one(f);
        return isObject(container) ? read(f, container, () => of.origin(f)) : undefined;
      },
      facts,
    );
  }
  const read = elementReader(element, rule, false);
  const many = (f: Frame): readonly Json[] => {
    const found: Json[] = [];
    for (const container of of.many(f)) {
      if (isObject(container)) {
        read(f, container, of.origin(f), (value) => {
          const json = plain(value);
          if (json !== undefined) found.push(json);
        });
      }
    }
    return found;
  };
  const one: One = (f) => requireOne(many(f), rule, pathTo(f), `'${e.name}'`);
  return { type: e.type, list: e.list, constant: undefined, ...facts, many, one };
}

const jsonOf = (e: Resolved | undefined) => (isStructure(e?.type) ? e.type.json : undefined);

function compileBinary(e: Resolved & { kind: 'binary' }, rule: RuleInfo): CompiledExpression | undefined {
  const left = compileNative(e.left, rule);
  const right = compileNative(e.right, rule);
  const kind = jsonOf(e.left);
  if (!left || !right || left.list || right.list || kind === undefined || kind !== jsonOf(e.right)) return undefined;
  // Dates compare by instant and precision, not by their text.
  if ([e.left, e.right].some((side) => isStructure(side.type) && isDateType(side.type.name))) return undefined;
  const combine = operation(e.operator, kind);
  if (!combine) return undefined;
  return single(e, (f) => combine(left.one(f), right.one(f)), {
    origin: (f) => left.origin(f) ?? right.origin(f),
    checked: true,
  });
}

type Operands = Json | undefined;

function operation(
  operator: string,
  kind: 'string' | 'number' | 'boolean',
): ((a: Operands, b: Operands) => Operands) | undefined {
  switch (operator) {
    case '=':
      return (a, b) => (a === undefined || b === undefined ? undefined : a === b);
    case '!=':
      return (a, b) => (a === undefined || b === undefined ? undefined : a !== b);
    case 'and':
      return kind === 'boolean' ? and : undefined;
    case 'or':
      return kind === 'boolean' ? or : undefined;
    case '&':
      return kind === 'string' ? (a, b) => text(a) + text(b) : undefined;
    case '+':
      if (kind === 'string') return (a, b) => (a === undefined || b === undefined ? undefined : text(a) + text(b));
      return undefined;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return kind === 'number' ? (a, b) => compare(operator, a, b) : undefined;
    default:
      return undefined;
  }
}

const text = (value: Operands): string => (typeof value === 'string' ? value : '');

/** Three-valued: false wins over unknown. */
const and = (a: Operands, b: Operands): Operands =>
  a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;

const or = (a: Operands, b: Operands): Operands =>
  a === true || b === true ? true : a === undefined || b === undefined ? undefined : false;

function compare(operator: string, a: Operands, b: Operands): Operands {
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}
