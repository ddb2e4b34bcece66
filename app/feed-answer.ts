/** A feed as an answer: what every address under /feeds says, the search's included. */
import { type FeedPaper, type FeedSubject, toFeed } from '#lib/feeds/feed.ts';
import { FEED_MEDIA_TYPE, type FeedFormat, writeFeed } from '#lib/feeds/feed-format.ts';
import { answerText } from './conditional-answer.ts';

export function answerFeed(
  request: Request,
  format: FeedFormat,
  subject: FeedSubject,
  papers: readonly FeedPaper[],
): Response {
  return answerText(request, {
    body: writeFeed(toFeed(subject, papers), format),
    contentType: `${FEED_MEDIA_TYPE[format]}; charset=utf-8`,
    isDated: true,
  });
}
