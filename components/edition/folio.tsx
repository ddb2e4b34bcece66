import type { ReactNode } from 'react';
import { formatDayLong, formatDayNear } from './dateline.ts';

/** A way to a neighbour of the page. */
export type Step = { readonly href: string; readonly label: string };

/** The dateline of a front page, between the nearest editions before and after it. */
export function Folio(props: { day: string; previous: string | null; next: string | null }) {
  return (
    <FolioLine
      title={<time dateTime={props.day}>{formatDayLong(props.day)}</time>}
      previous={toStep(props.previous)}
      next={toStep(props.next)}
      label="Other editions"
      className="border-t-4"
    />
  );
}

/** A page's title on a line of its own, between the pages before and after it. */
export function FolioLine(props: {
  title: ReactNode;
  previous: Step | null;
  next: Step | null;
  /** What the steps lead to, for those who hear the page. */
  label: string;
  className?: string;
}) {
  return (
    <div
      className={`grid grid-cols-2 items-center gap-x-6 gap-y-1 border-b border-double border-rule py-[0.45rem] md:grid-cols-[1fr_auto_1fr] ${props.className ?? ''}`}
    >
      {/* First in the document for screen readers, between the two steps on a wide screen. */}
      <h1 className="col-span-full text-center text-[clamp(1.25rem,1.1rem+0.8vw,1.6rem)]/[1.25] tracking-[-0.005em] md:col-span-1 md:col-start-2">
        {props.title}
      </h1>
      <Steps
        previous={props.previous}
        next={props.next}
        label={props.label}
        className="contents *:[[rel=prev]]:col-start-1 *:[[rel=prev]]:row-start-2 *:[[rel=prev]]:justify-self-start *:[[rel=next]]:col-start-2 *:[[rel=next]]:row-start-2 *:[[rel=next]]:justify-self-end md:*:[[rel=prev]]:row-start-1 md:*:[[rel=next]]:col-start-3 md:*:[[rel=next]]:row-start-1"
      />
    </div>
  );
}

export function DaySteps(props: {
  previous: string | null;
  next: string | null;
  label: string;
  className?: string;
}) {
  return <Steps {...props} previous={toStep(props.previous)} next={toStep(props.next)} />;
}

/** Links to what comes before and after, at both ends of a line. */
export function Steps(props: {
  previous: Step | null;
  next: Step | null;
  label: string;
  className?: string;
}) {
  if (props.previous === null && props.next === null) return null;
  const { className = 'flex flex-wrap justify-between gap-x-8 gap-y-1' } = props;
  const link = 'py-[0.3rem] text-[0.92rem] whitespace-nowrap no-underline';
  return (
    <nav className={`${className} print:hidden`} aria-label={props.label}>
      {props.previous !== null && (
        <a rel="prev" className={link} href={props.previous.href}>
          <span aria-hidden="true">← </span>
          <span className="sr-only">Earlier: </span>
          {props.previous.label}
        </a>
      )}
      {props.next !== null && (
        <a rel="next" className={link} href={props.next.href}>
          <span className="sr-only">Later: </span>
          {props.next.label}
          <span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  );
}

function toStep(day: string | null): Step | null {
  return day === null ? null : { href: `/date/${day}`, label: formatDayNear(day) };
}
