/**
 * What one value of a record must look like, type by type; each check answers a sentence or nothing.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#primitive
 *
 * Stricter than FHIR where a sender's slip would go unseen: a moment needs seconds and a UTC offset, a day must be in
 * the calendar and between 1900 and 2199 (0206 and 20026 are typing errors). A date of birth may be a year or a month.
 */
import { SOURCE_ID, SOURCE_ID_GRAMMAR } from '../../conformance/source-id.ts';

type Check = (value: string) => string | undefined;

/** The checks of the text-like types; undefined means that the value is fine. */
export const TEXT_CHECKS = {
  id: (value) => (SOURCE_ID.test(value) ? undefined : `${quoted(value)} is not an id: use ${SOURCE_ID_GRAMMAR}.`),
  string: plainText,
  code: (value) => (/^\S+( \S+)*$/.test(value) ? plainText(value) : `${quoted(value)} is not a code.`),
  uri: (value) =>
    /^[a-z][a-z0-9+.-]*:[^\s\p{Cc}]+$/iu.test(value)
      ? undefined
      : `${quoted(value)} is not a URI, such as https://payer.example/member-id.`,
  date,
  partialDate: (value) => (/^\d{4}(-\d{2})?$/.test(value) ? partialDay(value) : date(value)),
  dateTime,
  base64Binary: (value) =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
      ? undefined
      : 'is not base64: A-Z, a-z, 0-9, + and / in groups of four, filled up with =, without line breaks.',
} as const satisfies Record<string, Check>;

/** Text that any partner can show: no control characters but line breaks and tabs. */
function plainText(value: string): string | undefined {
  // Both rest on the character that is wrong and never quote the text around it.
  if (!value.isWellFormed()) return 'holds half of a surrogate pair, which is not text.';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/.test(value)
    ? 'holds a control character. Only line breaks and tabs are allowed.'
    : undefined;
}

function date(value: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return calendarDay(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return `${quoted(value)} is a moment; a day is wanted: ${value.slice(0, 10)}.`;
  return `${quoted(value)} is not a day as YYYY-MM-DD, such as 2026-03-04.`;
}

function partialDay(value: string): string | undefined {
  return value.length === 4 ? calendarDay(`${value}-01-01`, value) : calendarDay(`${value}-01`, value);
}

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

function dateTime(value: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return calendarDay(value);
  const moment = MOMENT.exec(value);
  if (moment) return calendarDay(moment[1] ?? '', value);
  const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(value);
  if (!parts) return `${quoted(value)} is not a moment, such as 2026-03-04T15:30:00-05:00.`;
  const [, day, minutes, seconds, , offset] = parts;
  const example = `${day}T${minutes}${seconds ?? ':00'}${offset ? offset.toUpperCase().replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2') : '-05:00'}`;
  if (!MOMENT.test(example)) return `${quoted(value)} is not a moment of the day, such as 2026-03-04T15:30:00-05:00.`;
  if (!offset) return `${quoted(value)} has no UTC offset. Add it, such as ${example}; Z stands for UTC.`;
  if (!seconds) return `${quoted(value)} has no seconds. Write ${example}.`;
  return `${quoted(value)} is not written as FHIR wants it. Write ${example}.`;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `day` is YYYY-MM-DD; `shown` is what the sentence quotes. */
function calendarDay(day: string, shown: string = day): string | undefined {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const dayOfMonth = Number(day.slice(8, 10));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : DAYS_IN_MONTH[month - 1];
  if (days === undefined || dayOfMonth < 1 || dayOfMonth > days) return `${quoted(shown)} is not in the calendar.`;
  if (year < 1900 || year > 2199) return `${quoted(shown)} is not between 1900 and 2199. Check the year.`;
  return undefined;
}

/** The value for a sentence, cut when long: a finding repeats the offending value and nothing around it. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57).toWellFormed()}…` : value);
}
