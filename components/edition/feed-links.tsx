import { type FeedSource, feedPathOf } from '#lib/feeds/feed-address.ts';
import { FEED_FORMATS, type FeedFormat } from '#lib/feeds/feed-format.ts';
import { listTitle } from './list-title.ts';

export const FEED_NAME: Readonly<Record<FeedFormat, string>> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
};

export function feedTitle(source: FeedSource): string {
  return source === 'daily' ? 'The papers of every day' : listTitle(source);
}

/** The same list in the formats of feed readers. `name` says whose it is, where the page around does not. */
export function FeedLinks({ source }: { source: FeedSource }) {
  const path = feedPathOf(source);
  return (
    <p className="feed-links">
      <span className="feed-verb">Follow </span>
      {FEED_FORMATS.map((format, at) => (
        <span key={format}>
          {at > 0 && <span aria-hidden="true"> · </span>}
          <a href={`${path}.${format}`} aria-label={`${FEED_NAME[format]} of ${feedTitle(source)}`}>
            {FEED_NAME[format]}
          </a>
        </span>
      ))}
    </p>
  );
}
