import 'server-only';
import type { SparklineSeries } from '#components/paper/sparkline.tsx';
import { SIGNAL_KINDS } from '#lib/papers/paper.ts';
import { type ReadingsByKind, withOwnStars } from '#lib/ranking/readings.ts';

/** The readings of a paper's signals as the lines that are drawn of them. */
export function toSparklines(series: ReadingsByKind): SparklineSeries[] {
  const own = withOwnStars(series);
  return SIGNAL_KINDS.flatMap((kind) => {
    const readings = own[kind];
    return readings === undefined ? [] : [{ kind, ...readings }];
  });
}
