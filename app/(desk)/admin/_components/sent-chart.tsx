import { formatDayNear } from '#components/edition/dateline.ts';
import { formatCount } from '#components/ui/number.ts';
import type { DayFigures } from '#lib/digest/status-store.ts';

const WIDTH = 900;
const HEIGHT = 160;
const BAR = 0.72;

/** One bar per day: issues submitted, above them rejected and uncertain ones; a dot below marks bounces. */
export function SentChart({ days }: { days: readonly DayFigures[] }) {
  const most = Math.max(1, ...days.map((day) => day.submitted + day.rejected + day.uncertain));
  const step = WIDTH / days.length;
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(1.5, (count / most) * HEIGHT));
  const total = days.reduce((sum, day) => sum + day.submitted, 0);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className="my-6">
      <svg
        className="h-auto w-full"
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 14}`}
        role="img"
        aria-label={`Issues of the last ${days.length} days`}
      >
        {days.map((day, index) => {
          const submitted = heightOf(day.submitted);
          const failed = heightOf(day.rejected + day.uncertain);
          const x = index * step + (step * (1 - BAR)) / 2;
          return (
            <g key={day.day}>
              <title>{`${formatDayNear(day.day)}: ${day.submitted} submitted, ${day.rejected} rejected, ${day.uncertain} uncertain; ${day.bounced} bounced`}</title>
              <rect className="fill-ink" x={x} width={step * BAR} y={HEIGHT - submitted} height={submitted} />
              <rect
                className="fill-accent"
                x={x}
                width={step * BAR}
                y={HEIGHT - submitted - failed}
                height={failed}
              />
              {day.bounced > 0 && (
                <circle className="fill-accent" cx={x + (step * BAR) / 2} cy={HEIGHT + 9} r={2.5} />
              )}
            </g>
          );
        })}
        <line className="stroke-rule" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <figcaption className="mt-1.5 text-small text-faded">
        {first !== undefined && last !== undefined && (
          <>
            {formatDayNear(first.day)} to {formatDayNear(last.day)}: {formatCount(total)} submitted, at most{' '}
            {formatCount(most)} on a day. Red: rejected or uncertain. Dots: days with bounces.
          </>
        )}
      </figcaption>
    </figure>
  );
}
