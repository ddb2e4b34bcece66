import { formatDay } from '#components/edition/dateline.ts';
import { Notice } from '#components/edition/notice.tsx';

/** For what is no day of the calendar (`day` is null), and for days before the first edition or after the newest. */
export function UnknownDay({ day, nearest }: { day: string | null; nearest: string | null }) {
  return (
    <Notice kicker="404" title={day === null ? 'There is no such day' : `No edition of ${formatDay(day)}`}>
      <p>
        {day === null
          ? 'The address names no day of the calendar. Days are written year, month, day, as in 2025-12-31.'
          : 'That day lies outside the editions we have.'}
      </p>
      <p>
        {nearest !== null && (
          <>
            <a href={`/date/${nearest}`}>The edition of {formatDay(nearest)}</a> comes nearest, and{' '}
          </>
        )}
        <a href="/">the newest edition</a> is here.
      </p>
    </Notice>
  );
}
