import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SignalKind } from '#lib/papers/paper.ts';
import { SIGNAL_KINDS } from '#lib/papers/paper.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { BASELINE_LABEL } from '#lib/ranking/evaluation/baselines.ts';
import { FORMULA_NAMES, type FormulaName } from '#lib/ranking/evaluation/formula-names.ts';
import type { ReplayReport, ReplayTable } from '#lib/ranking/evaluation/replay.ts';
import {
  REPLAY_DEFAULTS,
  type ReplayOptions,
  type ReplayPaper,
  replay,
} from '#lib/ranking/evaluation/replay.ts';
import { readStarHistories, type StarHistory } from '#lib/ranking/evaluation/star-history.ts';
import { listReplayPapers } from '#lib/ranking/list-replay-papers.ts';
import type { SimulationReport } from '#lib/ranking/simulation/simulation.ts';
import { SIMULATION_DEFAULTS, simulate } from '#lib/ranking/simulation/simulation.ts';
import {
  answer,
  type Context,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  parseCount,
  parseDayArgument,
  type Run,
  say,
} from '../command.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineEvalTrending(group: Command, run: Run): void {
  const count = (flags: string, words: string, otherwise: number) =>
    new Option(flags, words).argParser(parseCount).default(otherwise);
  group
    .command('trending')
    .description(
      'replay the trending order day by day against the growth that followed, beside other formulas; and simulate',
    )
    .addOption(
      new Option(
        '--stars <file>',
        'daily counts: a CSV file, plain or gzip, with the columns date, repo and stars',
      ).conflicts('signals'),
    )
    .option('--signals', 'the signals that this instance has recorded', false)
    .addOption(
      new Option('--target <kind>', 'with --signals: the signal whose growth is predicted')
        .choices(SIGNAL_KINDS)
        .default('upvotes'),
    )
    .addOption(new Option('--window <window>', 'the order').choices(TRENDING_WINDOWS).default('week'))
    .addOption(count('--horizon <days>', 'days of growth to predict', 7))
    .addOption(count('--every <days>', 'judge every n-th day', 1))
    .addOption(
      new Option('--held-out-from <day>', 'report days from this one on separately')
        .argParser(parseDayArgument)
        .default('2025-07-01'),
    )
    .addOption(
      new Option('--worlds <count>', 'simulated worlds; 0 for no simulation')
        .argParser(parseWorlds)
        .default(25),
    )
    .option('--write <file>', 'also write the result to this file, as JSON')
    .option('--json', JSON_OPTION, false)
    .action(run(evalTrending));
}

function parseWorlds(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected: a whole number from 0 to 999.');
}

type EvalTrendingFlags = {
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

/** Our formula and each baseline over the same days. Without a file or --signals it only simulates. */
async function evalTrending(context: Context, flags: EvalTrendingFlags): Promise<ExitCode> {
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
    say('No day can be judged: each needs a week of observations before it and the horizon after it.');
  if (flags.write !== undefined) writeFileSync(flags.write, `${JSON.stringify(evaluation, null, 2)}\n`);
  answer(flags.json, evaluation, formatEvaluation(evaluation));
  return EXIT.ok;
}

/** Simulated worlds last two weeks, too short for the order of a month. */
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

/** Star histories have no dates of papers, lists or categories. */
function toPaper({ repository, timesMs, stars }: StarHistory): ReplayPaper {
  const facts = { id: repository, list: null, category: null, listedAtMs: null, submittedAtMs: null };
  return { facts, series: { stars: { timesMs, values: stars } } };
}

/** By window. */
type Simulations = Readonly<Record<'day' | 'week', SimulationReport>>;

type Evaluation = {
  readonly heldOutFrom: string;
  readonly replay: ReplayReport | null;
  readonly simulation: Simulations | null;
};

function formatEvaluation({ heldOutFrom, replay, simulation }: Evaluation): string {
  const parts = [
    replay === null
      ? null
      : `${replay.paperCount} papers, ${Math.round(replay.candidatesPerDay)} ranked a day`,
    formatTable(`before ${heldOutFrom}`, replay?.tuned ?? null),
    formatTable(`from ${heldOutFrom} on`, replay?.heldOut ?? null),
    formatTable('all', replay?.all ?? null),
    simulation === null ? null : formatSimulation('day', simulation.day),
    simulation === null ? null : formatSimulation('week', simulation.week),
  ];
  return parts.filter((part) => part !== null).join('\n\n');
}

const labelOf = (name: FormulaName) => (name === 'paperboy' ? 'Paperboy' : BASELINE_LABEL[name]);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function formatTable(title: string, table: ReplayTable | null): string | null {
  if (table === null) return null;
  const { bestBaseline, relative, lostShare } = table;
  const lines = FORMULA_NAMES.map((name) => {
    const { ndcg, precision, kendallTau, ageDays, churn } = table.formulas[name];
    return [labelOf(name), ...[ndcg, precision, kendallTau, ageDays, churn].map((value) => value.toFixed(3))];
  });
  return [
    `${title}: ${table.dayCount} days`,
    ...columns([['', 'nDCG@20', 'precision', 'Kendall tau', 'median age', 'churn'], ...lines]),
    `nDCG against ${labelOf(bestBaseline)}: ${percent(relative.mean)} ` +
      `(95 %: ${percent(relative.low)} to ${percent(relative.high)}); behind it on ${percent(lostShare)} of the days`,
  ].join('\n');
}

function formatSimulation(window: string, simulation: SimulationReport): string {
  const lines = FORMULA_NAMES.map((name) => {
    const { peakRankByHour, peakRankSpread, hoursToSurface, collusion } = simulation[name];
    return [
      labelOf(name),
      `${Math.min(...peakRankByHour)}–${Math.max(...peakRankByHour)} (${peakRankSpread})`,
      hoursToSurface === null ? 'never' : hoursToSurface.toFixed(1),
      `${collusion.rankWithout} → ${collusion.rankWith}`,
      String(collusion.placesLostAtWorst),
    ];
  });
  const head = ['', 'peak rank by hour', 'hours to surface', 'ten bought votes', 'places others lose'];
  return [`simulated: the list of the ${window}`, ...columns([head, ...lines])].join('\n');
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
