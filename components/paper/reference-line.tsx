import { formatCount } from '#components/ui/number.ts';
import type { LatestSignals, Paper } from '#lib/papers/paper.ts';
import { Marks } from './marks.tsx';
import { listWebLinks } from './web-link.ts';

/** The small line under a story: its counts, links to the paper, and the buttons of public/reader. */
export function ReferenceLine({ paper, className }: { paper: Paper; className?: string }) {
  const { stars } = paper.signals;
  const links = listWebLinks(paper);
  const repository = links.find((link) => link.label === 'Code');
  return (
    <ul className={className ? `reference-line ${className}` : 'reference-line'}>
      <Counts signals={paper.signals} />
      {links.map((link) => (
        <li key={link.url}>
          <a href={link.url}>{link.label}</a>
          {link === repository && stars !== undefined && <Stars count={stars} />}
        </li>
      ))}
      <Marks as="li" />
    </ul>
  );
}

/** Only what was observed: no signal is not a count of zero. */
function Counts({ signals }: { signals: LatestSignals }) {
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

function Stars({ count }: { count: number }) {
  return (
    <span>
      <span aria-hidden="true"> ★ </span>
      {formatCount(count)}
      <span className="sr-only"> stars</span>
    </span>
  );
}
