/**
 * A paper as an entry of a bibliography: CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html), from
 * which every other form is made. A paper whose journal reference can be taken apart is that article; any other is a
 * preprint on arXiv.
 */
import { absUrl } from '#lib/papers/arxiv-id.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { texToText } from '#lib/tex/tex.ts';
import { type CslName, toCslName, withWholeFamily } from './name.ts';

export type CslItem = {
  readonly id: string;
  readonly 'citation-key': string;
  readonly type: 'article' | 'article-journal';
  readonly title: string;
  readonly author: readonly CslName[];
  readonly issued?: { readonly 'date-parts': readonly [readonly number[]] };
  readonly abstract?: string;
  readonly keyword?: string;
  readonly 'container-title'?: string;
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  readonly number?: string;
  readonly publisher?: string;
  readonly DOI?: string;
  readonly URL: string;
  readonly note?: string;
  readonly language?: string;
};

export type Citable = Omit<Paper, 'key' | 'signals' | 'firstListedOn'>;

/** Words of a title that tell papers apart badly, in a citation key. */
const STOP_WORDS = new Set(
  'a an the on in of for to and with from by at is are be as or via what how'.split(' '),
);
const KEY_PART_CHARS_MAX = 30;

export function toCslItem(paper: Citable): CslItem {
  const author = paper.authors.map(toPlain).filter(Boolean).map(toCslName);
  const published = paper.journalReference === null ? null : parseJournalReference(paper.journalReference);
  const issued = issuedOn(paper, published);
  const key = citationKey(author, issued?.[0] ?? null, paper);
  return {
    id: key,
    'citation-key': key,
    title: paper.titleText,
    author,
    ...(issued !== null && { issued: { 'date-parts': [issued] } }),
    ...(paper.abstractText !== '' && { abstract: paper.abstractText }),
    ...(paper.keywords.length > 0 && { keyword: paper.keywords.join(', ') }),
    ...publication(paper, published),
    ...noteOf(paper, published),
    language: 'en',
  };
}

/** Where it appeared. A preprint's DOI is the one that DataCite gives every arXiv paper (https://info.arxiv.org/help/doi.html). */
function publication(paper: Citable, published: JournalReference | null) {
  const isArxiv = paper.registry === 'arxiv';
  const doi = isArxiv ? paper.doi : paper.identifier;
  if (published !== null) {
    return {
      type: 'article-journal',
      'container-title': published.journal,
      volume: published.volume,
      ...(published.issue !== null && { issue: published.issue }),
      ...(published.page !== null && { page: published.page }),
      ...(doi !== null && { DOI: doi }),
      URL: isArxiv ? absUrl(paper.identifier) : doiUrl(paper.identifier),
    } as const;
  }
  if (!isArxiv) return { type: 'article', DOI: paper.identifier, URL: doiUrl(paper.identifier) } as const;
  return {
    type: 'article',
    number: `arXiv:${paper.identifier}`,
    publisher: 'arXiv',
    DOI: `10.48550/arXiv.${paper.identifier}`,
    URL: absUrl(paper.identifier),
  } as const;
}

function noteOf(paper: Citable, published: JournalReference | null): Pick<CslItem, 'note'> {
  const whole = published === null ? paper.journalReference : null;
  const appeared = whole === null ? null : `Appeared in ${whole}`;
  const publisher =
    published === null && paper.registry === 'arxiv' && paper.doi !== null ? doiUrl(paper.doi) : null;
  const notes = [appeared, publisher, paper.comment === null ? null : toPlain(paper.comment)];
  const note = notes.filter((part) => part !== null && part !== '').join('. ');
  return note === '' ? {} : { note };
}

/** A journal's year; a preprint's day. */
function issuedOn(paper: Citable, published: JournalReference | null): number[] | null {
  if (published !== null) return [published.year];
  const { submittedAt } = paper;
  if (submittedAt !== null) {
    return [submittedAt.getUTCFullYear(), submittedAt.getUTCMonth() + 1, submittedAt.getUTCDate()];
  }
  return paper.registry === 'arxiv' ? monthOfArxivId(paper.identifier) : null;
}

/** Every arXiv identifier tells its month: `1706.03762`, `hep-th/9901001`. */
function monthOfArxivId(identifier: string): number[] | null {
  const [, year, month] = /(?:^|\/)(\d\d)(\d\d)/.exec(identifier) ?? [];
  if (year === undefined) return null;
  return [Number(year) + (Number(year) >= 91 ? 1900 : 2000), Number(month)];
}

