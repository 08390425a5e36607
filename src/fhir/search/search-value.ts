/**
 * The values of search parameters: token, reference, date and string.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#token, #reference, #prefix, #escaping
 */
import { isFhirId, parseLocalReference } from '../../conformance/fhir-id.ts';
import { badRequest } from '../../outcome/fhir-error.ts';
import type { DateMatch, SearchPrefix } from '../../store/resource-store.ts';
import { relativeToBase } from '../references.ts';
import { dateRange } from './date-value.ts';

/** Splits at `separator` unless it is escaped with a backslash; escapes stay in the parts. */
export function splitEscaped(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Takes the backslashes off `\,`, `\|`, `\$` and `\\`; another backslash stands for itself. */
export const withoutEscapes = (text: string): string => text.replace(/\\([,|$\\])/g, '$1');

/** `code`, `system|code`, `|code` (no system) or `system|`. Throws a FhirError (400). */
export function parseToken(text: string, name: string): { system?: string | null; code?: string } {
  const parts = splitEscaped(text, '|').map(withoutEscapes);
  const [first = '', second] = parts;
  if (parts.length > 2 || (second === '' && first === '')) {
    throw badRequest('value', `${name} is not a token: expected code, system|code, |code or system|.`);
  }
  if (second === undefined) return { code: first };
  if (second === '') return { system: first };
  return { system: first === '' ? null : first, code: second };
}

/**
 * `123`, `Patient/123` or a URL, as the index holds it. A bare id stands for that id in each of the types the parameter
 * may lead to; `modifierType` (`subject:Patient=123`) names the one. Throws a FhirError (400).
 */
export function parseReferenceValue(
  text: string,
  name: string,
  targets: readonly string[],
  modifierType: string | undefined,
  baseUrl: string,
): string[] {
  const reference = relativeToBase(withoutEscapes(text), baseUrl);
  const types = modifierType === undefined ? targets : [modifierType];
  if (isFhirId(reference)) return types.map((type) => `${type}/${reference}`);
  const local = parseLocalReference(reference);
  if (local) {
    if (modifierType !== undefined && local.resourceType !== modifierType) {
      throw badRequest('value', `${name} names two types.`);
    }
    return [`${local.resourceType}/${local.id}`];
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return [reference];
  throw badRequest('value', `${name} is not a reference: expected an id, Type/id or a URL.`);
}

const PREFIX = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=\d)/;

/** A prefix and a date of any precision. Throws a FhirError (400). */
export function parseDateValue(text: string, name: string, zone: string): DateMatch {
  const prefix = (PREFIX.exec(text)?.[1] ?? 'eq') as SearchPrefix;
  // A `+` of an offset arrives as a space unless it was escaped.
  const date = text.replace(PREFIX, '').replace(/ (\d\d:\d\d)$/, '+$1');
  const range = dateRange(date, zone);
  if (!range) throw badRequest('value', `${name} is not a date such as 2026, 2026-01, ge2026-01-31 or an instant.`);
  return { prefix, from: range.from, to: range.to };
}
