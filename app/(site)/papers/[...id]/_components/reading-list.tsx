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

/** Where to read on, and what others made of it. */
export function ReadingList({ paper, series }: { paper: Paper; series: readonly SparklineSeries[] }) {
  const observed = SIGNAL_KINDS.flatMap((kind) => {
    const count = paper.signals[kind];
    return count === undefined ? [] : [{ kind, count }];
  });
  return (
    <>
      <section>
        <h2>The paper itself</h2>
        <ul className="link-list">
          {listWebLinks(paper).map((link) => (
            <li key={link.url}>
              <a href={link.url}>
                {link.label} <span className="detail">{link.detail}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {observed.length > 0 && (
        <section>
          <h2>Reception</h2>
          <ul className="figures">
            {observed.map(({ kind, count }) => (
              <li key={kind}>
                <strong>{formatCount(count)}</strong> {count === 1 ? SIGNAL[kind].one : SIGNAL[kind].many}
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
