/**
 * From observed totals to a curve that never falls.
 *
 * A total is read at irregular times, by clocks and services that err. What is left of it here is a curve through the
 * readings known at an instant, along which every later figure is a difference. The treatment of bad readings, in order:
 *
 *   negative, not a number, above VALUE_MAX      dropped
 *   later than the instant, or before arXiv      dropped: not known yet, or a broken clock
 *   out of order                                 sorted
 *   several at one instant                       the smallest counts, whatever their order
 *   a fall below half that lasts                 the link now names another repository: the curve starts again there
 *   any other fall (votes withdrawn, a misread)  flattened by isotonic regression with medians, so that one wild
 *                                                reading among good ones changes nothing
 *   gaps                                         growth is spread evenly over the gap; after the last reading nothing
 *                                                is known, which is not the same as no growth
 *
 * A sudden rise cannot be told from success; it is bounded by `perDayMax` and by the logarithm of velocity.ts. A renamed
 * repository keeps its count and so its curve.
 *
 * Isotonic regression by pooling adjacent violators: Ayer, Brunk, Ewing, Reid & Silverman, Annals of Mathematical
 * Statistics 26 (1955); with medians: Robertson & Waltman, ibid. 39 (1968).
 */

/** Readings of one signal of one paper, side by side: `values[i]` was the total at `timesMs[i]`. Any order. */
export type Series = { readonly timesMs: ArrayLike<number>; readonly values: ArrayLike<number> };

export type Curve = {
  /** Ascending and distinct; at least one. */
  readonly timesMs: readonly number[];
  /** Never falling. Between two times the total is taken to grow evenly. */
  readonly values: readonly number[];
  /** The first point is not a reading but the moment at which the count was zero. */
  readonly startsAtZero: boolean;
  /** The last valid reading as it was, for display. */
  readonly latest: number;
};

/** No count that we follow comes near a billion. */
export const VALUE_MAX = 1e9;
/** arXiv opened on 14 August 1991. */
const EARLIEST_MS = Date.UTC(1991, 7, 14);
/** A fall below this share starts the curve anew … */
const RESTART_SHARE = 0.5;
/** … when it lasts, and when two readings before it agree: one of them may have been wild. */
const RESTART_READINGS = 2;

/**
 * The curve of what was known at `atMs`, or null when nothing was. `zeroAtMs` is when the count was zero, where known;
 * a reading before it says that this is wrong, and it is ignored. O(n), but for series that fall.
 */
export function toCurve(series: Series, atMs: number, zeroAtMs: number | null): Curve | null {
  const times: number[] = [];
  const values: number[] = [];
  let isSorted = true;
  let falls = false;
  for (let index = 0; index < series.timesMs.length; index += 1) {
    const time = series.timesMs[index] ?? Number.NaN;
    const value = series.values[index] ?? Number.NaN;
    if (!(time >= EARLIEST_MS && time <= atMs && value >= 0 && value <= VALUE_MAX)) continue;
    const lastTime = times.at(-1);
    if (lastTime !== undefined && time <= lastTime) isSorted = false;
    if (value < (values.at(-1) ?? 0)) falls = true;
    times.push(time);
    values.push(value);
  }
  const sorted = isSorted ? { times, values } : sortReadings(times, values);
  const latest = sorted.values.at(-1);
  if (latest === undefined) return null;
  const steady = falls || !isSorted ? withoutFalls(sorted) : sorted;
  return startingAtZero(steady.times, steady.values, latest, zeroAtMs);
}

function startingAtZero(times: number[], values: number[], latest: number, zeroAtMs: number | null): Curve {
  const startsAtZero =
    zeroAtMs !== null && Number.isFinite(zeroAtMs) && zeroAtMs < (times[0] ?? Number.NEGATIVE_INFINITY);
  if (!startsAtZero) return { timesMs: times, values, startsAtZero, latest };
  return { timesMs: [zeroAtMs, ...times], values: [0, ...values], startsAtZero, latest };
}

type Readings = { times: number[]; values: number[] };

/** By time; of several readings at one instant the smallest. */
function sortReadings(times: readonly number[], values: readonly number[]): Readings {
  const order = times
    .map((time, index) => ({ time, value: values[index] ?? 0 }))
    .sort((one, other) => one.time - other.time || one.value - other.value);
  const sorted: Readings = { times: [], values: [] };
  for (const { time, value } of order) {
    if (time === sorted.times.at(-1)) continue;
    sorted.times.push(time);
    sorted.values.push(value);
  }
  return sorted;
}

function withoutFalls({ times, values }: Readings): Readings {
  const start = lastRestart(values);
  return { times: times.slice(start), values: medianIsotonic(values.slice(start)) };
}

/** Where the curve last started anew; 0 when it never did. */
function lastRestart(values: readonly number[]): number {
  let highestAfter = 0;
  for (let index = values.length - 1; index > 0; index -= 1) {
    highestAfter = Math.max(highestAfter, values[index] ?? 0);
    const isLasting = values.length - index >= RESTART_READINGS;
    const before = Math.min(...values.slice(Math.max(0, index - RESTART_READINGS), index));
    if (isLasting && highestAfter < RESTART_SHARE * before) return index;
  }
  return 0;
}

/** The nearest sequence that never falls, in the sum of absolute distances. */
function medianIsotonic(values: readonly number[]): number[] {
  const starts: number[] = [];
  const medians: number[] = [];
  values.forEach((value, index) => {
    let start = index;
    let median = value;
    while ((medians.at(-1) ?? Number.NEGATIVE_INFINITY) > median) {
      medians.pop();
      start = starts.pop() ?? 0;
      median = lowMedian(values.slice(start, index + 1));
    }
    starts.push(start);
    medians.push(median);
  });
  return medians.flatMap((median, block) =>
    new Array<number>((starts[block + 1] ?? values.length) - (starts[block] ?? 0)).fill(median),
  );
}

function lowMedian(values: number[]): number {
  values.sort((one, other) => one - other);
  return values[(values.length - 1) >> 1] ?? 0;
}

/**
 * The total at a time, which must lie within the curve. Each call for an earlier time than the one before is O(1)
 * amortised: `hint` is where the last search ended.
 */
export function valueAt(curve: Curve, timeMs: number, hint = curve.timesMs.length - 1): [number, number] {
  let index = hint;
  while (index > 0 && (curve.timesMs[index] ?? 0) > timeMs) index -= 1;
  const time = curve.timesMs[index] ?? 0;
  const value = curve.values[index] ?? 0;
  const nextTime = curve.timesMs[index + 1];
  if (nextTime === undefined || timeMs <= time) return [value, index];
  const nextValue = curve.values[index + 1] ?? value;
  return [value + ((nextValue - value) * (timeMs - time)) / (nextTime - time), index];
}
