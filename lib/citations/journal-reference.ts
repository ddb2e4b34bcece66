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
