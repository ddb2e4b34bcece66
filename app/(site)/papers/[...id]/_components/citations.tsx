import { CopyCitation } from '#components/paper/marks.tsx';
import { type Paper, paperPath } from '#lib/papers/paper.ts';

const FORMS = [
  { ending: 'bib', name: 'BibTeX' },
  { ending: 'ris', name: 'RIS' },
  { ending: 'json', name: 'CSL-JSON' },
  { ending: 'md', name: 'Markdown' },
  { ending: 'txt', name: 'Plain text' },
] as const;

/** The paper as files for whoever cites it. */
export function Citations({ paper }: { paper: Paper }) {
  return (
    <section>
      <h2>Cite</h2>
      <ul className="cite">
        {FORMS.map(({ ending, name }) => (
          <li key={ending}>
            <a href={`${paperPath(paper)}.${ending}`}>{name}</a>
          </li>
        ))}
        <CopyCitation paper={paper} />
      </ul>
    </section>
  );
}
