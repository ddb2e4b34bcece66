/** One record of a file as it was split off: a line, an element of a JSON array, an entry of a bibliography. */

/** Where a record stands, for reports. */
export type RecordPlace = {
  /** 1-based line on which it begins; null where lines do not tell. */
  readonly line: number | null;
  /** 1-based count of records up to it. */
  readonly entry: number;
};

export type RawRecord = RecordPlace &
  (
    | { readonly kind: 'text'; readonly text: string }
    /** A value read out of a body as a whole; `repair` says what it was in place of JSON. */
    | { readonly kind: 'value'; readonly value: unknown; readonly repair: string | null }
    | { readonly kind: 'unreadable'; readonly reason: string }
  );

/** Cuts a stream of bytes, chunk by chunk, with no more memory than one chunk and one record. */
export type Splitter = {
  push(chunk: Uint8Array): RawRecord[];
  /** What was left unfinished. */
  end(): RawRecord[];
};

/** The longest record of arXiv's is 60 KB; a body of 100 daily papers on one line is about 1 MB. */
export const RECORD_BYTES_MAX = 8 * 1024 * 1024;
