import type { ReactNode } from 'react';
import { countOf } from '#components/ui/number.ts';
import {
  listCategories,
  parseSubject,
  type Subject,
  subjectCode,
  subjectCodesOf,
} from '#lib/papers/category.ts';
import { listDays } from '#lib/papers/day.ts';
import { type PaperList, paperListPath } from '#lib/papers/paper-list.ts';
import { rangeOfWeek, weekOf } from '#lib/papers/period.ts';
import { formatDayNear } from './dateline.ts';
import { formatWeekDays } from './list-title.ts';

export const LIST_STANDFIRST = 'mt-[0.9rem] text-center font-italic text-faded italic text-balance';

/** What a list is, how long it is, and where its parts are. */
export function ListStandfirst({ list, total }: { list: PaperList; total: number }) {
  return (
    <p className={LIST_STANDFIRST}>
      {nature(list)}
      {countOf(total, 'paper', 'papers')}
    </p>
  );
}

function nature(list: PaperList): ReactNode {
  switch (list.kind) {
    case 'week':
      return <Week week={list.week} />;
    case 'month':
      return <Month month={list.month} />;
    case 'subject':
      return <Lineage subject={list.subject} day={list.day} />;
    case 'author':
      return (
        <>
          Papers with an author of exactly this name. People who share the name are listed together; papers
          under other spellings are missing.{' '}
        </>
      );
    case 'day':
    case 'trending':
      return null;
  }
}

function Week({ week }: { week: string }) {
  const { first, last } = rangeOfWeek(week);
  return (
    <>
      {formatWeekDays(week)}{' '}
      <span className="mx-[0.4rem] inline-flex gap-[0.6rem]">
        {listDays(first, last).map((day) => (
          <a key={day} href={`/date/${day}`}>
            {formatDayNear(day).slice(0, 3)}
          </a>
        ))}
      </span>{' '}
    </>
  );
}

function Month({ month }: { month: string }) {
  return (
    <>
      <a href={`/calendar/${month.slice(0, 4)}#m${month.slice(5)}`}>Its days in the calendar</a>
      {' · '}
    </>
  );
}

/** The archive and group above a subject, and the whole of it where one day is shown. */
function Lineage({ subject, day }: { subject: Subject; day: string | null }) {
  const above = listAbove(subject);
  return (
    <>
      {subject.scope === 'group' ? 'A group of archives' : subjectCode(subject)}
      {above.map((one) => (
        <span key={subjectCode(one)}>
          {' '}
          in <a href={paperListPath({ kind: 'subject', subject: one, day })}>{one.name}</a>
        </span>
      ))}
      {' · '}
      {day !== null && (
        <>
          first out on this day ·{' '}
          <a href={paperListPath({ kind: 'subject', subject, day: null })}>All days</a>,{' '}
          <a href={`/date/${day}`}>all subjects</a>, <a href={`/week/${weekOf(day)}`}>its week</a>
          {' · '}
        </>
      )}
    </>
  );
}

/** The archive of a category, the group of an archive; the nearest that is more than the subject itself. */
function listAbove({ scope, id }: Subject): Subject[] {
  if (scope === 'group') return [];
  const [archive] = id.split('.', 1);
  const codes = scope === 'category' ? subjectCodesOf(id) : subjectCodesOf(listCategories(id)[0]?.id ?? '');
  const above = codes.filter((code) => code !== id && (scope === 'category' || code.startsWith('grp_')));
  const nearest = above.find((code) => code === archive) ?? above[0];
  const subject = nearest === undefined ? null : parseSubject(nearest);
  return subject === null ? [] : [subject];
}
