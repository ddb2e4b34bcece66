import { Notice } from './notice.tsx';

/** For addresses that name no list. */
export function UnknownList() {
  return (
    <Notice kicker="404" title="There is no such list">
      <p>
        A week is written as in <code>/week/2025-W11</code>, a month as in <code>/month/2025-03</code>, a
        subject as arXiv writes it, as in <code>/list/cs.CL</code>.
      </p>
      <p>
        <a href="/list">All subjects</a>, <a href="/calendar">the calendar</a> and{' '}
        <a href="/">the newest edition</a> are here.
      </p>
    </Notice>
  );
}
