/**
 * One poll of a target, and what it adds to the history of its papers' signals.
 *
 * The history is kept sparse without losing anything: of a run of polls that found the same value, the first and the
 * last are kept. The last one is added when the next change is found, at the instant at which it was made, so that
 * "+40 stars since Tuesday" stays exact however long nothing had happened before.
 */

import { z } from 'zod';
import type { Observation, SignalKind } from '#lib/papers/paper.ts';
import {
  growthPerDay,
  nextDueAt,
  nextDueWhenFailed,
  nextDueWhenGone,
  nextDueWhenRenamed,
  SIGNALS_OF,
  type SignalSource,
} from './schedule.ts';

/** Something outside whose values we observe, and the papers they are values of. */
export type SignalTarget = {
  readonly target: string;
  /** The last poll that gave all values of all papers. */
  readonly observedAt: Date | null;
  readonly etag: string | null;
  readonly renamedTo: string | null;
  readonly goneAt: Date | null;
  /** Looks in a row that found nothing new. */
  readonly unchanged: number;
};

export type ClaimedTarget = SignalTarget & {
  /** When it became due. */
  readonly dueAt: Date;
  readonly newestPaperAt: Date | null;
  readonly papers: readonly { readonly key: number; readonly identifier: string }[];
};

export type SignalValue = { readonly paperKey: number; readonly kind: SignalKind; readonly value: number };

export type PollResult = {
  readonly claimed: ClaimedTarget;
  readonly at: Date;
} & (
  | {
      readonly kind: 'seen';
      readonly values: readonly SignalValue[];
      /** Figures that could not be used. */
      readonly rejected: number;
      readonly etag: string | null;
      readonly renamedTo: string | null;
    }
  | { readonly kind: 'not-modified' | 'gone' | 'failed' }
);

/** The newest observation of a paper's signal; undefined where there is none. */
export type LatestSignals = (paperKey: number, kind: SignalKind) => Omit<Observation, 'kind'> | undefined;

export type PollEvaluation = {
  readonly outcome: 'observed' | 'unchanged' | 'gone' | 'failed';
  /** To be added to the history. */
  readonly observations: readonly { readonly key: number; readonly observations: readonly Observation[] }[];
  /** The target as it is to be kept; where it has been renamed, its state under the new name. */
  readonly next: SignalTarget & { readonly dueAt: Date };
  /** When to see whether the old name still leads to the new one. */
  readonly oldNameDueAt: Date | null;
};

/** Whether the last poll of the target gave what is now the newest value of all its papers' signals. */
export function isConfirmed(source: SignalSource, claimed: ClaimedTarget, latest: LatestSignals): boolean {
  return claimed.papers.every(({ key }) =>
    SIGNALS_OF[source].every((kind) => isKnownBy(latest(key, kind)?.observedAt, claimed.observedAt)),
  );
}

function isKnownBy(observedAt: Date | undefined, instant: Date | null): boolean {
  return observedAt !== undefined && instant !== null && observedAt <= instant;
}

/** @param fraction uniform in [0, 1) */
export function evaluatePoll(
  source: SignalSource,
  poll: PollResult,
  latest: LatestSignals,
  fraction: number,
): PollEvaluation {
  const { claimed, at } = poll;
  const { goneAt, unchanged } = claimed;
  const kept = toKept(claimed);
  switch (poll.kind) {
    case 'failed':
      return toFailure(poll, fraction);
    case 'gone': {
      const since = goneAt ?? at;
      const dueAt = nextDueWhenGone({ at, goneAt: since }, fraction);
      return toEvaluation('gone', {
        ...kept,
        etag: null,
        renamedTo: null,
        goneAt: since,
        unchanged: 0,
        dueAt,
      });
    }
    case 'not-modified': {
      const seen = { at, newestPaperAt: claimed.newestPaperAt, unchanged: unchanged + 1, growthPerDay: null };
      const dueAt = nextDueAt(source, seen, fraction);
      return toEvaluation('unchanged', {
        ...kept,
        observedAt: at,
        goneAt: null,
        unchanged: seen.unchanged,
        dueAt,
      });
    }
    case 'seen':
      // An answer without a single value says no more than none.
      if (poll.values.length === 0) return toFailure(poll, fraction);
      return evaluateValues(source, poll, latest, fraction);
  }
}

