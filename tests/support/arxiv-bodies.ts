/**
 * Answers as arXiv writes them, for papers of our own: OAI-PMH in arXivRaw (oaipmh/templates in github.com/arXiv/oaipmh),
 * announcement feeds (github.com/arXiv/arxiv-feed) and the Atom API
 * (https://info.arxiv.org/help/api/user-manual.html).
 */
import type { AnnouncementKind } from '#lib/papers/paper.ts';

export type ArxivPaper = {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
  /** Primary first. */
  readonly categories: readonly string[];
  readonly comment: string | null;
  /** Submission of v1, v2, … */
  readonly versions: readonly Date[];
};

export function aPaper(fields: Partial<ArxivPaper> & { id: string }): ArxivPaper {
  return {
    title: `On ${fields.id}`,
    abstract: `We study ${fields.id}.`,
    authors: 'Ada Lovelace, Emmy Noether',
    categories: ['cs.LG'],
    comment: null,
    versions: [new Date('2026-02-27T12:00:00Z')],
    ...fields,
  };
}

const toXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const seconds = (instant: Date) => instant.toISOString().replace(/\.\d+Z$/, 'Z');

/** @param datestamp `YYYY-MM-DD` */
export function oaiRecord(paper: ArxivPaper, datestamp: string): string {
  const versions = paper.versions.map(
    (at, index) =>
      `<version version="v${index + 1}"><date>${at.toUTCString()}</date><size>10kb</size></version>`,
  );
  return `<record>${oaiHeader(paper.id, datestamp)}<metadata>
    <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${paper.id}</id><submitter>Ada Lovelace</submitter>
    ${versions.join('')}<title>${toXml(paper.title)}</title><authors>${toXml(paper.authors)}</authors>
    <categories>${paper.categories.join(' ')}</categories>
    ${paper.comment === null ? '' : `<comments>${toXml(paper.comment)}</comments>`}
    <abstract>  ${toXml(paper.abstract)}\n</abstract></arXivRaw></metadata></record>`;
}

export function deletedRecord(id: string, datestamp: string): string {
  return `<record>${oaiHeader(id, datestamp, ' status="deleted"')}</record>`;
}

function oaiHeader(id: string, datestamp: string, status = ''): string {
  return `<header${status}><identifier>oai:arXiv.org:${id}</identifier><datestamp>${datestamp}</datestamp></header>`;
}

/** @param token of the next page; null on the last one of a list, left out where the list has but one */
export function oaiPage(records: readonly string[], token?: string | null): string {
  const next = token === undefined ? '' : `<resumptionToken>${toXml(token ?? '')}</resumptionToken>`;
  return oaiAnswer(`<ListRecords>${records.join('\n')}${next}</ListRecords>`);
}

export function oaiError(code: string, text = `This is ${code}.`): string {
  return oaiAnswer(`<error code="${code}">${text}</error>`);
}

export function oaiAnswer(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <responseDate>2026-03-02T04:00:00Z</responseDate><request>https://oaipmh.arxiv.org/oai</request>
  ${content}
</OAI-PMH>`;
}

export type Announced = { readonly paper: ArxivPaper; readonly kind: AnnouncementKind };

const TYPE: Record<AnnouncementKind, string> = {
  new: 'new',
  'cross-list': 'cross',
  replacement: 'replace',
};

/** The feed of `day` (`YYYY-MM-DD`); `extra` is put in as it is, for entries that are none. */
export function announcementFeed(
  day: string,
  announced: readonly Announced[],
  extra: readonly string[] = [],
): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/cs.LG</id><title>cs.LG updates on arXiv.org</title>
  <updated>${day}T05:00:11.600500+00:00</updated><subtitle>cs.LG updates on the arXiv.org e-print archive.</subtitle>
  ${announced.map(({ paper, kind }) => feedEntry(paper, day, TYPE[kind])).join('\n')}${extra.join('\n')}</feed>`;
}

export function feedEntry(paper: ArxivPaper, day: string, type: string): string {
  const name = `${paper.id}v${paper.versions.length}`;
  return `<entry><id>oai:arXiv.org:${name}</id><title>${toXml(paper.title)}</title>
    <updated>${day}T05:00:11.600680+00:00</updated>
    <link href="https://arxiv.org/abs/${paper.id}" rel="alternate" type="text/html"/>
    <summary>arXiv:${name} Announce Type: ${type} \nAbstract: ${toXml(paper.abstract)}</summary>
    ${paper.categories.map((term) => `<category term="${term}"/>`).join('')}
    <published>${day}T00:00:00-05:00</published><arxiv:announce_type>${type}</arxiv:announce_type>
    <dc:creator>${toXml(paper.authors)}</dc:creator></entry>`;
}

/** What arXiv serves for a category it does not know. */
export function errorFeed(text: string): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>http://rss.arxiv.org/atom/cs.XX</id>
<title>Feed error for query "cs.XX"</title><updated>2026-03-02T05:00:00Z</updated><subtitle>${text}</subtitle></feed>`;
}

/** @param total how many match on all slices; as many as there are where left out */
export function atomAnswer(
  papers: readonly ArxivPaper[],
  { total = papers.length, start = 0 }: { total?: number; start?: number } = {},
): string {
  const count = (name: string, value: number) =>
    `<opensearch:${name} xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${value}</opensearch:${name}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">ArXiv Query</title>
  <updated>2026-03-02T00:00:00-05:00</updated>${count('totalResults', total)}${count('startIndex', start)}
  ${papers.map(atomEntry).join('\n')}</feed>`;
}

function atomEntry(paper: ArxivPaper): string {
  const [first = new Date(0)] = paper.versions;
  const scheme = 'scheme="http://arxiv.org/schemas/atom"';
  const names = paper.authors.split(', ').map((name) => `<author><name>${toXml(name)}</name></author>`);
  const comment =
    paper.comment === null
      ? ''
      : `<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">${toXml(paper.comment)}</arxiv:comment>`;
  return `<entry><id>http://arxiv.org/abs/${paper.id}v${paper.versions.length}</id>
    <updated>${seconds(paper.versions.at(-1) ?? first)}</updated><published>${seconds(first)}</published>
    <title>${toXml(paper.title)}</title><summary>  ${toXml(paper.abstract)}\n</summary>${names.join('')}${comment}
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="${paper.categories[0]}" ${scheme}/>
    ${paper.categories.map((term) => `<category term="${term}" ${scheme}/>`).join('')}</entry>`;
}

/** An error of the Atom API is a feed with one entry. */
export function atomError(code: string, text: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://arxiv.org/api/errors#${code}</id>
<title>Error</title><summary>${text}</summary></entry></feed>`;
}
