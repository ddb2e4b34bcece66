import { formatDayLong } from '#components/edition/dateline.ts';
import { DaySteps } from '#components/edition/folio.tsx';
import { Notice } from '#components/edition/notice.tsx';

/** A day between two editions of which we hold no papers, and why, as far as anybody knows. */
export function QuietDay(props: { day: string; why: string; previous: string; next: string }) {
  const { day, why, previous, next } = props;
  return (
    <Notice kicker="A gap" title={`No edition of ${formatDayLong(day)}`}>
      <p>
        We have no papers of that day. {why} <a href="/about/status">Is the paper complete?</a>
      </p>
      <p>The nearest editions before and after it:</p>
      <DaySteps
        previous={previous}
        next={next}
        label="Nearest editions"
        className="mt-6 flex flex-wrap gap-x-8 gap-y-1"
      />
    </Notice>
  );
}
