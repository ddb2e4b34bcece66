import { listFeedIssues } from '#app/_data/digest.ts';
import { listFeedPapers } from '#app/_data/feeds.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { answerNotFound } from '#app/conditional-answer.ts';
import { answerFeed } from '#app/feed-answer.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { feedTitle } from '#components/edition/feed-links.tsx';
import { toFeed } from '#lib/feeds/feed.ts';
import { feedPathOf, pagePathOf, parseFeedAddress } from '#lib/feeds/feed-address.ts';
import { toIssueFeed } from '#lib/feeds/issue-feed.ts';

type Context = { params: Promise<{ list: string[] }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const address = parseFeedAddress((await params).list);
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
      ? toIssueFeed(subject, await listFeedIssues())
      : toFeed(subject, await listFeedPapers(source));
  return answerFeed(request, format, feed);
}
