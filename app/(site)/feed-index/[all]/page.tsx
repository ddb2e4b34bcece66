import type { Metadata } from 'next';
import { getSubjectGroups } from '#app/_data/catalogue.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { FeedLinks, feedTitle } from '#components/edition/feed-links.tsx';
import { RunningHead } from '#components/edition/masthead.tsx';
import { type FeedSource, pagePathOf } from '#lib/feeds/feed-address.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';

/** As of the day's page: under a parameter, so that a build, which has no database, leaves it to the server. */
export const revalidate = 60;
export const generateStaticParams = () => [];

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/feeds',
    title: 'Feeds',
    description:
      'Every list of papers as RSS, Atom and JSON Feed, and all of them as one file for your reader.',
    type: 'website',
    feed: { path: '/feeds/daily', title: feedTitle('daily') },
  });
}

export default async function FeedsPage() {
  const groups = await getSubjectGroups();
  const trending: FeedSource[] = TRENDING_WINDOWS.map((window) => ({ kind: 'trending', window }));
  return (
    <>
      <RunningHead />
      <main id="content" className="feeds-page">
        <h1>Feeds</h1>
        <p className="standfirst">
          Every list here can be followed in a feed reader, without an account. Entries hold the whole
          abstract, and a paper is the same entry in every feed, so no reader shows it as new twice.
        </p>
        <p>
          <a href="/feeds.opml">All feeds in one file</a> (OPML), to be imported by a reader at once.
        </p>
        <section aria-labelledby="general">
          <h2 id="general">The paper as a whole</h2>
          <ul className="feed-list">
            {['daily' as const, ...trending, 'issues' as const].map((source) => (
              <FeedRow key={feedTitle(source)} source={source} />
            ))}
          </ul>
        </section>
        {groups.map(({ name, subjects }) => (
          <section key={name} aria-label={name}>
            <h2>{name}</h2>
            <ul className="feed-list">
              {subjects.map((subject) => (
                <FeedRow key={subject.id} source={{ kind: 'subject', subject, day: null }} />
              ))}
            </ul>
          </section>
        ))}
        <section aria-labelledby="others">
          <h2 id="others">Anything else</h2>
          <p>
            The address of a list, put behind <code>/feeds</code> and ended with <code>.rss</code>,{' '}
            <code>.atom</code> or <code>.json</code>, is its feed: an author’s is{' '}
            <code>/feeds/author/Ada%20Lovelace.atom</code>. Readers that ask again for what has not changed
            are answered in a few bytes; once in half an hour is often enough.
          </p>
        </section>
      </main>
    </>
  );
}

function FeedRow({ source }: { source: FeedSource }) {
  return (
    <li>
      <a href={pagePathOf(source)}>{feedTitle(source)}</a>
      <FeedLinks source={source} />
    </li>
  );
}
