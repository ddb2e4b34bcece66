/** Growth along a curve, as far as it is steady. */
import { HOUR_MS } from '#lib/time.ts';
import { type Curve, valueAt } from './curve.ts';

/** The busiest two hours of a span count for at most so many times the mean of its other hours … */
export const BURST = 3;
/** … and so many besides, since two votes in an hour are no burst. */
export const BURST_FREE = 2;
/** Longer spans hold bursts that last, and those are news. */
export const BURST_SPAN_HOURS = 12;

/**
 * Growth between two instants of which the curve is known. In a span of hours the busiest two neighbouring ones are
 * bounded by what the others bring: votes that come all at once have often been asked for, and if they have not, more
 * will follow. Where readings are too far apart to tell, all growth counts. `from` and `hint` are those of `valueAt`.
 */
export function steadyGain(
  curve: Curve,
  fromMs: number,
  toMs: number,
  from: number,
): { value: number; hint: number } {
  const [upper, first] = valueAt(curve, toMs, from);
  const hours = Math.round((toMs - fromMs) / HOUR_MS);
  const isFine = hours > 2 && hours <= BURST_SPAN_HOURS && (curve.timesMs[first - 1] ?? fromMs) > fromMs;
  if (!isFine) {
    const [lower, hint] = valueAt(curve, fromMs, first);
    return { value: upper - lower, hint };
  }
  let busiest = 0;
  let hint = first;
  let [before, twoBefore] = [upper, upper];
  let value = upper;
  for (let hour = 1; hour <= hours; hour += 1) {
    [value, hint] = valueAt(curve, toMs - ((toMs - fromMs) * hour) / hours, hint);
    if (hour > 1) busiest = Math.max(busiest, twoBefore - value);
    [before, twoBefore] = [value, before];
  }
  const others = (upper - value - busiest) / (hours - 2);
  return { value: upper - value - busiest + Math.min(busiest, BURST_FREE + BURST * 2 * others), hint };
}
