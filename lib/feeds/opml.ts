/** All feeds in one file, to be taken into a reader at once: OPML 2.0 (http://opml.org/spec2.opml). */
import { generateOpml } from 'feedsmith';

export type FeedGroup = {
  readonly title: string;
  readonly feeds: readonly { readonly title: string; readonly pageUrl: string; readonly feedUrl: string }[];
};

export function writeOpml(title: string, groups: readonly FeedGroup[]): string {
  return generateOpml({
    head: { title },
    body: {
      outlines: groups.map((group) => ({
        text: group.title,
        title: group.title,
        outlines: group.feeds.map((feed) => ({
          text: feed.title,
          title: feed.title,
          type: 'rss',
          xmlUrl: feed.feedUrl,
          htmlUrl: feed.pageUrl,
        })),
      })),
    },
  });
}
