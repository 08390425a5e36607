/**
 * JSON text from outside, parsed without surprises.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc8259 and https://hl7.org/fhir/R4/json.html (names are unique)
 *
 * JSON.parse alone is not enough at a door: it keeps the last of two equal names, turns 1e400 into Infinity and rounds
 * long numbers, and its messages quote the text. Refused here: nesting beyond MAX_DEPTH, equal names in one object,
 * `__proto__`, numbers that a double can not keep, and text that no database can hold (NUL, lone surrogates).
 */
import { badRequest, type FhirError } from '../outcome/fhir-error.ts';

/** Objects and arrays within each other. The deepest sensible FHIR resource stays below 30. */
export const MAX_DEPTH = 100;

/** Parses JSON text. Throws a FhirError (400) that says where, never what. */
export function parseJsonText(text: string): unknown {
  if (text.trim() === '') throw badRequest('structure', 'The body is empty. Expected JSON.');
  const members = scan(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(text, findJsonError(text));
  }
  if (checkValue(value, '') !== members) {
    throw badRequest(
      'structure',
      'The body has an object that uses the same name twice. Names are unique in FHIR JSON.',
    );
  }
  return value;
}

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

/** Counts the members of all objects; throws for deep nesting and for numbers that a double can not keep. */
function scan(text: string): number {
  let depth = 0;
  let members = 0;
  let numberStart = -1;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    const inNumber = (char >= 48 && char <= 57) || char === 45 || char === 43 || char === 46 || (char | 32) === 101;
    if (inNumber) {
      if (numberStart < 0) numberStart = at;
      continue;
    }
    if (numberStart >= 0) {
      requireExactNumber(text, numberStart, at);
      numberStart = -1;
    }
    if (char === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++) {
        if (text.charCodeAt(at) === BACKSLASH) at++;
      }
    } else if (char === COLON) members++;
    else if (char === 123 || char === 91) {
      if (++depth > MAX_DEPTH) throw badRequest('too-costly', `The JSON is nested deeper than ${MAX_DEPTH} levels.`);
    } else if (char === 125 || char === 93) depth--;
  }
  return members;
}

/** Up to 15 significant digits a double keeps whatever they are; beyond that the digits are compared. */
function requireExactNumber(text: string, start: number, end: number): void {
  if (end - start <= 15 && !/[eE]/.test(text.slice(start, end))) return;
  const token = text.slice(start, end);
  const value = Number(token);
  // Words such as `true` or malformed tokens are JSON.parse's business.
  if (Number.isNaN(value)) return;
  if (!Number.isFinite(value) || significantDigits(token) !== significantDigits(String(value))) {
    const { line, column } = position(text, start);
    throw badRequest('value', `The number at line ${line}, column ${column} has more digits than can be kept exactly.`);
  }
}

const significantDigits = (number: string): string =>
  number
    .replace(/[eE].*$/, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+|0+$/g, '');

/** Counts members and refuses names and strings that can not be stored. `path` is only built for messages. */
function checkValue(value: unknown, path: string): number {
  if (typeof value === 'string') {
    requireStorableText(value, path);
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += checkValue(item, path);
    return members;
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__')
      throw badRequest('structure', 'The body uses the name __proto__, which is not an element.');
    requireStorableText(name, path);
    members += 1 + checkValue((value as Record<string, unknown>)[name], name);
  }
  return members;
}

function requireStorableText(text: string, element: string): void {
  if (text.isWellFormed() && !text.includes('\u0000')) return;
  const where = /^\w{1,64}$/.test(element) ? `The element ${element}` : 'A name or element of the body';
  throw badRequest('value', `${where} contains a NUL character or half of a surrogate pair, which is not text.`);
}

function malformed(text: string, offset: number): FhirError {
  const { line, column } = position(text, offset);
  const what = offset >= text.length ? 'It ends too early' : 'It can not be read';
  return badRequest('structure', `The body is not JSON. ${what} at line ${line}, column ${column}.`);
}

/** Line and column, both from 1, of an offset in UTF-16 units. */
function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

const SPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Offset of the first character that breaks the grammar. Only called for text that JSON.parse refused. */
export function findJsonError(text: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found !== null;
  };
  const take = (char: string): boolean => {
    skip(SPACE);
    if (text[at] !== char) return false;
    at++;
    return true;
  };
  const list = (end: string, item: () => boolean): boolean => {
    if (take(end)) return true;
    do {
      if (!item()) return false;
    } while (take(','));
    return take(end);
  };
  // Character by character: a pattern over a string of megabytes would exhaust the stack of the regular expressions.
  const string = (): boolean => {
    if (!take('"')) return false;
    for (; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (char === QUOTE) {
        at++;
        return true;
      }
      if (char < 32) return false;
      if (char === BACKSLASH) {
        if (!skip(ESCAPE)) return false;
        at--;
      }
    }
    return false;
  };
  const value = (): boolean => {
    if (take('{')) return list('}', () => string() && take(':') && value());
    if (take('[')) return list(']', value);
    skip(SPACE);
    return text[at] === '"' ? string() : skip(SCALAR);
  };
  if (value()) skip(SPACE);
  return at;
}
