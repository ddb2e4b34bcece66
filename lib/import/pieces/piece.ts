/** What a file is cut into: a line, an element of a JSON array, an entry of a bibliography. */

/** Where a piece stands, for reports. */
export type Place = {
  /** 1-based line on which it begins; null where lines do not tell. */
  readonly line: number | null;
  /** 1-based count of pieces up to it. */
  readonly entry: number;
};

export type Piece = Place &
  (
    | { readonly kind: 'text'; readonly text: string }
    /** A value read out of a body as a whole; `repair` says what it was in place of JSON. */
    | { readonly kind: 'value'; readonly value: unknown; readonly repair: string | null }
    | { readonly kind: 'lost'; readonly reason: string }
  );

/** Cuts a stream of bytes, chunk by chunk, with no more memory than one chunk and one piece. */
export type Splitter = {
  push(chunk: Uint8Array): Piece[];
  /** What was left unfinished. */
  end(): Piece[];
};

/** The longest record of arXiv's is 60 KB; a body of 100 daily papers on one line is about 1 MB. */
export const PIECE_BYTES_MAX = 8 * 1024 * 1024;
