/**
 * The dates arXiv writes: days (OAI-PMH datestamps, UTC), instants of RFC 3339 (Atom) and of RFC 2822 (RSS, arXivRaw).
 * Each is checked field by field, because Date.parse accepts the 30th of February.
 */
import { MINUTE_MS } from '#lib/time.ts';

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;
/** With the obsolete forms of RFC 2822 section 4.3 that feeds still use: no weekday, no seconds, named zones. */
const RFC_2822 =
  /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?\s+(?:([+-])(\d\d)(\d\d)|([A-Za-z]{1,4}))$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ZONE_HOURS: Readonly<Record<string, number>> = {
  gmt: 0,
  ut: 0,
  utc: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/** The oldest backdated papers on arXiv are of 1986; a date before them, or past this century, is damage. */
const YEAR_MIN = 1980;
const YEAR_MAX = 2100;

type Fields = {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
  ms?: number;
  offsetMinutes?: number;
};

/** The UTC midnight that begins a day written `YYYY-MM-DD`. */
export function parseDay(text: string): Date | null {
  const [, year, month, day] = DAY.exec(text.trim()) ?? [];
  return toInstant({ year: Number(year), month: Number(month), day: Number(day) });
}

/** `2026-09-25T04:00:11.600500+00:00`; a zone is required. */
export function parseRfc3339(text: string): Date | null {
  const [, year, month, day, hour, minute, second, fraction, sign, zoneHours, zoneMinutes] =
    RFC_3339.exec(text.trim()) ?? [];
  return toInstant({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    ms: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
    offsetMinutes: toOffsetMinutes(sign, zoneHours, zoneMinutes),
  });
}

/** `Fri, 25 Sep 2026 00:00:00 -0400`, `Wed, 25 Jun 2008 15:29:38 GMT`. */
export function parseRfc2822(text: string): Date | null {
  const [, day, monthName, year, hour, minute, second, sign, zoneHours, zoneMinutes, zoneName] =
    RFC_2822.exec(text.trim()) ?? [];
  const namedHours = zoneName === undefined ? undefined : ZONE_HOURS[zoneName.toLowerCase()];
  if (zoneName !== undefined && namedHours === undefined) return null;
  return toInstant({
    year: Number(year),
    month: MONTHS.indexOf(monthName?.toLowerCase() ?? '') + 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    offsetMinutes: namedHours === undefined ? toOffsetMinutes(sign, zoneHours, zoneMinutes) : namedHours * 60,
  });
}

/** `YYYY-MM-DD` of an instant in UTC. */
export function toUtcDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function toOffsetMinutes(
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number {
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}

/** Null where a field is missing (NaN) or out of its range: the calendar moves such dates, so they no longer match. */
function toInstant(fields: Fields): Date | null {
  const { year, month, day, hour = 0, minute = 0, second = 0, ms = 0, offsetMinutes = 0 } = fields;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59), ms));
  const isReal =
    year >= YEAR_MIN &&
    year <= YEAR_MAX &&
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    local.getUTCHours() === hour &&
    local.getUTCMinutes() === minute &&
    second <= 60 &&
    Math.abs(offsetMinutes) < 24 * 60;
  return isReal ? new Date(local.getTime() - offsetMinutes * MINUTE_MS) : null;
}
