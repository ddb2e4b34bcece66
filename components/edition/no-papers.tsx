import { type ListView, wholeView } from '#lib/papers/list-view.ts';
import { type PaperList, paperListPath } from '#lib/papers/paper-list.ts';
import { Steps } from './folio.tsx';
import { toListStep } from './list-step.ts';
import { listTitle } from './list-title.ts';
import { Notice } from './notice.tsx';

type Props = {
  view: ListView;
  /** By the reader's filters. */
  isNarrowed: boolean;
  why: string | null;
  previous: PaperList | null;
  next: PaperList | null;
};

/** A list that holds nothing, and why. */
export function NoPapers({ view, isNarrowed, why, previous, next }: Props) {
  const { list } = view;
  return (
    <Notice kicker={listTitle(list)} title="No papers">
      <p>
        {isNarrowed ? 'No paper on this list matches these filters.' : emptiness(list)} {!isNarrowed && why}
      </p>
      {isNarrowed && (
        <p>
          <a href={paperListPath(wholeView(list).list)}>Remove the filters</a>
        </p>
      )}
      {(previous !== null || next !== null) && (
        <>
          <p>The nearest lists with papers:</p>
          <Steps
            previous={previous && toListStep(previous)}
            next={next && toListStep(next)}
            label="Nearest lists"
            className="mt-6 flex flex-wrap gap-x-8 gap-y-1"
          />
        </>
      )}
      <p>
        <a href="/about/status">Is the paper complete?</a> <a href="/">The newest edition</a>
      </p>
    </Notice>
  );
}

function emptiness(list: PaperList): string {
  switch (list.kind) {
    case 'day':
      return 'We have no papers of this day.';
    case 'week':
      return 'We have no papers of this week.';
    case 'month':
      return 'We have no papers of this month.';
    case 'subject':
      return list.day === null
        ? 'None of our papers belongs to this subject.'
        : 'No paper of this subject first came out on this day.';
    case 'author':
      return 'None of our papers has an author with exactly this name.';
    case 'trending':
      return 'No paper is trending.';
  }
}
