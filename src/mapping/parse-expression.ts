/**
 * FHIRPath expressions inside a map, by precedence climbing.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html#operator-precedence
 *
 * Parsed here, and not only handed to fhirpath.js, because a map's `where` may stand without parentheses, because
 * names are checked against variables and types at load, and because the simple ones run as plain closures.
 */
import type { Expression } from './ast.ts';
import { SyntaxProblem, type TokenStream } from './token-stream.ts';

/** Operators from the loosest to the tightest binding. */
const LEVELS: readonly (readonly string[])[] = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<=', '<', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
];

const CALENDAR_UNITS = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;

/** Parses the longest expression that starts here. Throws SyntaxProblem. */
export function parseExpression(tokens: TokenStream): Expression {
  return parseLevel(tokens, 0);
}

function parseLevel(tokens: TokenStream, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(tokens);
  let left = parseLevel(tokens, level + 1);
  for (;;) {
    const { kind, text, at } = tokens.peek();
    if ((kind !== 'symbol' && kind !== 'word') || !operators.includes(text)) return left;
    tokens.take();
    if (text === 'is' || text === 'as') {
      left = { kind: 'type', at, operator: text, of: left, typeName: parseTypeName(tokens) };
    } else {
      left = { kind: 'binary', at, operator: text, left, right: parseLevel(tokens, level + 1) };
    }
  }
}

function parseUnary(tokens: TokenStream): Expression {
  const { at } = tokens.peek();
  for (const operator of ['+', '-']) {
    if (tokens.isSymbol(operator)) {
      tokens.take();
      return { kind: 'unary', at, operator, of: parseUnary(tokens) };
    }
  }
  return parseInvocations(tokens);
}

/** A term with everything that hangs on it: `.name`, `.function(…)`, `[index]`. */
function parseInvocations(tokens: TokenStream): Expression {
  let expression = parseTerm(tokens);
  for (;;) {
    const { at } = tokens.peek();
    if (tokens.accept('.')) {
      expression = parseStep(tokens, expression);
    } else if (tokens.accept('[')) {
      expression = { kind: 'index', at, of: expression, index: parseExpression(tokens) };
      tokens.expect(']', 'after an index');
    } else {
      return expression;
    }
  }
}

function parseStep(tokens: TokenStream, of: Expression): Expression {
  if (tokens.peek().kind === 'special') {
    throw new SyntaxProblem(tokens.peek().at, `'${tokens.peek().text}' can not follow a dot`);
  }
  const name = tokens.expectName('an element or function name', "after '.'");
  if (name.kind === 'word' && tokens.isSymbol('(')) {
    return { kind: 'call', at: name.at, of, name: name.text, args: parseArguments(tokens) };
  }
  return { kind: 'member', at: name.at, of, name: name.text };
}

/** A literal, a variable, a name, a function call without input, `{}` or an expression in parentheses. */
export function parseTerm(tokens: TokenStream): Expression {
  const literal = parseLiteral(tokens);
  if (literal) return literal;
  const token = tokens.peek();
  switch (token.kind) {
    case 'variable':
      tokens.take();
      return { kind: 'variable', at: token.at, name: token.text };
    case 'special':
      tokens.take();
      if (!['$this', '$index', '$total'].includes(token.text)) {
        throw new SyntaxProblem(token.at, `unknown word '${token.text}'`);
      }
      return { kind: 'special', at: token.at, name: token.text };
    case 'word':
    case 'delimited':
      tokens.take();
      if (token.kind === 'word' && tokens.isSymbol('(')) {
        return { kind: 'call', at: token.at, of: undefined, name: token.text, args: parseArguments(tokens) };
      }
      return { kind: 'name', at: token.at, name: token.text };
    default:
  }
  if (tokens.accept('(')) {
    const inner = parseExpression(tokens);
    tokens.expect(')', 'to close the expression');
    return inner;
  }
  if (tokens.isSymbol('{') && tokens.isSymbol('}', 1)) {
    tokens.take();
    tokens.take();
    return { kind: 'literal', at: token.at, type: 'empty', value: '', raw: '{}' };
  }
  if (token.kind === 'quoted') {
    throw new SyntaxProblem(token.at, 'strings in expressions stand in single quotes');
  }
  throw tokens.unexpected('a value', 'in an expression');
}

/** A literal, or undefined when the next token begins something else. A leading minus is not part of it. */
export function parseLiteral(tokens: TokenStream, units = true): Expression | undefined {
  const { kind, text, at } = tokens.peek();
  if (kind === 'string' || kind === 'date' || kind === 'dateTime' || kind === 'time') {
    tokens.take();
    // FHIR's JSON writes a time without its T, and no T behind a date that has no time.
    const value = kind === 'time' ? text.slice(1) : kind === 'dateTime' ? text.replace(/T$/, '') : text;
    return { kind: 'literal', at, type: kind, value, raw: text };
  }
  if (kind === 'word' && (text === 'true' || text === 'false') && !tokens.isSymbol('(', 1)) {
    tokens.take();
    return { kind: 'literal', at, type: 'boolean', value: text === 'true', raw: text };
  }
  if (kind !== 'number') return undefined;
  tokens.take();
  const value = Number(text);
  const unit = tokens.peek();
  if (units && (unit.kind === 'string' || (unit.kind === 'word' && CALENDAR_UNITS.test(unit.text)))) {
    tokens.take();
    return { kind: 'literal', at, type: 'quantity', value, raw: text, unit: unit.text };
  }
  return { kind: 'literal', at, type: text.includes('.') ? 'decimal' : 'integer', value, raw: text };
}

/** The arguments of a call, with both parentheses. */
export function parseArguments(tokens: TokenStream): Expression[] {
  tokens.expect('(', 'before arguments');
  const args: Expression[] = [];
  if (tokens.accept(')')) return args;
  do args.push(parseExpression(tokens));
  while (tokens.accept(','));
  tokens.expect(')', 'after arguments');
  return args;
}

function parseTypeName(tokens: TokenStream): string {
  const name = tokens.expectName('a type name', "after 'is' or 'as'").text;
  if (name !== 'FHIR' && name !== 'System') return name;
  tokens.expect('.', 'after a type namespace');
  return tokens.expectName('a type name', 'after a type namespace').text;
}
