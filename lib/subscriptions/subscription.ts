/**
 * A standing request for a digest.
 *
 *     request ─► pending ─(POST confirm)─► active ◄─► paused
 *                   └──────────► unsubscribed ◄┴────────┘
 *
 * A suppressed address keeps its subscriptions and receives nothing.
 */
import { DAY_MS } from '#lib/time.ts';
import type { Schedule } from './schedule.ts';

export const SUBSCRIPTION_STATES = ['pending', 'active', 'paused', 'unsubscribed'] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** What an issue's papers are chosen from: those that one of the topics has. */
export type Topics = {
  readonly hasTrending: boolean;
  /** Canonical identifiers, sorted. */
  readonly categories: readonly string[];
  /** In the query language's normal form, sorted. */
  readonly queries: readonly string[];
  /** A paper with one of these words or phrases in it is left out. Lower case, sorted. */
  readonly mutedWords: readonly string[];
};

/** All that a subscriber chooses. */
export type Choices = Topics &
  Schedule & {
    readonly papersMax: number;
    readonly sendWhenEmpty: boolean;
  };

export type Subscription = Choices & {
  readonly id: number;
  readonly subscriberId: number;
  /** As it was typed. */
  readonly address: string;
  readonly state: SubscriptionState;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
  /** Of a paused one, when it goes on; null for never by itself. */
  readonly nextDueAt: Date | null;
};

export const PAPERS_MAX = { least: 5, most: 50, usual: 15 } as const;
export const CATEGORIES_MAX = 20;
export const QUERIES_MAX = 20;
export const MUTED_WORDS_MAX = 50;
/** Of one mailbox, ended ones not counted: beyond it a stranger fills somebody's list. */
export const SUBSCRIPTIONS_MAX = 20;

/** A confirmation link is good for so long. */
export const CONFIRMATION_MS = 7 * DAY_MS;

/** Equal for topics that give the same papers. */
export function topicsKey({ hasTrending, categories, queries, mutedWords }: Topics): string {
  return JSON.stringify([hasTrending, categories, queries, mutedWords]);
}

/** `Trending papers, cs.CL and “diffusion models”`: what a person calls the subscription. */
export function describeTopics(
  { hasTrending, categories, queries }: Topics,
  others: readonly string[] = [],
): string {
  const parts = [
    ...(hasTrending ? ['Trending papers'] : []),
    ...categories,
    ...queries.map((query) => `“${query}”`),
    ...others,
  ];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** `Every weekday at 07:00, Europe/Berlin`. */
export function describeSchedule({ cadence, weekday, hour, zone }: Schedule): string {
  const days = {
    daily: 'Every day',
    weekdays: 'Monday to Friday',
    weekly: `Every ${WEEKDAYS[(weekday ?? 1) - 1]}`,
  }[cadence];
  return `${days} at ${String(hour).padStart(2, '0')}:00, ${zone.replaceAll('_', ' ')}`;
}
