/**
 * Rules of a group: sources, targets, and what follows `then`.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html#7.8.0.8 (rules), https://hl7.org/fhir/R4/mapping-language.html
 *
 * Accepted from both versions: `where` with and without parentheses, several groups after `then`, a group and nested
 * rules after the same `then`, rule names as words or in double quotes.
 */
import type {
  Dependent,
  Expression,
  Named,
  Rule,
  Source,
  SourceListMode,
  Target,
  TargetListMode,
  Transform,
} from './ast.ts';
import { parseArguments, parseExpression, parseLiteral, parseTerm } from './parse-expression.ts';
import { SyntaxProblem, type TokenStream } from './token-stream.ts';

const SOURCE_LIST_MODES: readonly string[] = ['first', 'not_first', 'last', 'not_last', 'only_one'];
const TARGET_LIST_MODES: readonly string[] = ['first', 'last', 'share', 'single', 'collate'];

/** The rules between braces. A rule that can not be read is noted, and reading goes on with the next one. */
export function parseRules(tokens: TokenStream): Rule[] {
  tokens.expect('{', 'before rules');
  const rules: Rule[] = [];
  while (!tokens.isSymbol('}')) {
    if (tokens.peek().kind === 'end') throw tokens.unexpected("'}'", 'after the rules');
    try {
      rules.push(parseRule(tokens));
    } catch (error) {
      tokens.note(error);
      tokens.skipRule();
    }
  }
  tokens.take();
  return rules;
}

function parseRule(tokens: TokenStream): Rule {
  const { at } = tokens.peek();
  const sources: Source[] = [];
  do sources.push(parseSource(tokens));
  while (tokens.accept(','));

  const targets: Target[] = [];
  if (tokens.accept('->')) {
    do targets.push(parseTarget(tokens));
    while (tokens.accept(','));
  }

  const dependents: Dependent[] = [];
  let rules: Rule[] = [];
  const hasThen = tokens.accept('then');
  if (hasThen) {
    if (!tokens.isSymbol('{')) {
      do dependents.push(parseDependent(tokens));
      while (tokens.accept(','));
    }
    if (tokens.isSymbol('{')) rules = parseRules(tokens);
  }
  const name = parseRuleName(tokens) ?? sourceText(sources[0]);
  tokens.expect(';', 'at the end of a rule');
  return { name, at, sources, targets, dependents, rules, hasThen };
}

function parseRuleName(tokens: TokenStream): string | undefined {
  const { kind } = tokens.peek();
  if (kind !== 'quoted' && kind !== 'word' && kind !== 'delimited') return undefined;
  if (kind === 'word' && !tokens.isSymbol(';', 1)) return undefined;
  return tokens.take().text;
}

const sourceText = (source: Source | undefined): string =>
  source ? [source.context, ...source.path.map((p) => p.name)].join('.') : '';

function parsePath(tokens: TokenStream): Named[] {
  const path: Named[] = [];
  while (tokens.accept('.')) {
    const { text, at } = tokens.expectName('an element name', "after '.'");
    path.push({ name: text, at });
  }
  return path;
}

function parseSource(tokens: TokenStream): Source {
  const context = tokens.expectName('a source variable', 'at the start of a rule');
  const source: Source = {
    at: context.at,
    context: context.text,
    path: parsePath(tokens),
    type: undefined,
    cardinality: undefined,
    defaultValue: undefined,
    listMode: undefined,
    variable: undefined,
    where: undefined,
    check: undefined,
    log: undefined,
  };
  if (tokens.isSymbol('('))
    throw new SyntaxProblem(context.at, 'a rule starts with a source element, not with a function');
  for (;;) {
    const { kind, text, at } = tokens.peek();
    const once = <T>(taken: T | undefined): void => {
      if (taken !== undefined) throw new SyntaxProblem(at, `'${text}' is given twice for the same source`);
      tokens.take();
    };
    if (tokens.isSymbol(':')) {
      once(source.type);
      const type = tokens.expectName('a type name', "after ':'");
      source.type = { name: type.text, at: type.at };
    } else if (kind === 'number' && tokens.isSymbol('..', 1)) {
      if (source.cardinality) throw new SyntaxProblem(at, 'the cardinality is given twice for the same source');
      source.cardinality = parseCardinality(tokens);
    } else if (kind !== 'word') {
      return source;
    } else if (text === 'default') {
      once(source.defaultValue);
      source.defaultValue = parseTerm(tokens);
    } else if (SOURCE_LIST_MODES.includes(text)) {
      once(source.listMode);
      source.listMode = text as SourceListMode;
    } else if (text === 'as') {
      once(source.variable);
      const name = tokens.expectName('a variable name', "after 'as'");
      source.variable = { name: name.text, at: name.at };
    } else if (text === 'where' || text === 'check' || text === 'log') {
      once(source[text]);
      source[text] = parseExpression(tokens);
    } else {
      return source;
    }
  }
}

