/**
 * The order of partial dates.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#dateTime, https://hl7.org/fhir/R4/datatypes.html#Period
 *
 * A partial date stands for all moments in it. Two dates are compared as calendar days. A date has no zone: against an
 * instant it gets 14 hours of tolerance, because it may be a day anywhere on Earth.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONE_TOLERANCE_MS = 14 * HOUR_MS;

/**
 * True when no moment of `left` (a date, dateTime or instant) is at or before any moment of `right`. False when they
 * may be in order, and when one of them is no date.
 */
export function isSurelyAfter(left: string, right: string): boolean {
  const [start, end] = [earliest(left), latest(right)];
  if (start === undefined || end === undefined) return false;
  const tolerance = left.includes('T') === right.includes('T') ? 0 : ZONE_TOLERANCE_MS;
  return start > end + tolerance;
}

/** Milliseconds since 1970, read as UTC when there is no zone. */
function earliest(text: string): number | undefined {
  const time = Date.parse(text.length === 4 ? `${text}-01-01` : text);
  return Number.isNaN(time) ? undefined : time;
}

function latest(text: string): number | undefined {
  const time = earliest(text);
  if (time === undefined) return undefined;
  if (text.includes('T')) return time + (text.includes('.') ? 0 : 999);
  const date = new Date(time);
  if (text.length === 4) return Date.UTC(date.getUTCFullYear() + 1, 0, 1) - 1;
  if (text.length === 7) return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - 1;
  return time + DAY_MS - 1;
}
