/** Days and moments between 2024 and mid-2026, as FHIR writes them. */
import type { Random } from './random.ts';

export function randomDay(random: Random): string {
  return new Date(Date.UTC(2024, 0, 1) + random.int(0, 900) * 86_400_000).toISOString().slice(0, 10);
}

export function randomMoment(random: Random): string {
  const time = `${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}`;
  return `${randomDay(random)}T${time}${random.pick(['', '.250'])}${random.pick(['Z', '-05:00', '+05:30'])}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
