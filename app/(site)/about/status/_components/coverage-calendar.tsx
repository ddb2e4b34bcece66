import { formatDayLong } from '#components/edition/dateline.ts';
import type { Coverage, CoverageState } from '#lib/ingest/coverage.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Sign and word: colour alone tells nobody anything. */
const STATE: Record<CoverageState, { sign: string; word: string }> = {
  complete: { sign: '●', word: 'complete' },
  partial: { sign: '◐', word: 'partial' },
  holiday: { sign: '–', word: 'holiday' },
  weekend: { sign: '–', word: 'no announcement' },
  'not-yet-announced': { sign: '○', word: 'not yet announced' },
  'upstream-late': { sign: '◌', word: 'late' },
  missed: { sign: '✕', word: 'missed' },
  unknown: { sign: '·', word: 'not watched' },
};

/** The days as a calendar of weeks, and each of them in a sentence. */
export function CoverageCalendar({ days }: { days: readonly Coverage[] }) {
  const [first] = days;
  if (first === undefined) return null;
  return (
    <>
      <table className="coverage">
        <caption className="sr-only">Completeness by day</caption>
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th key={weekday} scope="col">
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
      <ol className="coverage-days" reversed>
        {days.toReversed().map((day) => (
          <li key={day.day}>
            <a href={`/date/${day.day}`}>{formatDayLong(day.day)}</a>
            <span>{day.sentence}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Cell({ day }: { day: Coverage | null }) {
  if (day === null) return <td />;
  const { sign, word } = STATE[day.state];
  return (
    <td className={`coverage-${day.state}`}>
      <a href={`/date/${day.day}`} title={day.sentence}>
        <span className="day-number">{Number(day.day.slice(8))}</span>
        <span aria-hidden="true">{sign}</span>
        <span className="coverage-word">{word}</span>
        {day.expected !== null && (
          <span className="coverage-count">
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
