import { Story } from '#components/paper/story.tsx';
import type { Paper } from '#lib/papers/paper.ts';
import { arrange } from './arrangement.ts';
import { leadHeadlineSize } from './copy-fitting.ts';

/** A day's papers as a newspaper's front page. */
export function FrontPage({ papers }: { papers: readonly Paper[] }) {
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
    </>
  );
}
