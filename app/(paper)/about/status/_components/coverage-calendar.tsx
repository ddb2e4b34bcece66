import { formatDayLong } from '#components/edition/dateline.ts';
import type { Coverage, CoverageState } from '#lib/ingest/coverage.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const CELL = 'h-[4.6rem] border-b border-hairline p-0 align-top max-sm:h-[3.2rem]';
const PROBLEM = 'text-accent';
const NOTHING = '*:first:text-faded';

/** A sign and a word beside the colour, which not everybody can see. */
const STATE: Record<CoverageState, { sign: string; word: string; look: string }> = {
  complete: { sign: '●', word: 'complete', look: '' },
  partial: { sign: '◐', word: 'partial', look: PROBLEM },
  holiday: { sign: '–', word: 'holiday', look: NOTHING },
  weekend: { sign: '–', word: 'no announcement', look: NOTHING },
  'not-yet-announced': { sign: '○', word: 'not yet announced', look: '' },
  'upstream-late': { sign: '◌', word: 'late', look: PROBLEM },
  missed: { sign: '✕', word: 'missed', look: PROBLEM },
  unknown: { sign: '·', word: 'not monitored', look: NOTHING },
};

/** The days as a calendar, then each of them in a sentence. */
export function CoverageCalendar({ days }: { days: readonly Coverage[] }) {
  const [first] = days;
  if (first === undefined) return null;
  return (
    <>
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">Completeness by day</caption>
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th
                key={weekday}
                scope="col"
                className="border-b border-rule py-1 text-start text-[0.8rem] font-normal text-faded"
              >
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {toWeeks(days).map((week) => (
            <tr key={week.find((day) => day !== null)?.day}>
              {week.map((day, index) => (
                <Cell key={WEEKDAYS[index]} day={day} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ol className="mt-6" reversed>
        {days.toReversed().map((day) => (
          <li
            key={day.day}
            className="grid gap-x-6 gap-y-1 border-b border-hairline py-[0.45rem] sm:grid-cols-[minmax(12rem,16rem)_1fr]"
          >
            <a href={`/date/${day.day}`}>{formatDayLong(day.day)}</a>
            <span>{day.sentence}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Cell({ day }: { day: Coverage | null }) {
  if (day === null) return <td className={CELL} />;
  const { sign, word, look } = STATE[day.state];
  return (
    <td className={CELL}>
      <a
        className={`grid h-full grid-cols-[auto_1fr] content-start items-baseline gap-x-2 py-1.5 pe-2 ps-0.5 text-[0.8rem]/tight no-underline ${look}`}
        href={`/date/${day.day}`}
        title={day.sentence}
      >
        <span className="font-display text-[1.15rem]">{Number(day.day.slice(8))}</span>
        <span aria-hidden="true">{sign}</span>
        <span className="col-span-full text-faded max-sm:hidden">{word}</span>
        {day.expected !== null && (
          <span className="col-span-full text-faded max-sm:hidden">
            {day.seen}/{day.expected}
          </span>
        )}
      </a>
    </td>
  );
}

/** Rows of seven from Monday on; null where a week begins before the first day or ends after the last. */
function toWeeks(days: readonly Coverage[]): (Coverage | null)[][] {
  const [first] = days;
  if (first === undefined) return [];
  const lead = (new Date(`${first.day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (Coverage | null)[] = [...Array<null>(lead).fill(null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
