/**
 * Names out of arXiv's author line (https://info.arxiv.org/help/prep.html#author): `A. Author, B. Author and C. Author
 * (Inst.)`. Affiliations in parentheses are left out; a collaboration is an author like any other.
 */
import { texToText } from '#lib/tex/tex.ts';
import { toStorableText } from '#lib/text/storable-text.ts';

/** The largest collaborations sign with some 5,000 names. */
const AUTHORS_MAX = 10_000;
const NAME_CHARS_MAX = 300;
/** `(1 and 2 ((1) Inst.))` is two deep; what is deeper is not an affiliation. */
const NESTING_MAX = 8;

const INNERMOST_PARENTHESES = /\([^()]*\)/g;
const UNCLOSED_PARENTHESIS = /\([^,;]*/g;
const SEPARATOR = /\s*[,;:]\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+/;
const SUFFIX = /^(?:Jr|Sr)\.?$|^(?:II|III|IV)$/;
const ET_AL = /\s*\bet\.?\s+al\.?$/i;
const TEX = /[\\${}~^]/;

/** In order. A name that an author line cannot hold (no letter in it, or longer than any) is left out. */
export function splitAuthors(line: string): string[] {
  const names: string[] = [];
  for (const part of withoutAffiliations(line).split(SEPARATOR, AUTHORS_MAX)) {
    const last = names.at(-1);
    if (SUFFIX.test(part.trim()) && last !== undefined) names[names.length - 1] = `${last}, ${part.trim()}`;
    else names.push(...toNames(part));
  }
  return names;
}

/** What the formats with names in parts hold: `keyname` is the family name, or the whole name of a collaboration. */
export function joinName(forenames: string | null, keyname: string | null, suffix: string | null): string[] {
  return toNames([forenames, keyname, suffix].filter((part) => part !== null).join(' '));
}

/** Dublin Core's `Last, First`; arXiv puts a suffix behind the family name (`Rodrigues Jr, Waldyr A.`). */
export function turnName(creator: string): string[] {
  const parts = creator.split(/\s*,\s*/);
  const last = parts.pop() ?? '';
  if (parts.length === 0) return toNames(last);
  if (SUFFIX.test(last) && parts.length === 2) return toNames(`${parts[1]} ${parts[0]} ${last}`);
  return toNames(`${last} ${parts.join(', ')}`);
}

/** All names of a paper, from one list for each of its elements; no more than an author line would give. */
export function firstAuthors(names: readonly string[][]): string[] {
  return names.slice(0, AUTHORS_MAX).flat();
}

function withoutAffiliations(line: string): string {
  let rest = line;
  for (let depth = 0; depth < NESTING_MAX && rest.includes('('); depth += 1) {
    rest = rest.replace(INNERMOST_PARENTHESES, ' ');
  }
  return rest.replace(UNCLOSED_PARENTHESIS, ' ').replaceAll(')', ' ');
}

/** One name, or none. */
function toNames(part: string): string[] {
  const text = TEX.test(part) ? texToText(part) : part;
  const name = toStorableText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(ET_AL, '')
    .replace(/^and\s/, '');
  return /\p{L}/u.test(name) && name.length <= NAME_CHARS_MAX ? [name] : [];
}
