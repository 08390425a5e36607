/**
 * FHIR dates as half-open ranges of epoch milliseconds.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#date, https://hl7.org/fhir/R4/datatypes.html#dateTime
 *
 * `2026-01` is [1 January, 1 February). What has no time zone is meant in one configured zone (R4: "the server's local
 * timezone should be assumed"), for stored dates and searched ones alike, so that a search by month finds the session
 * of the evening of the 31st.
 */
import { tzOffset } from '@date-fns/tz';
import { badRequest } from '../../outcome/fhir-error.ts';

export interface DateRange {
  /** Inclusive. */
  from: number;
  /** Exclusive. */
  to: number;
}

const PATTERN = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** The range of a date, dateTime or instant; undefined when it is none, or no date of the calendar. */
export function dateRange(text: string, zone: string): DateRange | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, y = '', mo, d, h, mi, s, fraction, offset] = match;
  const year = Number(y);
  const month = mo === undefined ? 1 : Number(mo);
  const day = d === undefined ? 1 : Number(d);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (mo === undefined) return wallRange(utc(year, 1, 1), utc(year + 1, 1, 1), zone);
  if (d === undefined) return wallRange(utc(year, month, 1), utc(year, month + 1, 1), zone);
  if (h === undefined) return wallRange(utc(year, month, day), utc(year, month, day + 1), zone);

  const hours = Number(h);
  const minutes = Number(mi);
  const seconds = Number(s ?? 0);
  // A leap second (:60) is a valid FHIR time and counts as the second after it.
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const wall = utc(year, month, day) + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  const from = offset === undefined ? fromWall(wall, zone) : wall - offsetMs(offset);
  if (Number.isNaN(from)) return undefined;
  return { from, to: from + precisionMs(s, fraction) };
}

function precisionMs(seconds: string | undefined, fraction: string | undefined): number {
  if (seconds === undefined) return 60_000;
  if (fraction === undefined) return 1000;
  return fraction.length === 1 ? 100 : fraction.length === 2 ? 10 : 1;
}

/** Beginning of a date or instant, for `_since`. Throws a FhirError (400). */
export function parseInstant(text: string, zone: string): number {
  const range = dateRange(text.replace(/ (\d\d:\d\d)$/, '+$1'), zone);
  if (!range) throw badRequest('value', 'Expected an instant such as 2026-01-31T18:30:00-05:00.');
  return range.from;
}

// Date.UTC reads years below 100 as 19xx.
function utc(year: number, month: number, day: number): number {
  return year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
}

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

/** Minutes go up to 14:00 in FHIR; anything larger is no offset. */
function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  if (minutes > 14 * 60 || Number(offset.slice(4, 6)) > 59) return Number.NaN;
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

const wallRange = (from: number, to: number, zone: string): DateRange => ({
  from: fromWall(from, zone),
  to: fromWall(to, zone),
});

const midnights = new Map<string, number>();
const MAX_REMEMBERED = 20_000;

/** Epoch milliseconds of a wall-clock time, given as if it were UTC. */
function fromWall(wall: number, zone: string): number {
  if (zone === 'UTC') return wall;
  // Days repeat (births, sessions of a month), and asking for an offset costs microseconds.
  const key = `${zone} ${wall}`;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const near = wall - zoneOffsetMs(zone, wall);
  const exact = wall - zoneOffsetMs(zone, near);
  if (midnights.size >= MAX_REMEMBERED) midnights.clear();
  midnights.set(key, exact);
  return exact;
}

const zoneOffsetMs = (zone: string, at: number): number => tzOffset(zone, new Date(at)) * 60_000;
