import { Tex } from '#components/paper/tex.tsx';
import { paperPath } from '#lib/papers/paper.ts';
import type { RelatedPaper } from '#lib/search/search-related.ts';
import { texToInlineHtml } from '#lib/tex/tex.ts';

/** Similar papers, each with the words it has in common with this one. */
export function Related({ papers }: { papers: readonly RelatedPaper[] }) {
  if (papers.length === 0) return null;
  return (
    <section className="mt-9 border-t border-rule pt-2" aria-labelledby="related">
      <h2 className="text-[1.2rem] leading-[1.4]" id="related">
        Related papers
      </h2>
      <ul className="grid gap-x-(--gutter) sm:grid-cols-2">
        {papers.map(({ paper, shared }) => (
          <li key={paper.key} className="py-2 leading-[1.3]">
            <a className="block no-underline hover:underline" href={paperPath(paper)}>
              <Tex html={texToInlineHtml(paper.title)} />
            </a>
            {shared.length > 0 && (
              <span className="mt-0.5 block font-italic text-[0.9rem] text-faded italic">
                In common: {shared.join(', ')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
