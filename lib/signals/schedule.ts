/**
 * When to poll a signal again. Requests are scarce, so they go where a value is likely to have moved: a wait that
 * suits the paper's age, doubled for each poll in a row that found nothing new, and cut for what is growing to the
 * time in which it should grow by GROWTH_STEP. Every wait has bounds of its source and of the paper's age.
 *
 *     due ──claim──► leased ──poll──► due again: sooner (changed), later (unchanged), much later (gone)
 *                      └─ killed ──► due again when the lease is over
 */
import type { SignalKind } from '#lib/papers/paper.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

export const SIGNAL_SOURCES = ['github', 'semantic-scholar', 'huggingface'] as const;
export type SignalSource = (typeof SIGNAL_SOURCES)[number];

/** The signals that a poll of a source gives. */
export const SIGNALS_OF = {
  github: ['stars', 'forks'],
  'semantic-scholar': ['citations'],
  huggingface: ['upvotes', 'comments'],
} as const satisfies Record<SignalSource, readonly SignalKind[]>;

/** The newest papers are polled first when not all can be: their first values are what readers wait for. */
export const YOUNG_MS = 30 * DAY_MS;

/** Hugging Face's list is open for votes for ever, but after two weeks hardly anybody looks at a day again. */
export const UPVOTES_LOOKBACK_MS = 14 * DAY_MS;

/** Waits of a paper younger than `untilMs`: the usual one, and the longest. */
type Tier = { readonly untilMs: number; readonly everyMs: number; readonly everyMsMax: number };
type Pattern = {
  readonly everyMsMin: number;
  readonly tiers: readonly [Tier, ...Tier[]];
  readonly older: Tier;
};

const PATTERNS: Record<SignalSource, Pattern> = {
  huggingface: {
    everyMsMin: HOUR_MS / 2,
    tiers: [{ untilMs: 2 * DAY_MS, everyMs: HOUR_MS, everyMsMax: 3 * HOUR_MS }],
    older: { untilMs: Infinity, everyMs: 6 * HOUR_MS, everyMsMax: DAY_MS },
  },
  github: {
    everyMsMin: 3 * HOUR_MS,
    tiers: [
      { untilMs: 2 * DAY_MS, everyMs: 6 * HOUR_MS, everyMsMax: DAY_MS },
      { untilMs: 7 * DAY_MS, everyMs: 12 * HOUR_MS, everyMsMax: DAY_MS },
      { untilMs: YOUNG_MS, everyMs: DAY_MS, everyMsMax: DAY_MS },
      { untilMs: 180 * DAY_MS, everyMs: 3 * DAY_MS, everyMsMax: 14 * DAY_MS },
    ],
    older: { untilMs: Infinity, everyMs: 7 * DAY_MS, everyMsMax: 60 * DAY_MS },
  },
  // Citations are counted when the index reads the citing papers: nothing moves within a day.
  'semantic-scholar': {
    everyMsMin: DAY_MS,
    tiers: [
      { untilMs: YOUNG_MS, everyMs: 3 * DAY_MS, everyMsMax: 7 * DAY_MS },
      { untilMs: 365 * DAY_MS, everyMs: 7 * DAY_MS, everyMsMax: 30 * DAY_MS },
    ],
    older: { untilMs: Infinity, everyMs: 30 * DAY_MS, everyMsMax: 90 * DAY_MS },
  },
};

/** Relative growth that makes a new poll worth a request. */
const GROWTH_STEP = 0.05;
const DOUBLINGS_MAX = 16;

/** Part of a wait that chance may take off, so that what became due together does not stay together. */
const JITTER = 0.1;

export type PollTiming = {
  readonly at: Date;
  /** When the youngest of the target's papers came out; null where nobody knows. */
  readonly newestPaperAt: Date | null;
  /** Looks in a row, this one included, that found nothing new. */
  readonly unchanged: number;
  /** Relative growth per day between the last two polls: 0.1 is ten per cent a day. Null before the second poll. */
  readonly growthPerDay: number | null;
};

/** @param fraction uniform in [0, 1) */
export function nextDueAt(source: SignalSource, seen: PollTiming, fraction: number): Date {
  const { everyMsMin, tiers, older } = PATTERNS[source];
  const ageMs = seen.newestPaperAt === null ? Infinity : seen.at.getTime() - seen.newestPaperAt.getTime();
  const tier = tiers.find(({ untilMs }) => ageMs < untilMs) ?? older;
  const patienceMs = tier.everyMs * 2 ** Math.min(DOUBLINGS_MAX, Math.max(0, seen.unchanged - 1));
  const growth = Math.max(0, seen.growthPerDay ?? 0);
  const growthMs = growth === 0 ? Infinity : (GROWTH_STEP / growth) * DAY_MS;
  return after(seen.at, Math.max(everyMsMin, Math.min(patienceMs, growthMs, tier.everyMsMax)), fraction);
}

const GONE_MS_MIN = 2 * DAY_MS;
const GONE_MS_MAX = 60 * DAY_MS;

/**
 * For what the source does not have: a repository that is deleted or not yet public, a paper not yet indexed. As long
 * again as it has been gone, within bounds: new ones often appear within days, old ones hardly ever.
 */
export function nextDueWhenGone(gone: { at: Date; goneAt: Date }, fraction: number): Date {
  const goneMs = gone.at.getTime() - gone.goneAt.getTime();
  return after(gone.at, Math.min(GONE_MS_MAX, Math.max(GONE_MS_MIN, goneMs)), fraction);
}

/** For a repository's old name: whether it still leads to the new one. */
export function nextDueWhenRenamed(at: Date, fraction: number): Date {
  return after(at, GONE_MS_MAX, fraction);
}

/**
 * For what got no usable answer, while others did. Widely spread: where one member spoils a request for 500, the
 * others then meet it less often.
 */
export function nextDueWhenFailed(at: Date, fraction: number): Date {
  return new Date(at.getTime() + Math.round((3 + 6 * fraction) * HOUR_MS));
}

/** Growth of a value, relative to itself: from 0 to 1 is not infinite growth. */
export function growthPerDay(before: number, now: number, elapsedMs: number): number {
  return (now - before) / Math.max(before, VALUE_FLOOR) / (Math.max(elapsedMs, HOUR_MS) / DAY_MS);
}

/** Figures below this are too small for their growth to say much. */
const VALUE_FLOOR = 20;

function after(at: Date, waitMs: number, fraction: number): Date {
  return new Date(at.getTime() + Math.round(waitMs * (1 - JITTER * fraction)));
}
