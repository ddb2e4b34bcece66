import { Byline } from '#components/paper/byline.tsx';
import { Tex } from '#components/paper/tex.tsx';
import { categoryName } from '#lib/papers/category.ts';
import { type Paper, paperPath } from '#lib/papers/paper.ts';
import { texToHtml, texToInlineHtml } from '#lib/tex/tex.ts';

type IssuePaper = { readonly paper: Paper; readonly reason: string | null };

const AUTHORS_MAX = 5;
const NEXT = 'border-hairline not-first:mt-6 not-first:border-t not-first:pt-6';
const NEXT_BRIEF = 'border-hairline not-first:mt-3 not-first:border-t not-first:pt-3';

/** The papers of an issue, in its order. `isBrief`: their heads alone, for a preview beside a form. */
export function IssuePapers({ papers, isBrief }: { papers: readonly IssuePaper[]; isBrief: boolean }) {
  return (
    <ol className="max-w-[44rem]">
      {papers.map(({ paper, reason }) => (
        <li key={paper.key} className={isBrief ? NEXT_BRIEF : NEXT}>
          {paper.primaryCategory !== null && (
            <p className="kicker">{categoryName(paper.primaryCategory) ?? paper.primaryCategory}</p>
          )}
          <h2
            className={`headline ${isBrief ? 'text-[1.2rem]' : 'text-[clamp(1.35rem,1.15rem+0.7vw,1.75rem)]/[1.14]'}`}
          >
            <a href={paperPath(paper)}>
              <Tex html={texToInlineHtml(paper.title)} />
            </a>
          </h2>
          <Byline authors={paper.authors} most={AUTHORS_MAX} />
          {reason !== null && <p className="mt-1.5 text-[0.9rem] text-accent">↗ {reason}</p>}
          {!isBrief && (
            <div
              className="abstract mt-2.5"
              dangerouslySetInnerHTML={{ __html: texToHtml(paper.abstract) }}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
