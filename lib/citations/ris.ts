/**
 * RIS through Citation.js (https://web.archive.org/web/20100704171416/http://www.refman.com/support/risformat_intro.asp). The lines are
 * written here: the library breaks them after 70 characters, within words and addresses.
 */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-ris';
import { type Citable, toCslItem } from './citation.ts';
import { withWholeFamily } from './name.ts';

/** What Crossref calls a preprint in this format. */
const PREPRINT = 'UNPB';

/** One record; its lines end as the format wants them, in CR and LF. */
export function toRis(paper: Citable): string {
  const { keyword: _keyword, note: _note, ...item } = toCslItem(paper);
  // The library has no place for particles and leaves them out.
  const author = item.author.map(withWholeFamily);
  const [found] = plugins.output.format('ris', [{ ...item, author }], { format: 'object' }) as Record<
    string,
    unknown
  >[];
  const { TY, C7: _number, LA: _language, ...fields } = found ?? {};
  const tags: [tag: string, value: unknown][] = [
    ['TY', item.type === 'article' ? PREPRINT : TY],
    ...Object.entries(fields),
    ...(item.number === undefined ? [] : [['M1', item.number] as [string, unknown]]),
    ...paper.keywords.map((keyword): [string, unknown] => ['KW', keyword]),
    ...(paper.comment === null ? [] : [['N1', paper.comment] as [string, unknown]]),
  ];
  const lines = tags.flatMap(([tag, value]) =>
    [value].flat().map((single) => `${tag}  - ${oneLine(single)}`),
  );
  return `${[...lines, 'ER  - '].join('\r\n')}\r\n`;
}

/** A line break would end the field, and what follows it could pass for another. */
function oneLine(value: unknown): string {
  return String(value).replace(/\s+/g, ' ').trim();
}
