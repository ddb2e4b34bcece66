/**
 * BibTeX through Citation.js, which knows types, fields and names. Two things it cannot do: keep the TeX of a title,
 * and write characters its table lacks (it drops 王). So text is made fit for TeX before, in UTF-8, which LaTeX reads
 * since 2018 and biber always has; and the fields that arXiv added to the format (https://info.arxiv.org/help/hypertex/bibstyles)
 * come after.
 */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { type Citable, type CslItem, toCslItem } from './citation.ts';
import type { CslName } from './name.ts';
import { texOf, textToTex } from './tex-text.ts';

type Entry = { readonly type: string; readonly label: string; readonly properties: Record<string, string> };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** One entry, ended by a line break. */
export function toBibtex(paper: Citable): string {
  const item = toCslItem(paper);
  const format = plugins.config.get('@bibtex').format;
  format.useIdAsLabel = true;
  format.asciiOnly = false;
  const [entry] = plugins.output.format('bibtex', [toTexItem(item)], { format: 'object' }) as Entry[];
  if (entry === undefined) throw new Error('Citation.js made no entry of an item.');
  const { author, month: _month, title: _title, howpublished: _howpublished, ...rest } = entry.properties;
  const fields: [name: string, value: string | undefined][] = [
    ['title', texOf(paper.title, { keepsCase: true })],
    ['author', author],
    ...Object.entries(rest),
    ...eprint(paper),
    ['abstract', paper.abstract === '' ? undefined : texOf(paper.abstract)],
    ['keywords', item.keyword === undefined ? undefined : textToTex(item.keyword)],
  ];
  const written = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},`]));
  // The name of a month is a macro: a style writes it in its own language.
  const month = MONTHS[(item.issued?.['date-parts'][0][1] ?? 0) - 1];
  if (month !== undefined) written.push(`  month = ${month},`);
  // An article without a journal is one that every style complains of.
  const type = entry.type === 'article' && item['container-title'] === undefined ? 'misc' : entry.type;
  return `@${type}{${item.id},\n${written.join('\n')}\n}\n`;
}

function eprint(paper: Citable): [string, string | undefined][] {
  if (paper.registry !== 'arxiv') return [];
  return [
    ['eprint', paper.identifier],
    ['archivePrefix', 'arXiv'],
    ['primaryClass', paper.primaryCategory ?? undefined],
  ];
}

/** What the library copies as it is, escaped. */
function toTexItem({ abstract: _abstract, keyword: _keyword, number: _number, ...item }: CslItem): CslItem {
  return {
    ...item,
    author: item.author.map(toTexName),
    ...(item.note !== undefined && { note: textToTex(item.note) }),
    ...(item['container-title'] !== undefined && { 'container-title': textToTex(item['container-title']) }),
  };
}

function toTexName(name: CslName): CslName {
  if ('literal' in name) return { literal: textToTex(name.literal) };
  return { ...name, family: textToTex(name.family), given: textToTex(name.given) };
}
