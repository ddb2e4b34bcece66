import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { SignalKind } from '#lib/papers/paper.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import {
  REPLAY_DEFAULTS,
  type ReplayOptions,
  type ReplayPaper,
  replay,
} from '#lib/ranking/evaluation/replay.ts';
import { readStarHistories, type StarHistory } from '#lib/ranking/evaluation/star-history.ts';
import { listReplayPapers } from '#lib/ranking/list-replay-papers.ts';
import { SIMULATION_DEFAULTS, simulate } from '#lib/ranking/simulation/simulation.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { formatEvaluation, type Simulations } from './format-evaluation.ts';
import { answer, say } from './print.ts';
import { withRuntime } from './with-runtime.ts';

export type EvalTrendingFlags = {
  readonly stars?: string;
  readonly signals: boolean;
  readonly target: SignalKind;
  readonly window: TrendingWindow;
  readonly horizon: number;
  readonly every: number;
  readonly heldOutFrom: string;
  readonly worlds: number;
  readonly write?: string;
  readonly json: boolean;
};

/** Our formula and each baseline over the same days. Without a file or --signals only the simulation is run. */
export async function evalTrending(context: Context, flags: EvalTrendingFlags): Promise<ExitCode> {
  const read = await readPapers(context, flags);
  const { target, window, horizon: horizonDays, every: everyDays } = flags;
  const options: ReplayOptions = {
    ...REPLAY_DEFAULTS,
    target: flags.stars === undefined ? target : 'stars',
    window,
    horizonDays,
    everyDays,
    heldOutFromMs: Date.parse(`${flags.heldOutFrom}T00:00:00Z`),
  };
  const evaluation = {
    window,
    horizonDays,
    heldOutFrom: flags.heldOutFrom,
    source: flags.stars === undefined ? (flags.signals ? ('signals' as const) : null) : ('stars' as const),
    rows: read?.rows ?? null,
    replay: read === null ? null : replay(read.papers, options),
    simulation: flags.worlds === 0 ? null : simulateWindows(flags.worlds),
    worlds: flags.worlds,
  };
  if (evaluation.replay?.all === null)
    say('No day can be judged: there are no readings over a week before and the horizon after.');
  if (flags.write !== undefined) writeFileSync(flags.write, `${JSON.stringify(evaluation, null, 2)}\n`);
  answer(flags.json, evaluation, formatEvaluation(evaluation));
  return EXIT.ok;
}

/** Of the month's order nothing can be seen in worlds of two weeks. */
function simulateWindows(worlds: number): Simulations {
  const of = (window: TrendingWindow) => simulate({ ...SIMULATION_DEFAULTS, window, worlds });
  return { day: of('day'), week: of('week') };
}

type Read = { readonly papers: readonly ReplayPaper[]; readonly rows: { all: number; skipped: number } };

async function readPapers({ config }: Context, { stars, signals }: EvalTrendingFlags): Promise<Read | null> {
  if (stars !== undefined) {
    const { histories, rowCount, skippedCount } = await readStarHistories(linesOf(stars));
    return { papers: histories.map(toPaper), rows: { all: rowCount, skipped: skippedCount } };
  }
  if (!signals) return null;
  return withRuntime(config, async ({ db }) => {
    const papers = await listReplayPapers(db);
    const readings = papers.flatMap(({ series }) =>
      Object.values(series).map(({ timesMs }) => timesMs.length),
    );
    return { papers, rows: { all: readings.reduce((sum, length) => sum + length, 0), skipped: 0 } };
  });
}

function linesOf(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file);
  return createInterface({ input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes });
}

/** Such lists date no paper, and know of neither list nor category. */
function toPaper({ repository, timesMs, stars }: StarHistory): ReplayPaper {
  const facts = { id: repository, list: null, category: null, listedAtMs: null, submittedAtMs: null };
  return { facts, series: { stars: { timesMs, values: stars } } };
}
