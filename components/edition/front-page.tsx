import { Story } from '#components/paper/story.tsx';
import type { Paper } from '#lib/papers/paper.ts';
import { arrange } from './arrangement.ts';
import { leadHeadlineSize } from './copy-fitting.ts';

/*
 * Said in classes, where the style sheet could count for itself: while a page comes in, each story is for a moment the
 * last one, and a style of the last would move it when the next arrives.
 */
const SECONDS_LOOK = ['single', 'pair'];
const COLUMNS = 3;

/** An incomplete last row is filled by its last story. */
function tailLook(index: number, count: number): string | undefined {
  const open = (COLUMNS - (count % COLUMNS)) % COLUMNS;
  return index === count - 1 && open > 0 ? `span-${open + 1}` : undefined;
}

/** A day's papers as a newspaper's front page. */
export function FrontPage({ papers }: { papers: readonly Paper[] }) {
  const { lead, seconds, features, briefs } = arrange(papers);
  if (lead === undefined) return null;
  return (
    <>
      <div className={seconds.length === 0 ? 'above-the-fold alone' : 'above-the-fold'}>
        <Story paper={lead} place="lead" look={leadHeadlineSize(lead.titleText)} />
        {seconds.length > 0 && (
          <div className={`seconds ${SECONDS_LOOK[seconds.length - 1] ?? ''}`.trimEnd()}>
            {seconds.map(({ story, lines }) => (
              <Story key={story.key} paper={story} place="second" lines={lines} />
            ))}
          </div>
        )}
      </div>
      {features.length > 0 && (
        <div className="features">
          {features.map((paper, index) => (
            <Story key={paper.key} paper={paper} place="feature" look={tailLook(index, features.length)} />
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
