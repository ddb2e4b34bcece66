/**
 * Wall clocks of IANA time zones, by Intl's own copy of the tz database: which instant an hour of a day is, also where
 * clocks are put forward or back, and where a whole day was left out.
 */
import { DAY_MS, MINUTE_MS } from '#lib/time.ts';

export type WallTime = { readonly day: string; readonly minutes: number };

/** By name in lower case, each 26 KB: a form can spell a zone in thousands of ways. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** Of some 600 names with all aliases. */
const FORMATS_MAX = 200;

/**
 * Today's names of zones that ICU still calls by an older one (IANA's `backward` file): CLDR never changes a name once
 * given. Names that ICU itself takes for aliases, as US/Pacific, need no row.
 */
const CURRENT_NAMES: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The zone's name of today: `Europe/Berlin` for `europe/berlin`, `Asia/Kolkata` for `Asia/Calcutta`. Null for no zone. */
export function parseZone(text: string): string | null {
  // An offset is a zone to Intl; it knows no daylight saving, which is what people expect of a place.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(text)) return null;
  const name = formatOf(text)?.resolvedOptions().timeZone;
  return name === undefined ? null : (CURRENT_NAMES[name] ?? name);
}

/** All zones, each once and under its name of today, sorted. */
export function listZones(): string[] {
  const names = Intl.supportedValuesOf('timeZone').map((name) => CURRENT_NAMES[name] ?? name);
  return [...new Set(names)].sort();
}

/** What a clock in `zone` shows at `instant`. `minutes` are those since midnight. */
export function toWallTime(zone: string, instant: Date): WallTime {
  const format = formatOf(zone);
  if (format === null) throw new Error(`${zone} is no time zone.`);
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const year = (parts.year ?? '').padStart(4, '0');
  return {
    day: `${year}-${parts.month}-${parts.day}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/**
 * The first instant at which a clock in `zone` shows `hour` o'clock of `day`. An hour that was skipped begins when the
 * clocks have been put forward; of one that comes twice it is the first. Null where the zone has no such day.
 */
export function instantOf(zone: string, day: string, hour: number): Date | null {
  const naiveMs = Date.parse(`${day}T00:00:00Z`) + hour * 60 * MINUTE_MS;
  // No zone is further from UTC than a day, and none changes its offset twice within two.
  const offsets = [naiveMs - DAY_MS, naiveMs + DAY_MS].map((atMs) => offsetMinutesAt(zone, atMs));
  const found = offsets
    .map((offset) => naiveMs - offset * MINUTE_MS)
    .filter((atMs) => toNaiveMs(zone, atMs) === naiveMs);
  if (found.length > 0) return new Date(Math.min(...found));
  const atMs = firstAtOrAfter(zone, naiveMs, Math.max(...offsets), Math.min(...offsets));
  return toWallTime(zone, new Date(atMs)).day === day ? new Date(atMs) : null;
}

/** The end of a gap: clocks show less than `naiveMs` before, more from there on. Gaps begin on whole minutes. */
function firstAtOrAfter(zone: string, naiveMs: number, offsetMax: number, offsetMin: number): number {
  let before = (naiveMs - offsetMax * MINUTE_MS) / MINUTE_MS - 1;
  let after = (naiveMs - offsetMin * MINUTE_MS) / MINUTE_MS + 1;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (toNaiveMs(zone, middle * MINUTE_MS) >= naiveMs) after = middle;
    else before = middle;
  }
  return after * MINUTE_MS;
}

function toNaiveMs(zone: string, atMs: number): number {
  const { day, minutes } = toWallTime(zone, new Date(atMs));
  return Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS;
}

function offsetMinutesAt(zone: string, atMs: number): number {
  return (toNaiveMs(zone, atMs) - atMs) / MINUTE_MS;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const key = zone.toLowerCase();
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = makeFormat(zone);
  // Names come from forms: what is no zone is not worth caching.
  if (format === null) return null;
  if (formats.size >= FORMATS_MAX) formats.clear();
  formats.set(key, format);
  return format;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  const numeric = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', calendar: 'iso8601', ...numeric });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
