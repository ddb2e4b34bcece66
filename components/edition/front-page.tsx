import { Story } from '#components/paper/story.tsx';
import { countOf } from '#components/ui/number.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { arrange } from './arrangement.ts';
import { leadHeadlineSize } from './copy-fitting.ts';

/** A day's papers as a newspaper's front page. `total` may exceed what is shown; the page then says so. */
export function FrontPage({ papers, total }: { papers: readonly Paper[]; total: number }) {
  const { lead, seconds, features, briefs } = arrange(papers);
  if (lead === undefined) return null;
  return (
    <>
      <div className={seconds.length === 0 ? 'above-the-fold alone' : 'above-the-fold'}>
        <Story paper={lead} place="lead" headline={leadHeadlineSize(lead.titleText)} />
        {seconds.length > 0 && (
          <div className="seconds">
            {seconds.map(({ story, lines }) => (
              <Story key={story.key} paper={story} place="second" lines={lines} />
            ))}
          </div>
        )}
      </div>
      {features.length > 0 && (
        <div className="features">
          {features.map((paper) => (
            <Story key={paper.key} paper={paper} place="feature" />
          ))}
        </div>
      )}
      {briefs.length > 0 && (
        <section aria-labelledby="in-brief">
          <h2 id="in-brief" className="section-heading">
            In brief
          </h2>
          <div className="briefs">
            {briefs.map((paper) => (
              <Story key={paper.key} paper={paper} place="brief" />
            ))}
          </div>
        </section>
      )}
      {total > papers.length && (
        <p className="remainder">
          These are the first {papers.length} of {countOf(total, 'paper', 'papers')} of the day.
        </p>
      )}
    </>
  );
}
