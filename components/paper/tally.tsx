import { formatCount } from '#components/ui/number.ts';
import type { LatestSignals } from '#lib/papers/paper.ts';

/** What readers and watchers of a paper have shown, in figures; nothing where nothing was observed. */
export function Tally({ signals }: { signals: LatestSignals }) {
  const { upvotes, comments } = signals;
  return (
    <>
      {upvotes !== undefined && (
        <li className="text-accent tabular-nums">
          <span aria-hidden="true">▲ </span>
          {formatCount(upvotes)}
          <span className="sr-only"> {upvotes === 1 ? 'upvote' : 'upvotes'}</span>
        </li>
      )}
      {comments !== undefined && comments > 0 && (
        <li>
          {formatCount(comments)} {comments === 1 ? 'comment' : 'comments'}
        </li>
      )}
    </>
  );
}
