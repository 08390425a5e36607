/**
 * Expressions that go to fhirpath.js: written out again with every name resolved, compiled once, run with the
 * variables of the frame.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html, https://hl7.org/fhir/R4/fhirpath.html
 *
 * What is written differently from the author's text, and why: variables become `%v<slot>`, because fhirpath.js keeps
 * some names for itself; element names stand in backticks (`minutes` is a FHIRPath keyword); a choice element is
 * spelt with its JSON properties, and a date is converted before it is compared, because fhirpath.js sees plain JSON
 * without types.
 */
import fhirpath, { type UserInvocationTable } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { type CompiledExpression, requireOne } from './compiled-expression.ts';
import { type Frame, isObject, plain } from './frame.ts';
import type { Json } from './map-library.ts';
import { isDateType } from './primitive-types.ts';
import type { ExpressionContext, Resolved } from './resolve-expression.ts';
import { type RuleInfo, runError, type SourcePath } from './source-path.ts';
import { decodeText, encodeText } from './text-encoding.ts';
import { isStructure } from './types.ts';

/** The closure, or undefined after noting why fhirpath.js can not read the expression. */
export function compileFhirpath(
  e: Resolved,
  context: ExpressionContext,
  rule: RuleInfo,
): CompiledExpression | undefined {
  const text = write(e);
  let evaluate: (resource: unknown, variables: Record<string, unknown>) => Json[];
  try {
    evaluate = fhirpath.compile(text, r4, { async: false, userInvocationTable: OUR_FUNCTIONS }) as typeof evaluate;
  } catch (error) {
    return context.problems.add(context.file, e.at, `fhirpath.js does not accept this expression: ${reason(error)}`);
  }
  const zoned = zonedArithmetic(e);
  if (zoned) {
    return context.problems.add(
      context.file,
      zoned,
      'adding a duration to a dateTime loses its time zone here; carry the end time in the record instead',
    );
  }
  const slots = [...slotsIn(e)];
  const origin = (f: Frame): SourcePath | undefined => {
    for (const slot of slots) if (f.paths[slot]) return f.paths[slot];
    return undefined;
  };
  const many = (f: Frame): readonly Json[] => {
    const variables: Record<string, unknown> = {};
    for (const slot of slots) variables[`v${slot}`] = plain(f.values[slot]) ?? [];
    if (f.run.reads) markReads(e, f);
    try {
      return evaluate({}, variables);
    } catch (error) {
      throw runError(rule, origin(f), `the expression can not be evaluated: ${reason(error)}`);
    }
  };
  const one = (f: Frame): Json | undefined => requireOne(many(f), rule, origin(f), 'the expression');
  return { type: e.type, list: e.list, checked: false, constant: undefined, shared: true, many, one, origin };
}

const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** Functions that fhirpath.js has, but not over UTF-8. */
const OUR_FUNCTIONS: UserInvocationTable = {
  encode: {
    fn: (texts: string[], format: string) => texts.map((text) => encodeText(text, format)),
    arity: { 1: ['String'] },
  },
  decode: {
    fn: (texts: string[], format: string) =>
      texts.map((text) => {
        const decoded = decodeText(text, format);
        if (decoded === undefined) throw new Error(`this is not ${format} of a UTF-8 text`);
        return decoded;
      }),
    arity: { 1: ['String'] },
  },
};

const OPERATORS_ON_DATES = ['=', '!=', '~', '!~', '<', '<=', '>', '>=', '+', '-'];
const CONVERSIONS: Readonly<Record<string, string>> = {
  date: 'toDate',
  dateTime: 'toDateTime',
  instant: 'toDateTime',
  time: 'toTime',
};

/** The expression in fhirpath.js's words. */
function write(e: Resolved): string {
  switch (e.kind) {
    case 'literal':
      return writeLiteral(e);
    case 'variable':
      return `%v${e.variable.slot}`;
    case 'item':
      return '$this';
    case 'special':
      return e.name;
    case 'element':
      return writeElement(e);
    case 'call': {
      const args = e.typeName ? quoteName(e.typeName) : e.args.map(write).join(', ');
      if (!e.of) return `${e.name}(${args})`;
      // toDate() of a text with a time of day is empty in fhirpath.js; of a dateTime it is the day.
      return `${e.name === 'toDate' ? writeOperand(e.of) : write(e.of)}.${e.name}(${args})`;
    }
    case 'index':
      return `${write(e.of)}[${write(e.index)}]`;
    case 'unary':
      return `(${e.operator}${write(e.of)})`;
    case 'binary': {
      const side = OPERATORS_ON_DATES.includes(e.operator) ? writeOperand : write;
      return `(${side(e.left)} ${e.operator} ${side(e.right)})`;
    }
  }
}

