/**
 * What a run over signals did. For targets (repositories, papers at an index, days of a list) this identity holds:
 * `asked = observed + unchanged + gone + failed`.
 */
export type SignalReport = {
  readonly requests: number;
  readonly asked: number;
  /** Something new was found. */
  readonly observed: number;
  readonly unchanged: number;
  /** Not there, or not any more; asked again rarely. */
  readonly gone: number;
  /** No answer, or none that can be used; asked again within hours. */
  readonly failed: number;
  /** Of those with an answer, the ones that go by another name now. */
  readonly renamed: number;
  /** Due, and left to the next run because this one ended early. */
  readonly deferred: number;
  /** Observations that were added to the papers' history. */
  readonly recorded: number;
  /** Figures left out: missing, negative, no whole number, or larger than any value can be. */
  readonly rejected: number;
  /** Why the run ended before its budget or its targets did; null when it did not. */
  readonly endedEarly: EarlyEnd | null;
};

export type EarlyEnd = {
  readonly kind: 'rate-limited' | 'unavailable' | 'refused' | 'aborted';
  /** In words, for reports and logs. */
  readonly reason: string;
  /** When the source wants to be asked again, where it said so. */
  readonly retryAt: Date | null;
};

export const EMPTY_SIGNAL_REPORT: SignalReport = {
  requests: 0,
  asked: 0,
  observed: 0,
  unchanged: 0,
  gone: 0,
  failed: 0,
  renamed: 0,
  deferred: 0,
  recorded: 0,
  rejected: 0,
  endedEarly: null,
};
