import type { Trending } from '#app/_data/trending.ts';
import { formatMomentLong } from '#components/edition/dateline.ts';
import { RunningHead } from '#components/edition/masthead.tsx';
import { Reason } from '#components/paper/reason.tsx';
import { Story } from '#components/paper/story.tsx';
import { countOf } from '#components/ui/number.ts';
import type { TrendingChoice } from '../trending-address.ts';
import { Filters, Windows } from './choices.tsx';
import { WINDOW_WORDS } from './window-words.ts';

/** The first of the list are set larger than the others. */
const LARGE = 3;

export function TrendingPage({
  choice,
  snapshot,
  papers,
  categories,
}: Trending & { choice: TrendingChoice }) {
  return (
    <>
      <RunningHead />
      <main id="content" className="trending-page">
        <div className="trending-head">
          <h1>Rising {WINDOW_WORDS[choice.window].title}</h1>
          <Windows choice={choice} />
        </div>
        <p className="standfirst">
          Papers that gain more attention than is usual for their kind.{' '}
          {snapshot !== null && (
            <>
              {countOf(snapshot.ranked, 'paper', 'papers')} compared on{' '}
              <time dateTime={snapshot.asOf.toISOString()}>{formatMomentLong(snapshot.asOf, 'UTC')} UTC</time>
              .{' '}
            </>
          )}
          <a href="/about/ranking">How the order comes about</a>
        </p>
        <Filters choice={choice} categories={categories} />
        {papers.length === 0 ? (
          <p className="trending-none">
            {snapshot === null
              ? 'The first ranking is made within the hour.'
              : 'No paper among the first two thousand fits this.'}
          </p>
        ) : (
          <ol className="ranking">
            {papers.map(({ entry, paper, series }, index) => (
              <li key={paper.key} value={entry.rank}>
                <span className="rank" aria-hidden="true">
                  {entry.rank}
                </span>
                <Story paper={paper} place={index < LARGE ? 'second' : 'feature'}>
                  <Reason score={entry} series={series} />
                </Story>
              </li>
            ))}
          </ol>
        )}
      </main>
    </>
  );
}
