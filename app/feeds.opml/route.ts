import { getSubjectGroups } from '#app/_data/catalogue.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { answerText } from '#app/api/_http/conditional-answer.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { feedTitle } from '#components/edition/feed-links.tsx';
import { type FeedSource, feedPathOf, pagePathOf } from '#lib/feeds/feed-address.ts';
import { writeOpml } from '#lib/feeds/feed-format.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';

/** Every feed of the site, to be taken into a reader at once. */
export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const front: FeedSource[] = [
    'daily',
    'issues',
    ...TRENDING_WINDOWS.map((window) => ({ kind: 'trending' as const, window })),
  ];
  const subjects = (await getSubjectGroups()).map(({ name, subjects: ofGroup }) => ({
    title: name,
    feeds: ofGroup.map((subject) => toLink({ kind: 'subject', subject, day: null })),
  }));
  return answerText(request, {
    body: writeOpml(`${SITE_NAME}: all feeds`, [{ title: SITE_NAME, feeds: front.map(toLink) }, ...subjects]),
    contentType: 'text/x-opml; charset=utf-8',
    filename: 'paperboy-feeds.opml',
  });
}

function toLink(source: FeedSource) {
  const baseUrl = getBaseUrl();
  return {
    title: feedTitle(source),
    pageUrl: baseUrl + pagePathOf(source),
    feedUrl: `${baseUrl}${feedPathOf(source)}.atom`,
  };
}
