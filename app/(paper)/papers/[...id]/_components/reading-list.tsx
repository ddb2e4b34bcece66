import { Sparkline, type SparklineSeries } from '#components/paper/sparkline.tsx';
import { listWebLinks } from '#components/paper/web-link.ts';
import { formatCount } from '#components/ui/number.ts';
import { type Paper, SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';

const SIGNAL: Record<SignalKind, { one: string; many: string }> = {
  upvotes: { one: 'upvote', many: 'upvotes' },
  comments: { one: 'comment', many: 'comments' },
  stars: { one: 'GitHub star', many: 'GitHub stars' },
  forks: { one: 'GitHub fork', many: 'GitHub forks' },
  citations: { one: 'citation', many: 'citations' },
};

/** Links to the paper itself, and its signals. */
export function ReadingList({ paper, series }: { paper: Paper; series: readonly SparklineSeries[] }) {
  const observed = SIGNAL_KINDS.flatMap((kind) => {
    const count = paper.signals[kind];
    return count === undefined ? [] : [{ kind, count }];
  });
  return (
    <>
      <section>
        <h2 className="border-t border-rule pt-1.5 text-[1.2rem] leading-[1.4]">Links</h2>
        <ul>
          {listWebLinks(paper).map((link) => (
            <li key={link.url}>
              <a
                className="flex items-baseline justify-between gap-4 border-b border-hairline py-[0.42rem] no-underline"
                href={link.url}
              >
                {link.label}{' '}
                <span className="text-end text-small wrap-anywhere text-faded">{link.detail}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {observed.length > 0 && (
        <section>
          <h2 className="border-t border-rule pt-1.5 text-[1.2rem] leading-[1.4]">Reception</h2>
          <ul className="flex flex-wrap gap-x-7 gap-y-1 pt-1.5">
            {observed.map(({ kind, count }) => (
              <li key={kind} className="*:[svg]:mt-1 *:[svg]:block">
                <strong className="block font-display text-[2rem]/[1.1] font-medium">
                  {formatCount(count)}
                </strong>{' '}
                {count === 1 ? SIGNAL[kind].one : SIGNAL[kind].many}
                {series
                  .filter((line) => line.kind === kind)
                  .map((line) => (
                    <Sparkline key={kind} {...line} />
                  ))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
