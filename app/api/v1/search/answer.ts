/** The answer of a search as programs read it: the shape that /api/v1/openapi.json describes. */

import { FEED_FORMATS, feedPath } from '#lib/feeds/feed-format.ts';
import { absUrl, pdfUrl } from '#lib/papers/arxiv-id.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import { paperPath } from '#lib/papers/paper.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { explainQuery } from '#lib/query/explain.ts';
import { searchPath, toQueryString } from '#lib/search/search-address.ts';
import type { Result, SearchAnswer } from '#lib/search/search-papers.ts';
import type { SearchParameters } from './parameters.ts';

export function toSearchJson(asked: SearchParameters, answer: SearchAnswer, baseUrl: string) {
  return {
    query: asked.text,
    searched: answer.normalForm,
    explanation: explainQuery(answer.searched).text,
    sort: answer.sort,
    warnings: answer.warnings,
    corrections: answer.corrections,
    didYouMean: answer.didYouMean,
    dropped: answer.dropped,
    total: { count: answer.total, isExact: answer.isTotalExact },
    papers: answer.results.map((result) => toPaperJson(result, baseUrl)),
    facets: Object.fromEntries(answer.facets.map(({ kind, facets }) => [kind, facets])),
    next: answer.nextCursor,
    links: toLinks(asked, answer.nextCursor, baseUrl),
  };
}

function toPaperJson({ paper, title, passage }: Result, baseUrl: string) {
  const { registry, identifier } = paper;
  return {
    archive: registry,
    id: identifier,
    url: baseUrl + paperPath(paper),
    title: paper.titleText,
    abstract: paper.abstractText,
    authors: paper.authors,
    categories: paper.categories,
    primaryCategory: paper.primaryCategory,
    submittedAt: paper.submittedAt,
    updatedAt: paper.updatedAt,
    firstListedOn: paper.firstListedOn,
    comment: paper.comment,
    journalReference: paper.journalReference,
    doi: registry === 'doi' ? identifier : paper.doi,
    isWithdrawn: paper.isWithdrawn,
    signals: paper.signals,
    links: toPaperLinks(paper),
    matches: { title, passage },
  };
}

function toPaperLinks({ registry, identifier, links }: ListedPaper) {
  const web = links.filter(({ url }) => /^https?:\/\//i.test(url));
  return {
    abstract: registry === 'arxiv' ? absUrl(identifier) : doiUrl(identifier),
    pdf: registry === 'arxiv' ? pdfUrl(identifier) : null,
    code: web.filter(({ kind }) => kind === 'repository').map(({ url }) => url),
    project: web.filter(({ kind }) => kind === 'project').map(({ url }) => url),
  };
}

function toLinks(asked: SearchParameters, next: string | null, baseUrl: string) {
  const { text, sort, limit } = asked;
  const address = (cursor: string | null) =>
    `${baseUrl}/api/v1/search${toQueryString({ q: text, sort, limit, cursor })}`;
  const query = toQueryString({ q: text }).slice(1);
  return {
    self: address(asked.cursor),
    first: address(null),
    next: next === null ? null : address(next),
    html: baseUrl + searchPath({ text, sort }),
    feeds: Object.fromEntries(
      FEED_FORMATS.map((format) => [
        format,
        baseUrl + feedPath({ feedPath: '/feeds/search', query }, format),
      ]),
    ),
  };
}
