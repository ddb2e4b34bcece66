/**
 * From rows of the history to the series that the formula reads.
 *
 * Two things are known of how the history is written (lib/ingest), and undone here. A look that finds a figure as it
 * was is not written down: so a series that ends while its source went on answering has stood still, which is not the
 * same as unknown. And two sources count stars: Hugging Face's copy lags behind GitHub's own, so that together they
 * zigzag.
 */
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import { DAY_MS } from '#lib/time.ts';
import type { SeriesByKind } from './candidate.ts';
import { SIGNAL } from './signal.ts';

export type Readings = { readonly timesMs: readonly number[]; readonly values: readonly number[] };
export type ReadingsByKind = { readonly [kind in SignalKind]?: Readings };

/**
 * Parses `milliseconds value,milliseconds value`, by time, as far as was known at `untilMs`; null where nothing was. Of
 * readings before `fromMs` only the last. What is no number is left for curve.ts to drop.
 */
export function parseReadings(
  text: string,
  untilMs: number,
  fromMs = Number.NEGATIVE_INFINITY,
): Readings | null {
  const timesMs: number[] = [];
  const values: number[] = [];
  // By index and not by split: an hour's run parses a million of these.
  for (let start = 0; start < text.length; ) {
    const space = text.indexOf(' ', start);
    const comma = text.indexOf(',', space);
    const end = comma < 0 ? text.length : comma;
    const timeMs = wholeNumber(text, start, space);
    if (timeMs > untilMs) break;
    if (timesMs.length === 1 && timeMs < fromMs) {
      timesMs.length = 0;
      values.length = 0;
    }
    timesMs.push(timeMs);
    values.push(wholeNumber(text, space + 1, end));
    start = end + 1;
  }
  return timesMs.length === 0 ? null : { timesMs, values };
}

/** `Number` of a part of a text, several times as fast where it is digits alone. */
function wholeNumber(text: string, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number(text.slice(start, end));
    number = 10 * number + digit;
  }
  return start < end ? number : Number.NaN;
}

/**
 * Without the stars that Hugging Face tells, where GitHub tells them too: forks are GitHub's alone, upvotes Hugging
 * Face's, and what one answer holds was read at one instant. Earlier stars are kept: there are no others.
 */
export function withOwnStars(series: ReadingsByKind): ReadingsByKind {
  const { stars, forks, upvotes } = series;
  const fromMs = forks?.timesMs[0];
  if (stars === undefined || upvotes === undefined || fromMs === undefined) return series;
  const told = new Set(upvotes.timesMs);
  const own = stars.timesMs.map((timeMs) => timeMs < fromMs || !told.has(timeMs));
  if (own.every(Boolean) || !own.some(Boolean)) return series;
  return {
    ...series,
    stars: {
      timesMs: stars.timesMs.filter((_, index) => own[index]),
      values: stars.values.filter((_, index) => own[index]),
    },
  };
}

/** When each kind was last heard of, of whatever paper; absent where never. */
export type HeardAt = { readonly [kind in SignalKind]?: number };

export function lastHeardAt(all: Iterable<ReadingsByKind>): HeardAt {
  const heard: { [kind in SignalKind]?: number } = {};
  for (const series of all) {
    for (const kind of SIGNAL_KINDS) {
      const lastMs = series[kind]?.timesMs.at(-1);
      if (lastMs !== undefined && lastMs > (heard[kind] ?? 0)) heard[kind] = lastMs;
    }
  }
  return heard;
}

/**
 * Adds to each series that it stood still, until the last look that its source must have given it: the source was heard
 * at `heardAt`, and looks at papers of this age at least every so often (signal.ts). Over a gap in which a source was
 * not heard at all, nothing is added.
 */
export function holdStill(
  series: ReadingsByKind,
  { heardAt, listedAtMs }: { heardAt: HeardAt; listedAtMs: number | null },
): SeriesByKind {
  const held: { [kind in SignalKind]?: Readings } = {};
  for (const kind of SIGNAL_KINDS) {
    const readings = series[kind];
    if (readings === undefined) continue;
    const heldUntilMs = lookedAtBy(kind, heardAt[kind] ?? 0, listedAtMs);
    const value = readings.values.at(-1);
    const isHeld = value !== undefined && heldUntilMs > (readings.timesMs.at(-1) ?? heldUntilMs);
    held[kind] = isHeld
      ? { timesMs: [...readings.timesMs, heldUntilMs], values: [...readings.values, value] }
      : readings;
  }
  return held;
}

function lookedAtBy(kind: SignalKind, heardAtMs: number, listedAtMs: number | null): number {
  const { looks } = SIGNAL[kind];
  const ageDays = listedAtMs === null ? Number.POSITIVE_INFINITY : (heardAtMs - listedAtMs) / DAY_MS;
  const look = looks.find(({ untilDays }) => ageDays < untilDays);
  if (look !== undefined) return heardAtMs - look.everyDays * DAY_MS;
  const last = looks.at(-1);
  // Nobody looks any more: the last look was at the end of the time in which somebody did.
  return last === undefined || listedAtMs === null
    ? 0
    : listedAtMs + (last.untilDays - last.everyDays) * DAY_MS;
}
