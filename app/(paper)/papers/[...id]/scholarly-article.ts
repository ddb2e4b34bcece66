/**
 * A paper for programs that read its page: schema.org's ScholarlyArticle (https://schema.org/ScholarlyArticle) and the
 * tags that Google Scholar and Zotero look for (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing).
 */

import { absUrl, pdfUrl } from '#lib/papers/arxiv-id.ts';
import { toDay } from '#lib/papers/day.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import { cameOutOn, type Paper } from '#lib/papers/paper.ts';
import { texToText } from '#lib/tex/tex.ts';

export type MetaTags = Record<string, string | string[]>;

/** More would weigh more than the page; the citation files have them all. */
const AUTHORS_MAX = 300;

export function toScholarlyArticle(paper: Paper, url: string): Record<string, unknown> {
  const { registry, identifier, doi } = paper;
  const publisher = registry === 'doi' ? identifier : doi;
  const sameAs = [
    ...(registry === 'arxiv' ? [absUrl(identifier)] : []),
    ...(publisher === null ? [] : [doiUrl(publisher)]),
  ];
  return dropUnknown({
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    '@id': url,
    url,
    sameAs,
    headline: paper.titleText,
    abstract: paper.abstractText,
    author: paper.authors.slice(0, AUTHORS_MAX).map((name) => ({ '@type': 'Person', name: texToText(name) })),
    datePublished: cameOutOn(paper),
    dateModified: paper.updatedAt && toDay(paper.updatedAt),
    identifier: registry === 'arxiv' ? `arXiv:${identifier}` : `doi:${identifier}`,
    keywords: paper.keywords,
    license: paper.license,
    isAccessibleForFree: registry === 'arxiv' ? true : null,
  });
}

export function toCitationTags(paper: Paper): MetaTags {
  const { registry, identifier, doi } = paper;
  const publishedOn = paper.submittedAt === null ? paper.firstListedOn : toDay(paper.submittedAt);
  return dropUnknown({
    citation_title: paper.titleText,
    citation_author: paper.authors.slice(0, AUTHORS_MAX).map((name) => texToText(name)),
    citation_publication_date: publishedOn?.replaceAll('-', '/'),
    citation_online_date: paper.updatedAt && toDay(paper.updatedAt).replaceAll('-', '/'),
    citation_doi: registry === 'doi' ? identifier : doi,
    citation_arxiv_id: registry === 'arxiv' ? identifier : null,
    citation_pdf_url: registry === 'arxiv' ? pdfUrl(identifier) : null,
    citation_keywords: paper.keywords.join('; '),
  });
}

function dropUnknown<Value>(fields: Record<string, Value | null | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
        ? []
        : [[name, value]],
    ),
  );
}
