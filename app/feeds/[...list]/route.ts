import { listFeedPapers } from '#app/_data/feeds.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { answerNotFound } from '#app/conditional-answer.ts';
import { answerFeed } from '#app/feed-answer.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { feedTitle } from '#components/edition/feed-links.tsx';
import { feedPathOf, parseFeedAddress } from '#lib/feeds/feed-address.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';

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
    pagePath: source === 'daily' ? '/' : paperListPath(source),
    feedPath: feedPathOf(source),
  };
  return answerFeed(request, format, subject, await listFeedPapers(source));
}
