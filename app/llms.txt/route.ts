import { getBaseUrl } from '#app/_data/site.ts';
import { answerText } from '#app/api/_http/conditional-answer.ts';

export const dynamic = 'force-dynamic';

/** What a language model, or whoever writes a program for one, has to know of the site (https://llmstxt.org). */
export function GET(request: Request): Response {
  const base = getBaseUrl();
  const body = `# Paperboy

> A daily paper of research: which papers came out on which day, with their abstracts, and what is rising.

Every paper has one address, ${base}/papers/<arXiv id> or ${base}/papers/doi:<DOI>. Ask for it with
\`Accept: text/markdown\`, or add an ending. Metadata of arXiv is CC0; full texts are at arXiv and never here.

## Papers

- [Markdown](${base}/papers/1706.03762.md): everything known of a paper; mathematics as TeX
- [CSL-JSON](${base}/papers/1706.03762.json), [BibTeX](${base}/papers/1706.03762.bib), [RIS](${base}/papers/1706.03762.ris), [a formatted reference](${base}/papers/1706.03762.txt)

## Lists

- [The newest edition](${base}/): the papers of the newest day
- [The edition of a day](${base}/date/2025-03-12): any day, as YYYY-MM-DD
- [A category](${base}/list/cs.CL): any category or archive of arXiv
- [Trending](${base}/trending): what rises, and why

## Search

- [Papers that a query finds, JSON](${base}/api/v1/search?q=sparse+attention+cat:cs.CL): without a key; [OpenAPI](${base}/api/v1/openapi.json)
- [The language of queries](${base}/about/search): words, "phrases", -exclusion, AND OR NOT, au: ti: abs: cat: date: last: has:

## Feeds

- [The papers of every day, JSON Feed](${base}/feeds/daily.json): also as .rss and .atom
- [A category](${base}/feeds/list/cs.CL.json)
- [All feeds](${base}/feeds.opml): OPML

## Optional

- [Feeds explained](${base}/feeds)
- [Completeness and recurring work](${base}/about/status)
- [Sitemap](${base}/sitemap.xml)
`;
  return answerText(request, { body, contentType: 'text/markdown; charset=utf-8' });
}
