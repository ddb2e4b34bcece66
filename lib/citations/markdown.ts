/** A paper as Markdown: everything known of it, for notes, scripts and language models. TeX stays TeX. */

import { plugins } from '@citation-js/core';
import { absUrl, pdfUrl } from '#lib/papers/arxiv-id.ts';
import { categoryName } from '#lib/papers/category.ts';
import { toDay } from '#lib/papers/day.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import { type Listing, type ListName, SIGNAL_KINDS } from '#lib/papers/paper.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { toBibtex } from './bibtex.ts';
import '@citation-js/plugin-csl';
import { type Citable, toCslItem } from './citation.ts';

type Context = {
  /** The paper's page here, absolute. */
  readonly pageUrl: string;
  readonly listNames: Readonly<Record<ListName, string>>;
};

export function toMarkdown(paper: ListedPaper, context: Context): string {
  const parts = [
    `# ${toLine(paper.title)}`,
    paper.authors.map(toLine).join(', '),
    paper.isWithdrawn ? '**Withdrawn by its authors or by arXiv.**' : '',
    paper.abstract === '' ? '' : `## Abstract\n\n${toParagraphs(paper.abstract)}`,
    `## Particulars\n\n${listFacts(paper, context)
      .map(([name, value]) => `- **${name}**: ${value}`)
      .join('\n')}`,
    paper.listings.length === 0 ? '' : `## In the papers\n\n${listDays(paper.listings, context)}`,
    `## Citation\n\n${toLine(toReference(paper))}\n\n${fenced(toBibtex(paper))}`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function listFacts(paper: ListedPaper, { pageUrl }: Context): [name: string, value: string][] {
  const isArxiv = paper.registry === 'arxiv';
  const doi = isArxiv ? paper.doi : paper.identifier;
  const facts: [string, string | null | undefined | false][] = [
    ['Page', toLink(pageUrl)],
    ['arXiv', isArxiv && `${toLink(absUrl(paper.identifier))} (${toLink(pdfUrl(paper.identifier))})`],
    ['DOI', doi !== null && toLink(doiUrl(doi))],
    ['Submitted', paper.submittedAt && toDay(paper.submittedAt)],
    ['Newest version', paper.updatedAt && toDay(paper.updatedAt)],
    ['Versions', paper.versions.map((each) => `v${each.version} ${toDay(each.submittedAt)}`).join(', ')],
    ['Categories', paper.categories.map(withName).join(', ')],
    ['Keywords', paper.keywords.map(toLine).join(', ')],
    ['Comment', paper.comment && toLine(paper.comment)],
    ['Journal reference', paper.journalReference && toLine(paper.journalReference)],
    ['Licence', paper.license && toLinkOrText(paper.license)],
    ...paper.links.map(
      (link) =>
        [link.kind === 'repository' ? 'Code' : 'Project', toLinkOrText(link.url)] satisfies [string, string],
    ),
    ...SIGNAL_KINDS.map(
      (kind) =>
        [kind.replace(/^./, (first) => first.toUpperCase()), paper.signals[kind]?.toString()] satisfies [
          string,
          string | undefined,
        ],
    ),
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

function listDays(listings: readonly Listing[], { listNames }: Context): string {
  return listings
    .map(({ listedOn, list, kind, submittedBy }) => {
      const how = kind === 'new' ? '' : `, ${kind}`;
      const who = submittedBy === null ? '' : `, put forward by ${toLine(submittedBy)}`;
      return `- ${listedOn}: ${listNames[list]}${how}${who}`;
    })
    .join('\n');
}

function withName(code: string): string {
  const name = categoryName(code);
  return name === null ? toLine(code) : `${name} (${code})`;
}

/** Angle brackets make a link of any address, and need no escape but of themselves. */
function toLink(url: string): string {
  return `<${encodeURI(decodeSafely(url)).replace(/[<>]/g, encodeURIComponent)}>`;
}

function toLinkOrText(url: string): string {
  return /^https?:\/\//i.test(url) ? toLink(url) : toLine(url);
}

/** An address that is encoded already must not be so twice. */
function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch (error) {
    if (error instanceof URIError) return url.replaceAll('%', '%25');
    throw error;
  }
}

function toParagraphs(abstract: string): string {
  return abstract
    .split(/\n\s*\n/)
    .map(toLine)
    .filter(Boolean)
    .join('\n\n');
}

const FORMULA = /(\$\$[^$]*\$\$|\$[^$]*\$)/;

/** One line that is a paragraph whatever it begins with, holds no HTML, and no link that is not an address. */
function toLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const parts = line.split(FORMULA).map((part, at) => (at % 2 === 1 ? toFormula(part) : toProse(part)));
  return parts
    .join('')
    .replace(/^([#>+*=~|-]|\d{1,9}(?=[.)]))/, (mark) => (/\d/.test(mark) ? mark : `\\${mark}`))
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** `<` opens a tag before a letter; TeX has a name for it. */
function toFormula(formula: string): string {
  return formula.replace(/<(?=[a-zA-Z/!?])/g, '\\lt ').replaceAll('`', "'");
}

function toProse(text: string): string {
  return text
    .replace(/<(?=[a-zA-Z/!?])/g, '&lt;')
    .replace(/&(?=#?\w+;)/g, (all, at: number, whole: string) =>
      whole.startsWith('&lt;', at) ? all : '&amp;',
    )
    .replace(/\](?=[(:[])/g, '\\]')
    .replaceAll('`', '\\`');
}

/** A fence longer than any run of the same within. */
function fenced(bibtex: string): string {
  const longest = Math.max(2, ...(bibtex.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}bibtex\n${bibtex}${fence}`;
}

/** A reference as one reads it at the end of an article, in the style of the APA, through Citation.js. */

/** Plain text on one line. */
export function toReference(paper: Citable): string {
  const { abstract: _abstract, note: _note, ...item } = toCslItem(paper);
  const text = plugins.output.format('bibliography', [item], {
    format: 'text',
    template: 'apa',
    lang: 'en-US',
  });
  return String(text).replace(/\s+/g, ' ').trim();
}
