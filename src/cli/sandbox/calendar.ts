/**
 * Days and clock times of the sandbox's story, in the time zone of its four programs.
 */
import { TZDate } from '@date-fns/tz';
import { addDays, format } from 'date-fns';

const ZONE = 'America/New_York';

/** A moment as a record writes it: `moment('2026-03-04', '15:30')` is 2026-03-04T15:30:00-05:00. */
export function moment(day: string, time: string): string {
  const [year, month, date] = numbers(day, '-');
  const [hour, minute] = numbers(time, ':');
  return format(
    new TZDate(year ?? 0, (month ?? 1) - 1, date ?? 1, hour ?? 0, minute ?? 0, 0, ZONE),
    "yyyy-MM-dd'T'HH:mm:ssxxx",
  );
}

/** Every `stepDays`-th day from `first` to `last`, both included, as YYYY-MM-DD. */
export function days(first: string, last: string, stepDays: number): string[] {
  const found: string[] = [];
  for (let day = first; day <= last; day = later(day, stepDays)) found.push(day);
  return found;
}

/** The day `count` days after a day. */
export function later(day: string, count: number): string {
  const [year, month, date] = numbers(day, '-');
  return format(addDays(new Date(year ?? 0, (month ?? 1) - 1, date ?? 1), count), 'yyyy-MM-dd');
}

const numbers = (text: string, separator: string): number[] => text.split(separator).map(Number);
