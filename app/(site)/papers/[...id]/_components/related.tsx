import { Tex } from '#components/paper/tex.tsx';
import { paperPath } from '#lib/papers/paper.ts';
import type { RelatedPaper } from '#lib/search/search-related.ts';
import { texToInlineHtml } from '#lib/tex/tex.ts';

/** Papers like this one, each with the words that made it so. */
export function Related({ papers }: { papers: readonly RelatedPaper[] }) {
  if (papers.length === 0) return null;
  return (
    <section className="related" aria-labelledby="related">
      <h2 id="related">Related papers</h2>
      <ul>
        {papers.map(({ paper, shared }) => (
          <li key={paper.key}>
            <a href={paperPath(paper)}>
              <Tex html={texToInlineHtml(paper.title)} />
            </a>
            {shared.length > 0 && <span className="detail">They share {shared.join(', ')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
