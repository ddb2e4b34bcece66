import { listSearchFeedPapers } from '#app/_data/search.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { answerNotFound } from '#app/conditional-answer.ts';
import { answerFeed } from '#app/feed-answer.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { toFeed } from '#lib/feeds/feed.ts';
import { FEED_FORMATS } from '#lib/feeds/feed-format.ts';
import { explainQuery } from '#lib/query/explain.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { parseSearchAddress, searchPath, toQueryString } from '#lib/search/search-address.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ format: string }> };

/** The newest papers that a query finds, at `/feeds/search.rss?q=…` (next.config.ts). */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { format: ending } = await params;
  const format = FEED_FORMATS.find((known) => known === ending);
  const { text } = parseSearchAddress(new URL(request.url).searchParams);
  if (format === undefined || text === '')
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
