import 'server-only';
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import { type Readings, type ReadingsByKind, withOwnStars } from '#lib/ranking/readings.ts';

export type SignalSeries = Readings & { readonly kind: SignalKind };

/** The readings of a paper's signals as the lines that are drawn of them. */
export function toSparklines(series: ReadingsByKind): SignalSeries[] {
  const own = withOwnStars(series);
  return SIGNAL_KINDS.flatMap((kind) => {
    const readings = own[kind];
    return readings === undefined ? [] : [{ kind, ...readings }];
  });
}
