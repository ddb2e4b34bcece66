import { Story } from '#components/paper/story.tsx';
import { SectionHeading } from '#components/ui/section-heading.tsx';
import type { Paper } from '#lib/papers/paper.ts';
import { arrange } from './arrangement.ts';
import { leadHeadlineSize } from './copy-fitting.ts';

const LEAD_SIZE = { large: '[--size:4.7rem]', medium: '[--size:4rem]', small: '[--size:3.15rem]' };
const COLUMNS = 3;

/*
 * Columns are set by number of stories here, though CSS could count for itself (:last-child, :has): while a page
 * streams in, each story is for a moment the last one, and such a rule would move it when the next arrives.
 */
const SECONDS_COLUMNS: readonly string[] = ['*:col-span-full *:bg-paper', 'lg:[--columns:2]'];

/** An incomplete last row is filled by its last story, which covers the rules it crosses. */
function lastRowSpan(index: number, count: number): string {
  if (index !== count - 1 || count % COLUMNS === 0) return '';
  return count % COLUMNS === 1 ? 'lg:col-span-3 lg:bg-paper' : 'lg:col-span-2 lg:bg-paper';
}

/** A day's papers as a newspaper's front page. */
export function FrontPage({ papers }: { papers: readonly Paper[] }) {
  const { lead, seconds, features, briefs } = arrange(papers);
  if (lead === undefined) return null;
  const beside =
    seconds.length > 0 &&
    'sm:pb-0 beside-lead:grid-cols-[minmax(0,2.15fr)_minmax(0,1fr)] beside-lead:pb-[clamp(1.25rem,2.2vw,2rem)]';
  return (
    <>
      <div className={`grid gap-x-(--gutter) gap-y-8 py-[clamp(1.25rem,2.2vw,2rem)] ${beside || ''}`}>
        <Story paper={lead} place="lead" className={LEAD_SIZE[leadHeadlineSize(lead.titleText)]} />
        {seconds.length > 0 && (
          <div
            className={`story-grid seconds border-double border-rule sm:border-t-4 beside-lead:relative beside-lead:block beside-lead:border-t-0 beside-lead:bg-none beside-lead:before:absolute beside-lead:before:inset-y-0 beside-lead:before:left-[calc(var(--gutter)/-2)] beside-lead:before:border-l beside-lead:before:border-hairline beside-lead:*:first:pt-0 beside-lead:*:not-first:border-t ${SECONDS_COLUMNS[seconds.length - 1] ?? ''}`}
          >
            {seconds.map(({ story, lines }) => (
              <Story key={story.key} paper={story} place="second" lines={lines} />
            ))}
          </div>
        )}
      </div>
      {features.length > 0 && (
        <div className="story-grid features border-t-4 border-double border-rule">
          {features.map((paper, index) => (
            <Story
              key={paper.key}
              paper={paper}
              place="feature"
              className={lastRowSpan(index, features.length)}
            />
          ))}
        </div>
      )}
      {briefs.length > 0 && (
        <section aria-labelledby="in-brief">
          <SectionHeading id="in-brief">In brief</SectionHeading>
          <div className="story-grid briefs">
            {briefs.map((paper) => (
              <Story key={paper.key} paper={paper} place="brief" />
            ))}
          </div>
        </section>
      )}
    </>
  );
}
