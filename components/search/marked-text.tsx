import type { Segment } from '#lib/search/highlight.ts';

/** Text with what matched in it marked; where nothing did, `otherwise`. */
export function MarkedText({ pieces, otherwise = '' }: { pieces: readonly Segment[]; otherwise?: string }) {
  if (pieces.length === 0) return otherwise;
  return pieces.map(({ text, isMatch }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name than their place
    isMatch ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
  );
}