function writeElement(e: Resolved & { kind: 'element' }): string {
  const of = write(e.of);
  const properties = e.element?.options.map((o) => quoteName(o.property)) ?? [quoteName(e.name)];
  return properties.length === 1 ? `${of}.${properties[0]}` : `${of}.select(${properties.join(' | ')})`;
}

/** Text that holds a date is made one, unless it is one already. */
function writeOperand(e: Resolved): string {
  const conversion = isStructure(e.type) ? CONVERSIONS[e.type.name] : undefined;
  const isText = e.kind === 'variable' || e.kind === 'element' || e.kind === 'item';
  return conversion && isText ? `${write(e)}.${conversion}()` : write(e);
}

function writeLiteral({ literal, value, raw, unit }: Resolved & { kind: 'literal' }): string {
  switch (literal) {
    case 'string':
      return quoteText(String(value));
    case 'date':
    case 'dateTime':
      return `@${raw}`;
    case 'time':
      return `@${raw}`;
    case 'quantity':
      return `${raw} ${/^[a-z]+$/.test(unit ?? '') && CALENDAR.test(unit ?? '') ? unit : quoteText(unit ?? '')}`;
    default:
      return raw;
  }
}

const CALENDAR = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;

const withEscapes = (text: string): string =>
  text
    .replace(/[\\'`]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/\f/g, '\\f');
const quoteText = (text: string): string => `'${withEscapes(text)}'`;
const quoteName = (name: string): string => `\`${withEscapes(name)}\``;

function* slotsIn(e: Resolved): Iterable<number> {
  if (e.kind === 'variable') yield e.variable.slot;
  for (const part of partsOf(e)) yield* slotsIn(part);
}

function partsOf(e: Resolved): readonly Resolved[] {
  switch (e.kind) {
    case 'element':
    case 'unary':
      return [e.of];
    case 'call':
      return e.of ? [e.of, ...e.args] : e.args;
    case 'index':
      return [e.of, e.index];
    case 'binary':
      return [e.left, e.right];
    default:
      return [];
  }
}

/** fhirpath.js answers `dateTime + duration` in UTC: the same instant, but another local day. */
function zonedArithmetic(e: Resolved): Resolved['at'] | undefined {
  if (e.kind === 'binary' && (e.operator === '+' || e.operator === '-') && isStructure(e.left.type)) {
    const { name } = e.left.type;
    if (isDateType(name) && name !== 'date' && name !== 'time') return e.at;
  }
  for (const part of partsOf(e)) {
    const found = zonedArithmetic(part);
    if (found) return found;
  }
  return undefined;
}

/** Notes, for the report, the elements that the paths of the expression name. Returns the values the paths lead to. */
function markReads(e: Resolved, f: Frame, items: readonly Json[] = []): readonly Json[] {
  if (e.kind === 'variable') {
    const value = plain(f.values[e.variable.slot]);
    return value === undefined ? [] : [value];
  }
  if (e.kind === 'item') return items;
  if (e.kind === 'element') {
    const properties = e.element?.options.map((o) => o.property) ?? [e.name];
    return markReads(e.of, f, items).flatMap((container) => properties.flatMap((p) => readProperty(container, p, f)));
  }
  const input = e.kind === 'call' || e.kind === 'index' ? (e.of ? markReads(e.of, f, items) : items) : items;
  for (const part of partsOf(e)) {
    if ((e.kind === 'call' || e.kind === 'index') && part === e.of) continue;
    markReads(part, f, input);
  }
  return input;
}

function readProperty(container: Json, property: string, f: Frame): readonly Json[] {
  if (!isObject(container)) return [];
  const value = container[property];
  if (value === undefined || value === null) return [];
  f.run.reads?.mark(container, property);
  return Array.isArray(value) ? value : [value];
}
