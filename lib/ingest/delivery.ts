/**
 * What every source's adapter hands over, as an async iterable: the bodies it got, and the ones it did not. Where a
 * body came from, the network or a folder of recorded ones, makes no difference to what reads it.
 */

/** One body as received. */
export type Body = {
  readonly kind: 'body';
  /** File name or URL, for reports. */
  readonly origin: string;
  /** The day the body is about, `YYYY-MM-DD`. */
  readonly day: string;
  readonly text: string;
  /** When its figures (upvotes, stars) held. */
  readonly observedAt: Date;
  /** Place of its first entry in the day's list; not 0 where a day comes in pages. */
  readonly firstPosition: number;
  /** To be called once everything in the body is stored; until then the source may hand it over again. */
  acknowledge(): Promise<void>;
};

/** A body that could not be had: asked for again later, it may be. */
export type Missed = {
  readonly kind: 'missed';
  readonly origin: string;
  readonly day: string | null;
  readonly reason: string;
  /** When the remote wants to be asked again, where it said so. */
  readonly retryAt: Date | null;
};

/** Something among the bodies that is none, such as a README in a folder of recordings. */
export type Ignored = { readonly kind: 'ignored'; readonly origin: string; readonly reason: string };

export type Delivery = Body | Missed | Ignored;
