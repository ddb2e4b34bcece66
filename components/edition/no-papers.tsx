import { type ListView, wholeView } from '#lib/papers/list-view.ts';
import { type PaperList, paperListPath } from '#lib/papers/paper-list.ts';
import { Steps } from './folio.tsx';
import { toListStep } from './list-step.ts';
import { listTitle } from './list-title.ts';
import { Notice } from './notice.tsx';

type Props = {
  view: ListView;
  /** By filters of the reader's. */
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
        {isNarrowed ? 'Nothing on this list passes these filters.' : emptiness(list)} {!isNarrowed && why}
      </p>
      {isNarrowed && (
        <p>
          <a href={paperListPath(wholeView(list).list)}>The whole list</a>
        </p>
      )}
      {(previous !== null || next !== null) && (
        <>
          <p>The nearest that hold papers:</p>
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
      return 'We hold no papers of this day.';
    case 'week':
      return 'We hold no papers of this week.';
    case 'month':
      return 'We hold no papers of this month.';
    case 'subject':
      return list.day === null
        ? 'None of the papers we hold belongs to this subject.'
        : 'No paper of this subject first came out on this day.';
    case 'author':
      return 'None of the papers we hold is signed with exactly this name.';
    case 'trending':
      return 'Nothing is rising that we know of.';
  }
}
