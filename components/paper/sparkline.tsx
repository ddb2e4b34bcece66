import type { SignalKind } from '#lib/papers/paper.ts';
import { formatCount } from '#lib/ranking/explanation.ts';

/** Readings of one signal by time: `values[i]` was the total at `timesMs[i]`. */
export type SparklineSeries = {
  readonly kind: SignalKind;
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
};

const WIDTH = 120;
const HEIGHT = 28;
/** Room for the line's own thickness and the dot at its end. */
const MARGIN = 3;
/** More points than pixels cannot be told apart. */
const POINTS_MAX = 60;
/** A rise of a handful among thousands is drawn as flat as it is: the picture spans at least this share of the total. */
const RANGE_SHARE_MIN = 0.02;

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/**
 * How a signal has grown, as a line that ends in a dot; said in words to those who hear the page. Nothing for fewer
 * than two readings: a point is no line.
 */
export function Sparkline({ kind, timesMs, values }: SparklineSeries) {
  const points = thin(timesMs.map((timeMs, index) => ({ timeMs, value: values[index] ?? 0 })));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.timeMs <= first.timeMs) return null;
  const places = toPlaces(points);
  const end = places.at(-1) ?? { x: 0, y: 0 };
  const line = places.map(({ x, y }) => `${x} ${y}`).join(' ');
  return (
    <svg
      className="inline-block overflow-visible align-middle"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={describeGrowth(kind, first, last)}
    >
      <path className="fill-wash" d={`M${MARGIN} ${HEIGHT} L${line} ${end.x} ${HEIGHT}Z`} />
      <polyline
        className="fill-none stroke-ink stroke-[1.25] [stroke-linecap:round] [stroke-linejoin:round]"
        points={line}
      />
      <circle className="fill-accent" cx={end.x} cy={end.y} r={2} />
    </svg>
  );
}

type Point = { readonly timeMs: number; readonly value: number };

/** `GitHub stars: from 120 on 1 Nov 2026 to 161 on 3 Nov 2026` */
function describeGrowth(kind: SignalKind, first: Point, last: Point): string {
  const [from, to] = [day.format(first.timeMs), day.format(last.timeMs)];
  const total = formatCount(kind, last.value);
  const before = first.value.toLocaleString('en-GB');
  return from === to
    ? `From ${before} to ${total} on ${to}`
    : `From ${before} on ${from} to ${total} on ${to}`;
}

/** The last reading of each of so many equal spans, and always the first. */
function thin(points: readonly Point[]): Point[] {
  const sorted = points
    .filter(({ timeMs, value }) => Number.isFinite(timeMs) && Number.isFinite(value))
    .sort((one, other) => one.timeMs - other.timeMs);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined || sorted.length <= POINTS_MAX) return sorted;
  const spanMs = (last.timeMs - first.timeMs) / (POINTS_MAX - 1);
  const bySpan = new Map(
    sorted.slice(1).map((point) => [Math.ceil((point.timeMs - first.timeMs) / spanMs), point]),
  );
  return [first, ...bySpan.values()];
}

function toPlaces(points: readonly Point[]): { x: number; y: number }[] {
  const values = points.map(({ value }) => value);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const range = Math.max(highest - lowest, highest * RANGE_SHARE_MIN, 1);
  const [fromMs, toMs] = [points[0]?.timeMs ?? 0, points.at(-1)?.timeMs ?? 1];
  const place = (share: number, size: number) => Number((MARGIN + share * (size - 2 * MARGIN)).toFixed(1));
  return points.map(({ timeMs, value }) => ({
    x: place((timeMs - fromMs) / (toMs - fromMs), WIDTH),
    y: place(1 - (value - lowest) / range, HEIGHT),
  }));
}
