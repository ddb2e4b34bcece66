/** One record of a file as it was split off: a line, an element of a JSON array, an entry of a bibliography. */

/** Position of a record in its file, for reports. */
export type RecordPlace = {
  /** 1-based line on which it begins; null where lines do not tell. */
  readonly line: number | null;
  /** 1-based count of records up to it. */
  readonly entry: number;
};

export type RawRecord = RecordPlace &
  (
    | { readonly kind: 'text'; readonly text: string }
    /** A value from a body that was parsed as a whole; `repair` says what it was instead of JSON. */
    | { readonly kind: 'value'; readonly value: unknown; readonly repair: string | null }
    | { readonly kind: 'unreadable'; readonly reason: string }
  );

/** Splits a stream of bytes into records, in the memory of one chunk and one record. */
export type Splitter = {
  push(chunk: Uint8Array): RawRecord[];
  /** The last record, where it was not finished. */
  end(): RawRecord[];
};

/** The longest record of arXiv's is 60 KB; a body of 100 daily papers on one line is about 1 MB. */
export const RECORD_BYTES_MAX = 8 * 1024 * 1024;
