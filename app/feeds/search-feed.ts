import { listSearchFeedPapers } from '#app/_data/search.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { answerNotFound } from '#app/api/_http/conditional-answer.ts';
import { answerFeed } from '#app/api/_http/feed-answer.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { toFeed } from '#lib/feeds/feed.ts';
import type { FeedFormat } from '#lib/feeds/feed-format.ts';
import { explainQuery } from '#lib/query/explain.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { parseSearchAddress, searchPath, toQueryString } from '#lib/search/search-address.ts';

/** The newest papers that a query finds, at `/feeds/search.rss?q=…`. */
export async function answerSearchFeed(request: Request, format: FeedFormat): Promise<Response> {
  const { text } = parseSearchAddress(new URL(request.url).searchParams);
  if (text === '')
    return answerNotFound('A feed of a search needs a query: /feeds/search.rss?q=graph+learning');
  const subject = {
    baseUrl: getBaseUrl(),
    title: `${SITE_NAME}: ${text}`,
    description: `${explainQuery(parseQuery(text).query).text}, the newest first, with their abstracts.`,
    pagePath: searchPath({ text }),
    feedPath: '/feeds/search',
    query: toQueryString({ q: text }).slice(1),
  };
  return answerFeed(request, format, toFeed(subject, await listSearchFeedPapers(text)));
}