function parseCardinality(tokens: TokenStream): { min: number; max: number } {
  const min = tokens.take();
  tokens.expect('..', 'in a cardinality');
  const upper = tokens.peek();
  if (!tokens.accept('*')) tokens.expectKind(['number'], "a number or '*'", 'in a cardinality');
  const max = upper.text === '*' ? Number.POSITIVE_INFINITY : Number(upper.text);
  if (!/^\d+$/.test(min.text) || !(upper.text === '*' || /^\d+$/.test(upper.text)) || Number(min.text) > max) {
    throw new SyntaxProblem(min.at, `'${min.text}..${upper.text}' is not a cardinality`);
  }
  return { min: Number(min.text), max };
}

function parseTarget(tokens: TokenStream): Target {
  const { at } = tokens.peek();
  const target: Target = {
    at,
    context: undefined,
    path: [],
    transform: undefined,
    variable: undefined,
    listMode: undefined,
    listRuleId: undefined,
  };
  if (tokens.isSymbol('(') || tokens.isSymbol('(', 1)) {
    target.transform = parseTransform(tokens);
    if (!tokens.isWord('as'))
      throw tokens.unexpected("'as' and a variable name", 'after a value that goes into no element');
  } else {
    target.context = tokens.expectName('a target variable', "after '->'").text;
    target.path = parsePath(tokens);
    if (tokens.isSymbol('(')) throw new SyntaxProblem(at, 'a function can not stand on the left of a target');
    if (tokens.accept('=')) target.transform = parseTransform(tokens);
  }
  if (tokens.accept('as')) {
    const name = tokens.expectName('a variable name', "after 'as'");
    target.variable = { name: name.text, at: name.at };
  }
  const mode = tokens.peek();
  if (mode.kind === 'word' && TARGET_LIST_MODES.includes(mode.text)) {
    tokens.take();
    target.listMode = mode.text as TargetListMode;
    if (mode.text === 'share') target.listRuleId = tokens.expectName('the list rule id', "after 'share'").text;
  }
  return target;
}

/** A literal, a variable with a path, a transform call, or an expression in parentheses. */
function parseTransform(tokens: TokenStream): Transform {
  const { at } = tokens.peek();
  if (tokens.accept('(')) {
    const expression = parseExpression(tokens);
    tokens.expect(')', 'to close the expression');
    return { kind: 'value', expression, at };
  }
  const negative = tokens.isSymbol('-') && tokens.peek(1).kind === 'number';
  if (negative) tokens.take();
  const literal = parseLiteral(tokens, false);
  if (literal) {
    return { kind: 'value', expression: negative ? { kind: 'unary', at, operator: '-', of: literal } : literal, at };
  }
  if (tokens.peek().kind === 'quoted') throw new SyntaxProblem(at, 'a string value stands in single quotes');
  if (tokens.peek().kind === 'variable') throw new SyntaxProblem(at, `write (%${tokens.peek().text} …) in parentheses`);
  const name = tokens.expectName('a value', "after '='");
  if (tokens.isSymbol('(')) return { kind: 'call', name: name.text, args: parseArguments(tokens), at };
  let expression: Expression = { kind: 'name', at, name: name.text };
  for (const step of parsePath(tokens)) expression = { kind: 'member', at: step.at, of: expression, name: step.name };
  if (tokens.isSymbol('(')) throw new SyntaxProblem(at, 'a FHIRPath expression stands in parentheses: = (…)');
  return { kind: 'value', expression, at };
}

function parseDependent(tokens: TokenStream): Dependent {
  const group = tokens.expectName('a group name or {', "after 'then'");
  return { group: group.text, at: group.at, args: parseArguments(tokens) };
}
