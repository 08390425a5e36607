/**
 * Values of the primitive types.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#primitive, https://hl7.org/fhir/R4/json.html#primitive
 *
 * The pattern of a type comes from its StructureDefinition, with the exceptions below. Beyond the pattern: days that exist, 32-bit integers, the UUID and OID
 * forms of URIs, no NUL character, one megabyte of string.
 */
import { jsonKind, quote } from './json-value.ts';

/** Returns the sentence of what is wrong, or undefined for a good value. */
export type PrimitiveCheck = (value: unknown) => string | undefined;

/**
 * base64Binary: HL7's pattern backtracks without end on a wrong value. Text: `\S` in it means the XML characters, where
 * a no-break space is no space; what is left is any text.
 */
const OWN_FORM = new Set(['base64Binary', 'string', 'markdown']);
const NUMBERS = new Set(['integer', 'unsignedInt', 'positiveInt', 'decimal']);
const MAX_STRING_LENGTH = 1048576;
const MAX_INTEGER = 2147483647;

const UUID_URN = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const OID_URN = /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/;

/** How each type is written, for the message. */
const FORM: Readonly<Record<string, string>> = {
  base64Binary: 'base64 text: groups of four of A-Z, a-z, 0-9, + and /, padded with =',
  code: 'a code: no leading, trailing or double spaces',
  date: 'a date: YYYY, YYYY-MM or YYYY-MM-DD',
  dateTime: 'a dateTime: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a time zone (Z or +hh:mm)',
  decimal: 'a decimal number',
  id: 'an id: 1 to 64 of A-Z, a-z, 0-9, - and .',
  instant: 'an instant: YYYY-MM-DDThh:mm:ss with a time zone (Z or +hh:mm)',
  integer: 'a whole number',
  oid: 'an OID: urn:oid:1.2.3',
  positiveInt: 'a whole number of 1 or more',
  time: 'a time: hh:mm:ss without a time zone',
  unsignedInt: 'a whole number of 0 or more',
  uri: 'a URI without spaces',
  url: 'a URL without spaces',
  canonical: 'a canonical URL without spaces',
  uuid: 'a UUID: urn:uuid: and lower-case hexadecimal digits',
};

/**
 * The check of one primitive type. `pattern` is the type's regular expression from its StructureDefinition,
 * `elementPattern` a further one that an element puts on its value.
 */
export function primitiveCheck(type: string, pattern: string | undefined, elementPattern?: string): PrimitiveCheck {
  const check = typeCheck(type, pattern);
  if (elementPattern === undefined) return check;
  const regex = new RegExp(`^(?:${elementPattern})$`);
  return (value) =>
    check(value) ??
    (regex.test(String(value)) ? undefined : `${quote(value)} does not have the form ${elementPattern}.`);
}

function typeCheck(type: string, pattern: string | undefined): PrimitiveCheck {
  const regex = pattern === undefined || OWN_FORM.has(type) ? undefined : new RegExp(`^(?:${pattern})$`);
  if (type === 'boolean')
    return (value) => (typeof value === 'boolean' ? undefined : wrongKind(value, 'true or false'));
  if (NUMBERS.has(type)) return (value) => numberProblem(type, value, regex);
  const refine = refinement(type);
  return (value) => {
    if (typeof value !== 'string') return wrongKind(value, 'a string');
    if (value.length === 0) return 'The string is empty. Leave the element out.';
    if (regex && !regex.test(value)) return `${quote(value)} is not ${FORM[type] ?? `a ${type}`}.`;
    return refine?.(value);
  };
}

function wrongKind(value: unknown, expected: string): string {
  if (typeof value === 'string') return `${quote(value)} is a string. Write ${expected} without quotes.`;
  return `Expected ${expected}, found ${jsonKind(value)}.`;
}

function numberProblem(type: string, value: unknown, regex: RegExp | undefined): string | undefined {
  if (typeof value !== 'number') return wrongKind(value, 'a number');
  if (!Number.isFinite(value)) return `Expected ${FORM[type]}.`;
  if (type === 'decimal') return undefined;
  if (!Number.isInteger(value) || (regex && !regex.test(String(value)))) return `${value} is not ${FORM[type]}.`;
  if (value > MAX_INTEGER || value < -MAX_INTEGER - 1) return `${value} does not fit into 32 bits.`;
  return undefined;
}

function refinement(type: string): ((value: string) => string | undefined) | undefined {
  switch (type) {
    case 'date':
    case 'dateTime':
    case 'instant':
      return calendarProblem;
    case 'base64Binary':
      return (value) => (isBase64(value) ? undefined : `${quote(value, 40)} is not ${FORM.base64Binary}.`);
    case 'uri':
    case 'url':
    case 'canonical':
      return urnProblem;
    case 'string':
    case 'markdown':
    case 'xhtml':
      return textProblem;
    default:
      return undefined;
  }
}

/** 2023-02-29 fits the pattern and is no day. */
function calendarProblem(value: string): string | undefined {
  if (value.length < 10) return undefined;
  const [year, month, day] = [Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8, 10))];
  if (day <= 28) return undefined;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days ? undefined : `${quote(value)} is a day that does not exist: that month has ${days} days.`;
}

function isBase64(value: string): boolean {
  const text = value.replace(/\s+/g, '');
  if (text.length === 0 || text.length % 4 !== 0) return false;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return /^[A-Za-z0-9+/]*$/.test(text.slice(0, text.length - padding));
}

function urnProblem(value: string): string | undefined {
  if (value.startsWith('urn:uuid:') && !UUID_URN.test(value)) return `${quote(value)} is not ${FORM.uuid}.`;
  if (value.startsWith('urn:oid:') && !OID_URN.test(value)) return `${quote(value)} is not ${FORM.oid}.`;
  return undefined;
}

function textProblem(value: string): string | undefined {
  if (value.length > MAX_STRING_LENGTH)
    return `The text has ${value.length} characters. At most ${MAX_STRING_LENGTH} fit.`;
  if (value.includes('\u0000')) return 'The text holds a NUL character, which FHIR does not allow. Remove it.';
  return undefined;
}
