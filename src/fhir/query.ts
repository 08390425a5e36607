/**
 * The query of a request as names and values, decoded strictly.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#parameters, https://url.spec.whatwg.org/#urlencoded-parsing
 *
 * URLSearchParams would turn a broken escape into U+FFFD and search for that; here it is an error.
 */
import { badRequest } from '../outcome/fhir-error.ts';

export type QueryPair = readonly [name: string, value: string];
export type Query = readonly QueryPair[];

const MAX_PARAMETERS = 200;

/** Decodes `a=b&c=d`. Throws a FhirError (400) for broken escapes, NUL, lone surrogates, or too many parameters. */
export function parseQuery(text: string): Query {
  if (text === '') return [];
  const parts = text.split('&').filter((part) => part !== '');
  if (parts.length > MAX_PARAMETERS) {
    throw badRequest('too-costly', `The query has more than ${MAX_PARAMETERS} parameters.`);
  }
  return parts.map((part): QueryPair => {
    const equals = part.indexOf('=');
    return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
  });
}

function decode(text: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('invalid', 'The query has a % escape that does not decode to UTF-8.');
  }
  if (decoded.includes('\u0000')) throw badRequest('invalid', 'The query contains a NUL character.');
  return decoded;
}

/** Writes a query back, as the self link of a Bundle shows it. */
export const formatQuery = (query: Query): string =>
  query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

// `:`, `,`, `/` and `|` are legible in a FHIR query and allowed or tolerated there; `|` is escaped to stay a valid URL.
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');

/** The only value of a parameter. Throws a FhirError (400) when it is given twice. */
export function single(query: Query, name: string): string | undefined {
  const values = query.filter(([key]) => key === name);
  if (values.length > 1) throw badRequest('invalid', `${name} may be given once.`);
  return values[0]?.[1];
}

export const without = (query: Query, names: readonly string[]): Query =>
  query.filter(([name]) => !names.includes(name));
