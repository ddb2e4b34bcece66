import { type Paper, paperPath } from '#lib/papers/paper.ts';

/** The name under which a reader's browser remembers a paper: its path behind `/papers/`. */
export function paperMark(paper: Pick<Paper, 'archive' | 'identifier'>): string {
  return paperPath(paper).slice('/papers/'.length);
}

/** Room for the buttons that public/reader puts here. Within an element with `data-paper`; a list's item or not. */
export function Marks({ as: Place }: { as: 'li' | 'div' }) {
  return <Place className="marks" />;
}

/** Room for the button that puts a reference on the clipboard. */
export function CopyCitation({ paper }: { paper: Pick<Paper, 'archive' | 'identifier'> }) {
  return <li className="copy-citation" data-of={paperMark(paper)} />;
}
