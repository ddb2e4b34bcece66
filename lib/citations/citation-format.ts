/** The forms in which a paper can be taken along, by the ending of their address: `/papers/1706.03762.bib`. */
import type { ListName } from '#lib/papers/paper.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { toBibtex } from './bibtex.ts';
import { toCslItem } from './citation.ts';
import { toMarkdown, toReference } from './markdown.ts';
import { toRis } from './ris.ts';

export const CITATION_FORMATS = ['bib', 'ris', 'json', 'md', 'txt'] as const;
export type CitationFormat = (typeof CITATION_FORMATS)[number];

type Context = { readonly pageUrl: string; readonly listNames: Readonly<Record<ListName, string>> };

/** Media types as IANA, Crossref and Zotero know them. */
export const MEDIA_TYPE: Readonly<Record<CitationFormat, string>> = {
  bib: 'application/x-bibtex; charset=utf-8',
  ris: 'application/x-research-info-systems; charset=utf-8',
  json: 'application/vnd.citationstyles.csl+json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

const WRITE: Readonly<Record<CitationFormat, (paper: ListedPaper, context: Context) => string>> = {
  bib: toBibtex,
  ris: toRis,
  // The schema's root is an array, as pandoc and Zotero expect.
  json: (paper) => `${JSON.stringify([toCslItem(paper)], null, 2)}\n`,
  md: toMarkdown,
  txt: (paper) => `${toReference(paper)}\n`,
};

/** Controls that no format may hold, and the overrides that reorder what stands around them. */
const UNPRINTABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

export function isCitationFormat(text: string): text is CitationFormat {
  return CITATION_FORMATS.some((format) => format === text);
}

export function writeCitation(format: CitationFormat, paper: ListedPaper, context: Context): string {
  return WRITE[format](paper, context).replace(UNPRINTABLE, '').toWellFormed();
}

/** `hep-th-9901001.bib`: an identifier may hold what no file may be called. */
export function citationFilename(identifier: string, format: CitationFormat): string {
  return `${identifier.replace(/[^\w.-]+/g, '-').slice(0, 100)}.${format}`;
}
