import { formatDay } from '#components/edition/dateline.ts';
import { formatMonth } from '#components/edition/list-title.ts';
import { countOf } from '#components/ui/number.ts';
import { addDays, listDays } from '#lib/papers/day.ts';
import { monthOf, rangeOfMonth, rangeOfWeek, weekOf } from '#lib/papers/period.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

/** From few papers to many: the eye tells no more apart. Ink on each has a contrast of at least 4.5 to 1, in both themes. */
const SHADES = ['bg-accent/7', 'bg-accent/15', 'bg-accent/24', 'bg-accent/34', 'bg-accent/45'];

type Volume = ReadonlyMap<string, number>;

/** A year as twelve tables of weeks. A day's shade says how many papers it has, among the days of its year. */
export function YearOfDays({ year, volume }: { year: string; volume: Volume }) {
  const shade = shadeOf([...volume.values()]);
  return (
    <div className="mt-7 grid grid-cols-[repeat(auto-fill,minmax(min(17.5rem,100%),1fr))] gap-x-(--gutter) gap-y-8">
      {MONTHS.map((month) => (
        <Month key={month} month={`${year}-${month}`} volume={volume} shade={shade} />
      ))}
    </div>
  );
}

type Shade = (papers: number) => number;

function Month({ month, volume, shade }: { month: string; volume: Volume; shade: Shade }) {
  const { first, last } = rangeOfMonth(month);
  const weeks = [...Map.groupBy(listDays(first, last), weekOf).keys()];
  const hasPapers = listDays(first, last).some((day) => volume.has(day));
  return (
    <table
      id={`m${month.slice(5)}`}
      className="h-max w-full scroll-mt-4 table-fixed border-separate border-spacing-[2px] text-center text-[0.86rem] tabular-nums [&_th]:text-[0.76rem] [&_th]:font-normal [&_th]:text-faded [&_:is(caption,th)_a]:no-underline [&_:is(caption,th)_a:hover]:underline"
    >
      <caption className="border-b border-rule pb-[0.2rem] text-start font-display text-[1.15rem]">
        {hasPapers ? <a href={`/month/${month}`}>{formatMonth(month)}</a> : formatMonth(month)}
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Week</span>
          </th>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col">
              <abbr className="no-underline" title={weekday}>
                {weekday.slice(0, 1)}
              </abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <Week key={week} week={week} month={month} volume={volume} shade={shade} />
        ))}
      </tbody>
    </table>
  );
}

function Week(props: { week: string; month: string; volume: Volume; shade: Shade }) {
  const { week, month, volume, shade } = props;
  const monday = rangeOfWeek(week).first;
  const days = WEEKDAYS.map((_, index) => addDays(monday, index));
  const number = Number(week.slice(6));
  return (
    <tr>
      <th scope="row" className="font-italic italic">
        {days.some((day) => volume.has(day)) ? (
          <a href={`/week/${week}`} className="block py-[0.3rem]">
            <span className="sr-only">Week </span>
            {number}
          </a>
        ) : (
          number
        )}
      </th>
      {days.map((day) =>
        monthOf(day) === month ? (
          <Day key={day} day={day} papers={volume.get(day) ?? 0} shade={shade} />
        ) : (
          <td key={day} />
        ),
      )}
    </tr>
  );
}

function Day({ day, papers, shade }: { day: string; papers: number; shade: Shade }) {
  const number = Number(day.slice(8));
  if (papers === 0) return <td className="h-[2.1rem] text-faded">{number}</td>;
  const count = countOf(papers, 'paper', 'papers');
  return (
    <td className={`h-[2.1rem] ${SHADES[shade(papers) - 1] ?? ''}`}>
      <a
        className="grid h-full place-items-center no-underline hover:text-inherit hover:outline hover:outline-accent"
        href={`/date/${day}`}
        title={count}
        aria-label={`${formatDay(day)}, ${count}`}
      >
        {number}
      </a>
    </td>
  );
}

/** By rank, so that a year with a few enormous days is not all pale: a fifth of the days have each shade. */
function shadeOf(volumes: readonly number[]): Shade {
  const sorted = volumes.toSorted((one, other) => one - other);
  return (papers) => {
    const rank = sorted.findIndex((volume) => volume >= papers);
    return Math.floor((Math.max(rank, 0) / Math.max(sorted.length, 1)) * SHADES.length) + 1;
  };
}
