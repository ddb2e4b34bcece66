import type { Trending } from '#app/_data/trending.ts';
import { formatMomentLong } from '#components/edition/dateline.ts';
import { Reason } from '#components/paper/reason.tsx';
import { Story } from '#components/paper/story.tsx';
import { countOf } from '#components/ui/number.ts';
import type { TrendingChoice } from '../trending-address.ts';
import { Filters, Windows } from './choices.tsx';
import { WINDOW_WORDS } from './window-words.ts';

/** The first papers are set larger than the others. */
const LARGE = 3;

/** On narrow screens papers below the first screen are laid out when they are scrolled to. */
const RANKING =
  '*:gap-x-[clamp(0.6rem,2vw,1.6rem)] *:border-b *:border-hairline *:pt-[1.15rem] *:pb-3.5 *:last:border-b-0 sm:*:grid sm:*:grid-cols-[minmax(2.6rem,auto)_minmax(0,1fr)] max-[62rem]:*:nth-[n+5]:[contain-intrinsic-block-size:auto_18rem] max-[62rem]:*:nth-[n+5]:[content-visibility:auto] [&_.abstract]:max-w-[72ch] [&_.abstract]:[-webkit-line-clamp:var(--clamp)] [&_.story]:[--clamp:3]';

export function TrendingPage({
  choice,
  snapshot,
  papers,
  categories,
}: Trending & { choice: TrendingChoice }) {
  return (
    <div className="mx-auto max-w-5xl pt-[clamp(1.2rem,3vw,2.2rem)] pb-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1">
        <h1 className="text-banner">Rising {WINDOW_WORDS[choice.window].title}</h1>
        <Windows choice={choice} />
      </div>
      <p className="standfirst mt-3 mb-3.5 max-w-[62ch]">
        Papers that are gaining more attention than similar papers usually do.{' '}
        {snapshot !== null && (
          <>
            {countOf(snapshot.ranked, 'paper', 'papers')} compared on{' '}
            <time dateTime={snapshot.asOf.toISOString()}>{formatMomentLong(snapshot.asOf, 'UTC')} UTC</time>.{' '}
          </>
        )}
        <a href="/about/ranking">How the ranking works</a>
      </p>
      <Filters choice={choice} categories={categories} />
      {papers.length === 0 ? (
        <p className="py-8 text-[1.12rem]">
          {snapshot === null
            ? 'The first ranking will be ready within an hour.'
            : 'None of the top 2,000 papers matches these filters.'}
        </p>
      ) : (
        <ol className={RANKING}>
          {papers.map(({ entry, paper, series }, index) => (
            <li key={paper.key} value={entry.rank}>
              <span
                className="font-display text-[clamp(1.9rem,1.4rem+1.6vw,2.9rem)]/[0.95] text-accent tabular-nums max-sm:mb-1 sm:text-end"
                aria-hidden="true"
              >
                {entry.rank}
              </span>
              <Story paper={paper} place={index < LARGE ? 'second' : 'feature'}>
                <Reason score={entry} series={series} />
              </Story>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