/** `vaswani2017attention`, as Google Scholar makes them; where a name has no Latin letters, by the identifier. */
function citationKey(author: readonly CslName[], year: number | null, paper: Citable): string {
  const [first] = author.map(withWholeFamily);
  const name = first === undefined ? '' : 'literal' in first ? first.literal : first.family;
  const words = paper.titleText.split(/[^\p{L}\p{N}\p{M}]+/u).map(toLetters);
  const word = words.find((candidate) => candidate.length > 1 && !STOP_WORDS.has(candidate)) ?? '';
  const family = toLetters(name);
  if (family === '' || word === '') return `${paper.registry}${toLetters(paper.identifier)}`;
  return `${family.slice(0, KEY_PART_CHARS_MAX)}${year ?? ''}${word.slice(0, KEY_PART_CHARS_MAX)}`;
}

/** `Gutiérrez` → `gutierrez`, `Łukasz` → `lukasz`. */
function toLetters(text: string): string {
  const latin = text.replace(/[łŁ]/g, 'l').replace(/[øØ]/g, 'o').replace(/ß/g, 'ss').replace(/[æÆ]/g, 'ae');
  return latin
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9]/g, '')
    .toLowerCase();
}

/** Names and comments may hold TeX (`Erd\H{o}s`). */
function toPlain(text: string): string {
  return /[\\${}~^]/.test(text) ? texToText(text) : text.replace(/\s+/g, ' ').trim();
}

/**
 * Journal references as authors type them on arXiv (https://info.arxiv.org/help/jref.html), taken apart where their
 * form leaves no doubt. There is no standard: what fits none of these forms stays whole, as a note.
 */

export type JournalReference = {
  readonly journal: string;
  readonly volume: string;
  readonly issue: string | null;
  /** First page, page range, or article number. */
  readonly page: string | null;
  readonly year: number;
};

const JOURNAL = String.raw`(?<journal>\p{L}[\p{L}\s.:&'()-]{1,100}?)`;
const VOLUME = String.raw`(?:vol(?:ume)?\.?\s*)?(?<volume>[A-Z]?\d{1,4})`;
const ISSUE = String.raw`(?:\s*\((?<issue>\d{1,4})\)|,?\s*(?:no\.?|issue|number)\s*(?<number>\d{1,3}))?`;
const PAGE = String.raw`(?:pp?\.?|pages?)?\s*(?<page>[A-Za-z]?\d{1,7}(?:\s*[-–]+\s*[A-Za-z]?\d{1,7})?)`;
const YEAR = String.raw`(?<year>(?:19|20)\d\d)`;

const FORMS: readonly RegExp[] = [
  // Phys.Rev. D59 (1999) 105006; J. Phys. A: Math. Gen. 36 (2003) 1-20
  `^${JOURNAL},?\\s*${VOLUME}${ISSUE}[,:]?\\s*\\(${YEAR}\\),?\\s*(?:${PAGE})?$`,
  // Phys. Rev. Lett. 90, 012345 (2003); Nature 521 (7553), 436-444 (2015)
  `^${JOURNAL},?\\s*${VOLUME}${ISSUE}\\s*[,:]\\s*${PAGE}\\s*[,.]?\\s*\\(${YEAR}\\)$`,
  // Astrophys.J.588:331-341,2003
  `^${JOURNAL},?\\s*${VOLUME}${ISSUE}\\s*:\\s*${PAGE},\\s*${YEAR}$`,
  // Neural Networks, vol. 12, no. 3, pp. 1-20, 1999
  `^${JOURNAL},\\s*${VOLUME}${ISSUE},\\s*${PAGE},\\s*${YEAR}$`,
].map((form) => new RegExp(form, 'iu'));

const CHARS_MAX = 300;

/** Null where the text leaves a doubt. */
export function parseJournalReference(text: string): JournalReference | null {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
  if (line.length > CHARS_MAX) return null;
  for (const form of FORMS) {
    const { journal, volume, issue, number, page, year } = form.exec(line)?.groups ?? {};
    if (journal === undefined || volume === undefined) continue;
    return {
      journal: journal.trim(),
      volume,
      issue: issue ?? number ?? null,
      page: page?.replace(/\s*[-–]+\s*/, '-') ?? null,
      year: Number(year),
    };
  }
  return null;
}
