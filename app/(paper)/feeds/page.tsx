import type { Metadata } from 'next';
import { getSubjectGroups } from '#app/_data/catalogue.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { FeedLinks, feedTitle } from '#components/edition/feed-links.tsx';
import { type FeedSource, pagePathOf } from '#lib/feeds/feed-address.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';

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
    <div className="mx-auto max-w-[46rem] py-[clamp(1.5rem,4vw,3rem)]">
      <h1 className="text-title">Feeds</h1>
      <p className="standfirst mb-5 text-[1.1rem]">
        Follow any list in a feed reader, without an account. Entries contain the whole abstract, and a paper
        is the same entry in every feed, so your reader shows it as new only once.
      </p>
      <p>
        <a href="/feeds.opml">All feeds in one file</a> (OPML), to import into your feed reader.
      </p>
      <section aria-labelledby="general">
        <h2 className="ruled-heading" id="general">
          All papers
        </h2>
        <ul>
          {['daily' as const, ...trending, 'issues' as const].map((source) => (
            <FeedRow key={feedTitle(source)} source={source} />
          ))}
        </ul>
      </section>
      {groups.map(({ name, subjects }) => (
        <section key={name} aria-label={name}>
          <h2 className="ruled-heading">{name}</h2>
          <ul>
            {subjects.map((subject) => (
              <FeedRow key={subject.id} source={{ kind: 'subject', subject, day: null }} />
            ))}
          </ul>
        </section>
      ))}
      <section aria-labelledby="others">
        <h2 className="ruled-heading" id="others">
          Other lists
        </h2>
        <p>
          Any list has a feed: put <code>/feeds</code> before its path and <code>.rss</code>,{' '}
          <code>.atom</code> or <code>.json</code> after it, as in{' '}
          <code>/feeds/author/Ada%20Lovelace.atom</code>. Feeds support conditional requests; polling every 30
          minutes is enough.
        </p>
      </section>
    </div>
  );
}

function FeedRow({ source }: { source: FeedSource }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-hairline py-1">
      <a className="py-1 no-underline" href={pagePathOf(source)}>
        {feedTitle(source)}
      </a>
      <FeedLinks source={source} isBrief />
    </li>
  );
}
