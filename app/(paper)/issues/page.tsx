import type { Metadata } from 'next';
import { getArchive } from '#app/_data/digest.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { FeedLinks, feedTitle } from '#components/edition/feed-links.tsx';
import { Tex } from '#components/paper/tex.tsx';
import { countOf } from '#components/ui/number.ts';
import { feedPathOf } from '#lib/feeds/feed-address.ts';
import { texToInlineHtml } from '#lib/tex/tex.ts';

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/issues',
    title: 'Past issues',
    description: 'The trending papers of every day, as sent to subscribers.',
    type: 'website',
    feed: { path: feedPathOf('issues'), title: feedTitle('issues') },
  });
}

export default async function ArchivePage() {
  const editions = await getArchive();
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8">
      <h1 className="text-title">Past issues</h1>
      <p className="standfirst">
        The trending papers of every day. <a href="/subscribe?trending=on">Get it by e-mail</a>
      </p>
      {editions.length === 0 ? (
        <p>The first issue will be sent tomorrow morning.</p>
      ) : (
        <ul className="mt-3 mb-4">
          {editions.map(({ editionOn, count, first }) => (
            <li
              key={editionOn}
              className="grid gap-x-6 border-b border-hairline py-2 sm:grid-cols-[minmax(14rem,18rem)_1fr]"
            >
              <a href={`/issues/${editionOn}`}>{formatDayLong(editionOn)}</a>
              <span className="text-faded">
                {first !== null && <Tex html={texToInlineHtml(first)} />}
                {count > 1 && ` and ${countOf(count - 1, 'other paper', 'other papers')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <FeedLinks source="issues" withMail />
    </div>
  );
}
