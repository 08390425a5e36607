/**
 * The first and the last instant that a partial date may mean.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#dateTime, https://hl7.org/fhir/R4/datatypes.html#Period
 *
 * A date without a time has no zone; it is compared as if in UTC against other dates, and with 14 hours of tolerance
 * against instants, because it may be a day anywhere on Earth.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONE_TOLERANCE_MS = 14 * HOUR_MS;

/** Milliseconds since 1970; undefined when the text is no date. */
export function earliest(text: string): number | undefined {
  const time = Date.parse(text.length === 4 ? `${text}-01-01` : text);
  if (Number.isNaN(time)) return undefined;
  return text.includes('T') ? time : time - ZONE_TOLERANCE_MS;
}

/** Milliseconds since 1970 of the last moment; undefined when the text is no date. */
export function latest(text: string): number | undefined {
  const time = Date.parse(text.length === 4 ? `${text}-01-01` : text);
  if (Number.isNaN(time)) return undefined;
  if (text.includes('T')) return time + (text.includes('.') ? 0 : 999);
  const date = new Date(time);
  if (text.length === 4) return Date.UTC(date.getUTCFullYear() + 1, 0, 1) - 1;
  if (text.length === 7) return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - 1;
  return time + DAY_MS - 1;
}
