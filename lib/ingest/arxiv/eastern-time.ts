/** The wall clock of arXiv's operators: US Eastern, daylight saving included, from the tz database that Node carries. */
import { HOUR_MS } from '#lib/time.ts';

const ZONE = 'America/New_York';
/** Standard time, daylight saving time. */
const HOURS_BEHIND_UTC = [5, 4];

const FORMAT = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

/** What a clock there shows. */
export type EasternTime = {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** 0–23. */
  readonly hour: number;
};

export function toEasternTime(instant: Date): EasternTime {
  const parts = new Map(FORMAT.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    hour: Number(parts.get('hour')),
  };
}

/** The calendar day there. */
export function toEasternDay(instant: Date): string {
  return toEasternTime(instant).day;
}

/** The instant at which a clock there shows `hour` o'clock of `day`; the clocks change at 2 o'clock, which has no use here. */
export function easternInstant(day: string, hour: number): Date {
  const asUtcMs = Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS;
  for (const hoursBehind of HOURS_BEHIND_UTC) {
    const instant = new Date(asUtcMs + hoursBehind * HOUR_MS);
    const shown = toEasternTime(instant);
    if (shown.day === day && shown.hour === hour) return instant;
  }
  throw new Error(`no ${hour} o'clock on ${day} in ${ZONE}`);
}
