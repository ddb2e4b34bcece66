/** An abstract in the room a mail has for it. */

/** Words that end in a full stop and no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|et al|cf|vs|etc|resp|approx|Figs?|Eqs?|Secs?|Refs?|No|St|Dr|Prof|[A-Z])\.$/;

const SENTENCE_END = /[.!?]["'”’)\]]*(?=\s+["'“‘([]*[\p{Lu}\p{Lt}\p{Lo}\p{N}])|[。！？]["'”’）」』]*/gu;

/** A cut that leaves less than this part of the room would waste it: then the cut is between words. */
const FILL_MIN = 0.45;

/** At most `lengthMax` characters of `text`, ending with a sentence where one ends in time; `…` says that more follows. */
export function shortenAtSentence(text: string, lengthMax: number): string {
  const whole = text.replace(/\s+/g, ' ').trim();
  if (whole.length <= lengthMax) return whole;
  if (lengthMax < 2) return '';
  const room = lengthMax - 2;
  let end = 0;
  for (const match of whole.matchAll(SENTENCE_END)) {
    const stop = match.index + match[0].length;
    if (stop > room) break;
    if (!ABBREVIATION.test(whole.slice(Math.max(0, stop - 12), stop))) end = stop;
  }
  return end >= lengthMax * FILL_MIN ? `${whole.slice(0, end)} …` : shortenAtWord(whole, lengthMax);
}

/** At most `lengthMax` characters of `text`, cut between words where it has any. */
export function shortenAtWord(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const kept = text.slice(0, lengthMax - 1);
  const space = kept.lastIndexOf(' ');
  // Never half of a character outside the basic plane.
  const cut = space > lengthMax * FILL_MIN ? kept.slice(0, space) : kept.replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/[\s,;:.–—-]+$/u, '')}…`;
}
