/** Calendar days (`YYYY-MM-DD`, lib/papers/day.ts) in the words of a newspaper. */
import { DAY_MS } from '#lib/time.ts';

const formatter = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
const LONG = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const PLAIN = formatter({ day: 'numeric', month: 'long', year: 'numeric' });
const NEAR = formatter({ weekday: 'short', day: 'numeric', month: 'long' });

/** `Wednesday 12 March 2025` */
export function formatDayLong(day: string): string {
  return LONG.format(toInstant(day)).replace(',', '');
}

/** `12 March 2025` */
export function formatDay(day: string): string {
  return PLAIN.format(toInstant(day));
}

/** `Wed 12 March`, for a day near the one on the page. */
export function formatDayNear(day: string): string {
  return NEAR.format(toInstant(day)).replace(',', '');
}

/** `Wednesday 12 March at 07:00` as clocks show it in `zone`, an IANA name; `withZone` says which. */
export function formatMomentLong(instant: Date, zone: string, withZone = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    ...(withZone && { timeZoneName: 'short' }),
  }).format(instant);
}

/** As newspapers number themselves: the year is the volume, the day within it the number. */
export function editionNumber(day: string): { volume: number; number: number } {
  const volume = Number(day.slice(0, 4));
  const newYear = Date.UTC(volume, 0, 1);
  return { volume, number: Math.round((toInstant(day).getTime() - newYear) / DAY_MS) + 1 };
}

function toInstant(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
