/** A feed as an answer: what every address under /feeds says, the search's included. */
import type { Feed } from '#lib/feeds/feed.ts';
import { FEED_MEDIA_TYPE, type FeedFormat, writeFeed } from '#lib/feeds/feed-format.ts';
import { answerText } from './conditional-answer.ts';

export function answerFeed(request: Request, format: FeedFormat, feed: Feed): Response {
  return answerText(request, {
    body: writeFeed(feed, format),
    contentType: `${FEED_MEDIA_TYPE[format]}; charset=utf-8`,
    isDated: true,
  });
}
