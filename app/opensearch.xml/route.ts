import { getBaseUrl } from '#app/_data/site.ts';
import { answerText } from '#app/api/_http/conditional-answer.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { escapeHtml } from '#lib/escape.ts';

export const dynamic = 'force-dynamic';

/** So that a browser can search here from its address bar (https://github.com/dewitt/opensearch). */
export function GET(request: Request): Response {
  const base = escapeHtml(getBaseUrl());
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>${SITE_NAME}</ShortName>
  <Description>Search titles and abstracts of research papers</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="192" height="192" type="image/png">${base}/icons/icon-192.png</Image>
  <Url type="text/html" template="${base}/search?q={searchTerms}"/>
  <Url type="application/json" template="${base}/api/v1/search?q={searchTerms}"/>
  <Url type="application/atom+xml" template="${base}/feeds/search.atom?q={searchTerms}"/>
  <Url type="application/rss+xml" template="${base}/feeds/search.rss?q={searchTerms}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="${base}/opensearch.xml"/>
</OpenSearchDescription>
`;
  return answerText(request, { body, contentType: 'application/opensearchdescription+xml; charset=utf-8' });
}
