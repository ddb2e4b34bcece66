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
}) {
  return (
    <div className="folio">
      <h1>{props.title}</h1>
      <Steps previous={props.previous} next={props.next} label={props.label} />
    </div>
  );
}

export function DaySteps(props: { previous: string | null; next: string | null; label: string }) {
  return <Steps previous={toStep(props.previous)} next={toStep(props.next)} label={props.label} />;
}

export function Steps(props: { previous: Step | null; next: Step | null; label: string }) {
  if (props.previous === null && props.next === null) return null;
  return (
    <nav className="day-steps" aria-label={props.label}>
      {props.previous !== null && (
        <a rel="prev" href={props.previous.href}>
          <span aria-hidden="true">← </span>
          <span className="sr-only">Earlier: </span>
          {props.previous.label}
        </a>
      )}
      {props.next !== null && (
        <a rel="next" href={props.next.href}>
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
