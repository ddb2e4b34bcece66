/** Calendar days as text, `YYYY-MM-DD`: how lists, listings and addresses name them. No time zone is in them. */
import { DAY_MS } from '#lib/time.ts';

/** The day as given; null when it is none (30 February included). */
export function parseDay(text: string): string | null {
  // Postgres counts years from 1.
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return null;
  const instant = new Date(`${text}T00:00:00Z`);
  // Date would take 30 February for 2 March.
  return !Number.isNaN(instant.getTime()) && toDay(instant) === text ? text : null;
}

/** In UTC, as the daily lists count their days. */
export function toDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return toDay(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

/** Every day from `first` to `last`, both with; none when they are the wrong way round. */
export function listDays(first: string, last: string): string[] {
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(first, index));
}
