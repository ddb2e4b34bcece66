import { type Paper, paperPath } from '#lib/papers/paper.ts';

/** The name under which a reader's browser remembers a paper: its path behind `/papers/`. */
export function paperMark(paper: Pick<Paper, 'registry' | 'identifier'>): string {
  return paperPath(paper).slice('/papers/'.length);
}

/*
 * public/reader adds its buttons to these two elements. Their space is reserved from the first paint, so that nothing
 * moves when the script arrives; without script they are not displayed.
 */

/** Must be within an element with `data-paper`. */
export function Marks({ as: Place, className }: { as: 'li' | 'div'; className?: string }) {
  return <Place data-marks="" className={className} />;
}

export function CopyCitation({ paper }: { paper: Pick<Paper, 'registry' | 'identifier'> }) {
  return (
    <li
      data-copy-citation={paperMark(paper)}
      className="hidden w-[8em] py-[0.3rem] scripted:block print:hidden"
    />
  );
}
