import { Byline } from '#components/paper/byline.tsx';
import { Tex } from '#components/paper/tex.tsx';
import { categoryName } from '#lib/papers/category.ts';
import { type Paper, paperPath } from '#lib/papers/paper.ts';
import { texToHtml, texToInlineHtml } from '#lib/tex/tex.ts';

type IssuePaper = { readonly paper: Paper; readonly reason: string | null };

const AUTHORS_MAX = 5;

/** The papers of an issue, in its order. `isBrief`: their heads alone, for a preview beside a form. */
export function IssuePapers({ papers, isBrief }: { papers: readonly IssuePaper[]; isBrief: boolean }) {
  return (
    <ol className={isBrief ? 'issue-papers brief-papers' : 'issue-papers'}>
      {papers.map(({ paper, reason }) => (
        <li key={paper.key}>
          {paper.primaryCategory !== null && (
            <p className="kicker">{categoryName(paper.primaryCategory) ?? paper.primaryCategory}</p>
          )}
          <h2 className="headline">
            <a href={paperPath(paper)}>
              <Tex html={texToInlineHtml(paper.title)} />
            </a>
          </h2>
          <Byline authors={paper.authors} most={AUTHORS_MAX} />
          {reason !== null && <p className="why-here">{reason}</p>}
          {!isBrief && (
            <div className="abstract" dangerouslySetInnerHTML={{ __html: texToHtml(paper.abstract) }} />
          )}
        </li>
      ))}
    </ol>
  );
}
