/** The parts of a trending score in words: why is this here? */
import type { SignalKind } from '#lib/papers/paper.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#lib/time.ts';
import { SIGNAL } from './signal.ts';
import type { SignalPart, TrendingScore } from './trending.ts';

/** A list entry has room for no more. */
const PHRASES_MAX = 3;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const rough = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/**
 * One line for a list entry: `+41 GitHub stars in 2 days, 18 upvotes in 6 hours`. What contributes most comes first;
 * a plus says that there was something before.
 */
export function formatReason(score: Pick<TrendingScore, 'parts'>): string {
  const phrases = score.parts.flatMap((part) => formatGrowth(part) ?? []).slice(0, PHRASES_MAX);
  if (phrases.length > 0) return phrases.join(', ');
  if (score.parts.length === 0) return 'No signals yet: placed where papers of its list usually stand';
  const kinds = score.parts.slice(0, PHRASES_MAX).map(({ kind }) => SIGNAL[kind].plural);
  return `No new ${formatList(kinds)} of late`;
}

/** `+41 GitHub stars in 2 days`, or null where no growth was seen. */
export function formatGrowth({ kind, gained, overMs, isWhole }: SignalPart): string | null {
  const count = Math.round(gained);
  if (count < 1) return null;
  return `${isWhole ? '' : '+'}${formatCount(kind, count)} in ${formatSpan(overMs)}`;
}

/** `1 upvote`, `1,203 GitHub stars`. */
export function formatCount(kind: SignalKind, count: number): string {
  return `${whole.format(count)} ${count === 1 ? SIGNAL[kind].singular : SIGNAL[kind].plural}`;
}

const UNITS = [
  { unit: 'month', ms: 30 * DAY_MS, from: 60 * DAY_MS },
  { unit: 'week', ms: 7 * DAY_MS, from: 21 * DAY_MS },
  { unit: 'day', ms: DAY_MS, from: 36 * HOUR_MS },
  { unit: 'hour', ms: HOUR_MS, from: 45 * MINUTE_MS },
] as const;

/** A length of time in the largest unit that does not hide much: `40 minutes`, `6 hours`, `2 days`, `5 weeks`. */
export function formatSpan(spanMs: number): string {
  const found = UNITS.find(({ from }) => spanMs >= from) ?? { unit: 'minute', ms: MINUTE_MS };
  const count = Math.max(1, Math.round(spanMs / found.ms));
  return `${count} ${found.unit}${count === 1 ? '' : 's'}`;
}

function formatList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** One line of the arithmetic, ready for a table. Rates are per day of attention (attention.ts). */
export type ReasonRow = {
  readonly kind: SignalKind;
  readonly label: string;
  /** `+41 in 2 days, 1,203 in all`. */
  readonly reading: string;
  /** `(0.84 · ln 22.1 + 0.1 · ln 1.5)`, as figures: what was seen, how much of it, what was expected. */
  readonly observed: string;
  readonly known: string;
  readonly expected: string;
  /** Their mean, what age leaves of it, and how many times the usual that is. */
  readonly rate: string;
  readonly fade: string;
  readonly usual: string;
  readonly timesUsual: string;
  /** 0 for a middling paper, 1 for the top hundredth. */
  readonly prominence: string;
  readonly weight: string;
  readonly contribution: string;
};

export type Arithmetic = {
  readonly rows: readonly ReasonRow[];
  /** What the kinds not seen yet are expected to contribute. */
  readonly expectedContribution: string;
  readonly score: string;
};

/** The whole sum behind a score. The contributions add up to the score, but for rounding. */
export function toArithmetic({ parts, expectedContribution, score }: TrendingScore): Arithmetic {
  return {
    rows: parts.map(toRow),
    expectedContribution: rough.format(expectedContribution),
    score: rough.format(score),
  };
}

function toRow(part: SignalPart): ReasonRow {
  const { kind, latest, gained, overMs, isWhole } = part;
  const { plural } = SIGNAL[kind];
  const growth = `${isWhole ? '' : '+'}${whole.format(gained)} in ${formatSpan(overMs)}`;
  const total = `${whole.format(latest)} in all`;
  return {
    kind,
    label: `${plural.charAt(0).toUpperCase()}${plural.slice(1)}`,
    reading: overMs === 0 ? `${total}, seen once` : isWhole ? growth : `${growth}, ${total}`,
    observed: part.observedPerDay === null ? 'not yet known' : `${rough.format(part.observedPerDay)} a day`,
    known: `${whole.format(100 * Math.min(1, part.known))} %`,
    expected: `${rough.format(part.expectedPerDay)} a day`,
    rate: `${rough.format(part.ratePerDay)} a day`,
    fade: `× ${rough.format(part.fade)}`,
    usual: `${rough.format(part.usualPerDay)} a day`,
    timesUsual: `× ${rough.format((part.ratePerDay * part.fade) / part.usualPerDay)}`,
    prominence: rough.format(part.prominence),
    weight: rough.format(part.weight),
    contribution: rough.format(part.contribution),
  };
}
