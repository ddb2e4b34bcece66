import { formatCount } from '#components/ui/number.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { Marks } from './marks.tsx';
import { Tally } from './tally.tsx';
import { listWebLinks } from './web-link.ts';

/** The small line under a story: its figures and where to read on. */
export function ReferenceLine({ paper, className }: { paper: Paper; className?: string }) {
  const { stars } = paper.signals;
  const links = listWebLinks(paper);
  const repository = links.find((link) => link.label === 'Code');
  return (
    <ul className={className ? `reference-line ${className}` : 'reference-line'}>
      <Tally signals={paper.signals} />
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

function Stars({ count }: { count: number }) {
  return (
    <span>
      <span aria-hidden="true"> ★ </span>
      {formatCount(count)}
      <span className="sr-only"> stars</span>
    </span>
  );
}
