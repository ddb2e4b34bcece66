/** A day on the command line. */
import { InvalidArgumentError } from 'commander';
import { parseDay } from '#lib/papers/day.ts';

/** The day as given. Throws what commander shows when it is none. */
export function parseDayArgument(text: string): string {
  const day = parseDay(text);
  if (day === null) throw new InvalidArgumentError('A day is written YYYY-MM-DD, for example 2025-12-31.');
  return day;
}
