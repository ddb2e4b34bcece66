import { formatDayLong, formatDayNear } from './dateline.ts';

/** The dateline of a front page, between the nearest editions before and after it. */
export function Folio(props: { day: string; previous: string | null; next: string | null }) {
  return (
    <div className="folio">
      <h1>
        <time dateTime={props.day}>{formatDayLong(props.day)}</time>
      </h1>
      <DaySteps previous={props.previous} next={props.next} label="Other editions" />
    </div>
  );
}

export function DaySteps(props: { previous: string | null; next: string | null; label: string }) {
  return (
    <nav className="day-steps" aria-label={props.label}>
      {props.previous !== null && (
        <a rel="prev" href={`/date/${props.previous}`}>
          <span aria-hidden="true">← </span>
          <span className="sr-only">Earlier: </span>
          {formatDayNear(props.previous)}
        </a>
      )}
      {props.next !== null && (
        <a rel="next" href={`/date/${props.next}`}>
          <span className="sr-only">Later: </span>
          {formatDayNear(props.next)}
          <span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  );
}
