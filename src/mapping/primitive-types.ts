/**
 * FHIR's primitive types: how JSON writes them, and which may be written where another is expected.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#primitive, https://hl7.org/fhir/R4/json.html#primitive
 *
 * Our choice where the mapping language says nothing: a value goes without `cast` into a type that can hold every
 * value of its own type (date into dateTime, integer into decimal), and between the kinds of text (string, code, uri
 * …), which profiles check. Everything else needs `cast`, and `cast` fails rather than guesses.
 */
import type { Json } from './map-library.ts';

export type JsonKind = 'string' | 'number' | 'boolean';

const TEXT = ['string', 'code', 'id', 'markdown', 'uri', 'url', 'canonical', 'oid', 'uuid', 'base64Binary', 'xhtml'];
const WHOLE = ['integer', 'positiveInt', 'unsignedInt'];

/** Types that a value of the key's type may be written to without a cast, besides its own. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(TEXT.map((type) => [type, TEXT])),
  positiveInt: ['integer', 'unsignedInt', 'decimal'],
  unsignedInt: ['integer', 'decimal', 'positiveInt'],
  integer: ['decimal', 'positiveInt', 'unsignedInt'],
  date: ['dateTime'],
  instant: ['dateTime'],
};

const DATE = '[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?';
const CLOCK = '([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?';
const ZONE = '(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))';
const FULL_DATE = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';

const FORMS: Readonly<Record<string, RegExp>> = {
  date: new RegExp(`^${DATE}$`),
  dateTime: new RegExp(`^(${DATE}|${FULL_DATE}T${CLOCK}${ZONE})$`),
  instant: new RegExp(`^${FULL_DATE}T${CLOCK}${ZONE}$`),
  time: new RegExp(`^${CLOCK}$`),
  code: /^[^\s]+(\s[^\s]+)*$/,
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  uri: /^\S+$/,
  url: /^\S+$/,
  canonical: /^\S+$/,
  oid: /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/,
  uuid: /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/** The JSON form of a primitive type. */
export function jsonKindOf(type: string): JsonKind {
  if (type === 'boolean') return 'boolean';
  return type === 'decimal' || WHOLE.includes(type) ? 'number' : 'string';
}

export const isTextType = (type: string): boolean => TEXT.includes(type);
export const isDateType = (type: string): boolean => ['date', 'dateTime', 'instant', 'time'].includes(type);

/** True when a value of type `from` may be written to an element of type `to` as it is. */
export const isAssignable = (from: string, to: string): boolean => from === to || (WIDER[from]?.includes(to) ?? false);

/** True when the JSON value has the form of the type: kind, whole and signed numbers, dates, codes, ids. */
export function hasFormOf(type: string, value: Json): boolean {
  if (typeof value !== jsonKindOf(type)) return false;
  if (typeof value === 'string') return value !== '' && (FORMS[type]?.test(value) ?? true);
  if (typeof value === 'number' && type !== 'decimal') {
    return (
      Number.isSafeInteger(value) && value >= (type === 'positiveInt' ? 1 : type === 'unsignedInt' ? 0 : -(2 ** 31))
    );
  }
  return true;
}

/**
 * `value` turned into the type, or undefined when that would guess: text to number or boolean must be written as FHIR
 * writes it, a dateTime gives up its time of day when a date is asked for, nothing is rounded.
 */
export function castPrimitive(value: Json, type: string): Json | undefined {
  const cast = castKind(value, type);
  return cast !== undefined && hasFormOf(type, cast) ? cast : undefined;
}

function castKind(value: Json, type: string): Json | undefined {
  if (typeof value === 'object') return undefined;
  switch (jsonKindOf(type)) {
    case 'string': {
      const text = String(value);
      if (type === 'date' && text.includes('T')) return text.slice(0, text.indexOf('T'));
      if (type === 'time' && text.includes('T')) return text.replace(/^.*T/, '').replace(/(Z|[+-]\d\d:\d\d)$/, '');
      return text;
    }
    case 'number':
      if (typeof value === 'boolean') return undefined;
      return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(String(value)) ? Number(value) : undefined;
    default:
      return value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;
  }
}
