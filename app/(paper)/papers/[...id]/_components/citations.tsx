import { CopyCitation } from '#components/paper/marks.tsx';
import { type Paper, paperPath } from '#lib/papers/paper.ts';

const FORMS = [
  { ending: 'bib', name: 'BibTeX' },
  { ending: 'ris', name: 'RIS' },
  { ending: 'json', name: 'CSL-JSON' },
  { ending: 'md', name: 'Markdown' },
  { ending: 'txt', name: 'Plain text' },
] as const;

/** Citation files. */
export function Citations({ paper }: { paper: Paper }) {
  return (
    <section>
      <h2 className="border-t border-rule pt-1.5 text-[1.2rem] leading-[1.4]">Cite</h2>
      <ul className="flex flex-wrap gap-x-4.5 pt-1">
        {FORMS.map(({ ending, name }) => (
          <li key={ending}>
            <a className="inline-block py-1 decoration-hairline" href={`${paperPath(paper)}.${ending}`}>
              {name}
            </a>
          </li>
        ))}
        <CopyCitation paper={paper} />
      </ul>
    </section>
  );
}