function toKept({ target, observedAt, etag, renamedTo, goneAt, unchanged }: ClaimedTarget): SignalTarget {
  return { target, observedAt, etag, renamedTo, goneAt, unchanged };
}

function toFailure({ claimed, at }: PollResult, fraction: number): PollEvaluation {
  return toEvaluation('failed', { ...toKept(claimed), dueAt: nextDueWhenFailed(at, fraction) });
}

function toEvaluation(outcome: PollEvaluation['outcome'], next: PollEvaluation['next']): PollEvaluation {
  return { outcome, observations: [], next, oldNameDueAt: null };
}

function evaluateValues(
  source: SignalSource,
  poll: Extract<PollResult, { kind: 'seen' }>,
  latest: LatestSignals,
  fraction: number,
): PollEvaluation {
  const { claimed, at } = poll;
  const changes = poll.values.map((value) => toChange(source, claimed, { ...value, at }, latest));
  const isChanged = changes.some(({ observations }) => observations.length > 0);
  const growths = changes.flatMap(({ growth }) => growth ?? []);
  const unchanged = isChanged ? 0 : claimed.unchanged + 1;
  const seen = {
    at,
    newestPaperAt: claimed.newestPaperAt,
    unchanged,
    growthPerDay: growths.length === 0 ? null : Math.max(...growths),
  };
  const figureCount = claimed.papers.length * SIGNALS_OF[source].length;
  const isWhole = poll.rejected === 0 && poll.values.length >= figureCount;
  return {
    outcome: isChanged ? 'observed' : 'unchanged',
    observations: changes.map(({ key, observations }) => ({ key, observations })),
    next: {
      target: claimed.target,
      observedAt: isWhole ? at : claimed.observedAt,
      // "Not modified" of an answer that lacked something would be nothing to go by.
      etag: isWhole ? poll.etag : null,
      renamedTo: poll.renamedTo,
      goneAt: null,
      unchanged,
      dueAt: nextDueAt(source, seen, fraction),
    },
    oldNameDueAt: poll.renamedTo === null ? null : nextDueWhenRenamed(at, fraction),
  };
}

type Change = {
  readonly key: number;
  readonly observations: readonly Observation[];
  readonly growth: number | null;
};

function toChange(
  source: SignalSource,
  claimed: ClaimedTarget,
  { paperKey: key, kind, value, at }: SignalValue & { at: Date },
  latest: LatestSignals,
): Change {
  const before = latest(key, kind);
  if (before === undefined) return { key, observations: [{ kind, value, observedAt: at }], growth: null };
  if (before.value === value || before.observedAt >= at) return { key, observations: [], growth: null };
  const confirmedAt = claimed.observedAt;
  // Only where the last poll covered this paper too, and nobody has found anything since.
  const wasSeen =
    confirmedAt !== null &&
    SIGNALS_OF[source].every((one) => isKnownBy(latest(key, one)?.observedAt, confirmedAt));
  const held: Observation[] =
    wasSeen && before.observedAt < confirmedAt
      ? [{ kind, value: before.value, observedAt: confirmedAt }]
      : [];
  const since = held[0]?.observedAt ?? before.observedAt;
  return {
    key,
    observations: [...held, { kind, value, observedAt: at }],
    growth: growthPerDay(before.value, value, at.getTime() - since.getTime()),
  };
}

/** The largest value of a column `integer`. */
const INT4_MAX = 2_147_483_647;

/** A whole number that the database can hold; anything else, or nothing, is null. */
export const SignalCount = z.int().min(0).max(INT4_MAX).nullable().catch(null);
