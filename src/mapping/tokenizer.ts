/**
 * Cuts a map file into tokens; the same tokens serve the rules and the FHIRPath expressions inside them.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhirpath/N1/index.html#lexical-elements
 *
 * Words are never reserved here: `first`, `as` or `where` may also be element names, and only the parser knows which.
 * `///` starts a metadata line (R5). Strings in single and in double quotes are told apart, because a double-quoted
 * one at the end of a rule is its name.
 */
import type { Position, Problems } from './problems.ts';

export type TokenKind =
  | 'word'
  | 'delimited'
  | 'string'
  | 'quoted'
  | 'number'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'variable'
  | 'special'
  | 'symbol'
  | 'metadata'
  | 'end';

export interface Token {
  kind: TokenKind;
  /** Strings and identifiers without quotes and escapes; everything else as written. */
  text: string;
  at: Position;
}

const SYMBOLS = ['->', '..', '<<', '>>', '<=', '>=', '!=', '!~', '==', ...'{}()[],;:.=<>+-*/&|~'];

const DATE = String.raw`\d{4}(?:-\d{2}(?:-\d{2})?)?`;
const CLOCK = String.raw`\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?`;

const PATTERNS: readonly [kind: TokenKind | 'skip' | 'unclosed', pattern: RegExp][] = [
  ['skip', /[\s\uFEFF]+/y],
  ['metadata', /\/\/\/[^\r\n]*/y],
  ['skip', /\/\/[^\r\n]*/y],
  ['skip', /\/\*[\s\S]*?\*\//y],
  ['unclosed', /\/\*/y],
  ['dateTime', new RegExp(`@${DATE}T(?:${CLOCK}(?:Z|[+-]\\d{2}:\\d{2})?)?`, 'y')],
  ['time', new RegExp(`@T${CLOCK}`, 'y')],
  ['date', new RegExp(`@${DATE}`, 'y')],
  ['number', /\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['special', /\$[A-Za-z]+/y],
  ['variable', /%(?:[A-Za-z_][A-Za-z0-9_]*|`(?:\\.|[^`\\\r\n])*`)/y],
  ['delimited', /`(?:\\.|[^`\\\r\n])*`/y],
  ['string', /'(?:\\.|[^'\\])*'/y],
  ['quoted', /"(?:\\.|[^"\\\r\n])*"/y],
];

/** Cuts `text` into tokens, the last of kind `end`. Characters that begin nothing are noted as problems and skipped. */
export function tokenize(file: string, text: string, problems: Problems): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;

  while (offset < text.length) {
    const at = { line, column: offset - lineStart + 1 };
    const [kind, raw] = match(text, offset);
    if (kind === 'unclosed') {
      problems.add(file, at, 'this comment is never closed with */');
      break;
    }
    if (kind === undefined) {
      problems.add(file, at, unreadable(raw));
    } else if (kind !== 'skip') {
      tokens.push({ kind, text: contentOf(kind, raw, (message) => problems.add(file, at, message)), at });
    }
    for (let i = 0; i < raw.length; i++) {
      if (raw[i] === '\n') {
        line++;
        lineStart = offset + i + 1;
      }
    }
    offset += raw.length;
  }
  tokens.push({ kind: 'end', text: 'the end of the file', at: { line, column: offset - lineStart + 1 } });
  return tokens;
}

function match(text: string, offset: number): [kind: TokenKind | 'skip' | 'unclosed' | undefined, raw: string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = offset;
    const found = pattern.exec(text);
    if (found) return [kind, found[0]];
  }
  const symbol = SYMBOLS.find((s) => text.startsWith(s, offset));
  return symbol ? ['symbol', symbol] : [undefined, text[offset] ?? ''];
}

function unreadable(character: string): string {
  return `'"\``.includes(character) ? `this ${character} is never closed` : `unexpected character '${character}'`;
}

function contentOf(kind: TokenKind, raw: string, problem: (message: string) => void): string {
  switch (kind) {
    case 'string':
    case 'quoted':
    case 'delimited':
      return unescaped(raw.slice(1, -1), problem);
    case 'variable':
      return raw[1] === '`' ? unescaped(raw.slice(2, -1), problem) : raw.slice(1);
    case 'date':
    case 'dateTime':
    case 'time':
      return raw.slice(1);
    default:
      return raw;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescaped(body: string, problem: (message: string) => void): string {
  return body.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, escaped: string) => {
    if (escaped.length === 5) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    const named = ESCAPES[escaped];
    if (named !== undefined) return named;
    if ('\'"`\\/'.includes(escaped)) return escaped;
    problem(`unknown escape \\${escaped}`);
    return escaped;
  });
}
