/**
 * The kinds of signal that the trending score reads, and what we hold of each before having seen any of it.
 *
 * Kinds differ in size (a repository gains hundreds of stars where a paper gains ten upvotes) and in pace (citations come
 * over months), so nothing here is ever added across kinds: velocity.ts measures each in its own time, usual.ts says
 * what is usual within it, and only multiples of the usual are added up (trending.ts).
 */
import type { SignalKind } from '#lib/papers/paper.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';

export type SignalNature = {
  readonly singular: string;
  readonly plural: string;
  /**
   * When the count was certainly zero. A repository may be older than its paper, so stars and forks have no such
   * moment: their first observation says how many there are, not how fast they come.
   */
  readonly countedFrom: 'listing' | 'submission' | null;
  /** Share in the score of a paper that stands out equally in every kind. An editorial choice, shown to readers. */
  readonly weight: number;
  /** Gained a day by a middling paper when it is new. Gives way to the instance's own figures (usual.ts). */
  readonly usualPerDay: number;
  /** ln(99th percentile / median) of the velocities. Gives way likewise. */
  readonly spread: number;
  /** Share of papers for which the kind is ever observed. Gives way likewise. */
  readonly coverage: number;
  /** Age at which a paper is expected to gain half of what it gains when new. */
  readonly halfLifeDays: number;
  /** How many times slower than upvotes the kind moves: stretches every span of velocity.ts. */
  readonly pace: number;
  /** Growth beyond this rate is taken for a fault or a campaign, and counts as this rate (Winsorised). */
  readonly perDayMax: number;
  /** The longest time between two looks at it, by the age of the paper (lib/ingest); older ones are not looked at. */
  readonly looks: readonly { readonly untilDays: number; readonly everyDays: number }[];
};

/** Hugging Face's list is read for two weeks, GitHub and Semantic Scholar for ever, but more and more seldom. */
const VOTE_LOOKS = [
  { untilDays: 2, everyDays: 1 / 8 },
  { untilDays: 14, everyDays: 1 },
];
const REPOSITORY_LOOKS = [
  { untilDays: 30, everyDays: 1 },
  { untilDays: 180, everyDays: 14 },
  { untilDays: Number.POSITIVE_INFINITY, everyDays: 60 },
];
const CITATION_LOOKS = [
  { untilDays: 30, everyDays: 7 },
  { untilDays: 365, everyDays: 30 },
  { untilDays: Number.POSITIVE_INFINITY, everyDays: 90 },
];

/**
 * Upvotes: median 6 and 99th percentile 57 over the 5,841 papers of 415 archived Hugging Face days, most of them
 * counted within two days of listing; comments, the same days: median 1, 99th percentile 4. Stars: 874 of those papers
 * name a count: median 9, 99th percentile 6,886. Citations: a few in the first year for most, hundreds for some.
 */
export const SIGNAL: Readonly<Record<SignalKind, SignalNature>> = {
  upvotes: {
    singular: 'upvote',
    plural: 'upvotes',
    countedFrom: 'listing',
    weight: 1,
    usualPerDay: 5,
    spread: 2.3,
    coverage: 0.5,
    halfLifeDays: 1.5,
    pace: 1,
    perDayMax: 5_000,
    looks: VOTE_LOOKS,
  },
  comments: {
    singular: 'comment',
    plural: 'comments',
    countedFrom: 'listing',
    weight: 0.5,
    usualPerDay: 0.7,
    spread: 1.4,
    coverage: 0.5,
    halfLifeDays: 1.5,
    pace: 1,
    perDayMax: 500,
    looks: VOTE_LOOKS,
  },
  stars: {
    singular: 'GitHub star',
    plural: 'GitHub stars',
    countedFrom: null,
    weight: 1,
    usualPerDay: 1.5,
    spread: 5,
    coverage: 0.3,
    halfLifeDays: 7,
    pace: 1,
    perDayMax: 20_000,
    looks: REPOSITORY_LOOKS,
  },
  forks: {
    singular: 'fork',
    plural: 'forks',
    countedFrom: null,
    weight: 0.25,
    usualPerDay: 0.3,
    spread: 4,
    coverage: 0.3,
    halfLifeDays: 7,
    pace: 1,
    perDayMax: 2_000,
    looks: REPOSITORY_LOOKS,
  },
  citations: {
    singular: 'citation',
    plural: 'citations',
    countedFrom: 'submission',
    weight: 0.5,
    usualPerDay: 0.01,
    spread: 4.5,
    coverage: 0.3,
    halfLifeDays: 365,
    pace: 14,
    perDayMax: 500,
    looks: CITATION_LOOKS,
  },
};

export const WINDOW_DAYS: Readonly<Record<TrendingWindow, number>> = { day: 1, week: 7, month: 30 };
