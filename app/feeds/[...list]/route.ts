import { listFeedIssues } from '#app/_data/digest.ts';
import { listFeedPapers } from '#app/_data/feeds.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { answerNotFound } from '#app/api/_http/conditional-answer.ts';
import { answerFeed } from '#app/api/_http/feed-answer.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { feedTitle } from '#components/edition/feed-links.tsx';
import { type FeedIssue, toFeed, toIssueFeed } from '#lib/feeds/feed.ts';
import { feedPathOf, pagePathOf, parseFeedAddress } from '#lib/feeds/feed-address.ts';
import { FEED_FORMATS } from '#lib/feeds/feed-format.ts';

import { answerSearchFeed } from '../search-feed.ts';

type Context = { params: Promise<{ list: string[] }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { list } = await params;
  const searchFormat = FEED_FORMATS.find((format) => list.join('/') === `search.${format}`);
  if (searchFormat !== undefined) return answerSearchFeed(request, searchFormat);
  const address = parseFeedAddress(list);
  if (address === null) return answerNotFound('There is no such feed. All of them are explained at /feeds.');
  const { source, format } = address;
  const title = feedTitle(source);
  const subject = {
    baseUrl: getBaseUrl(),
    title: `${SITE_NAME}: ${title}`,
    description: `${title}, with their abstracts.`,
    pagePath: pagePathOf(source),
    feedPath: feedPathOf(source),
  };
  const feed =
    source === 'issues'
      ? toIssueFeed(subject, (await listFeedIssues()).map(withDateLong))
      : toFeed(subject, await listFeedPapers(source));
  return answerFeed(request, format, feed);
}

function withDateLong(issue: Omit<FeedIssue, 'dateLong'>): FeedIssue {
  return { ...issue, dateLong: formatDayLong(issue.editionOn) };
}
