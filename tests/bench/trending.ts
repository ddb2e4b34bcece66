/**
 * How good the trending order is: the replay over daily star counts, and the simulator.
 *
 *   node tests/bench/trending.ts [--stars FILE.csv[.gz]] [--every DAYS] [--window day|week|month] [--horizon DAYS]
 *                                [--held-out-from YYYY-MM-DD] [--worlds COUNT] [--json]
 *
 * Prints one JSON line with --json, else tables. `--worlds 0` leaves the simulator out.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { BASELINE_LABEL } from '#lib/ranking/evaluation/baselines.ts';
import { FORMULA_NAMES, type FormulaName } from '#lib/ranking/evaluation/judgement.ts';
import {
  REPLAY_DEFAULTS,
  type ReplayPaper,
  type ReplayTable,
  replay,
} from '#lib/ranking/evaluation/replay.ts';
import { readStarHistories, type StarHistory } from '#lib/ranking/evaluation/star-history.ts';
import { TRENDING_WINDOWS } from '#lib/ranking/signal.ts';
import { SIMULATION_DEFAULTS, type SimulationReport, simulate } from '#lib/ranking/simulation/simulation.ts';

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');

const { values: flags } = parseArgs({
  options: {
    stars: { type: 'string', default: join(DATA, 'stars/github-stars-daily-2024-08_2025-12.csv.gz') },
    every: { type: 'string', default: '1' },
    window: { type: 'string', default: REPLAY_DEFAULTS.window },
    horizon: { type: 'string', default: String(REPLAY_DEFAULTS.horizonDays) },
    'held-out-from': { type: 'string', default: '2025-07-01' },
    worlds: { type: 'string', default: String(SIMULATION_DEFAULTS.worlds) },
    json: { type: 'boolean', default: false },
  },
});

const started = performance.now();
const { histories, rowCount, skippedCount } = await readStarHistories(linesOf(flags.stars));
const window = TRENDING_WINDOWS.find((name) => name === flags.window) ?? REPLAY_DEFAULTS.window;
const report = replay(histories.map(toPaper), {
  ...REPLAY_DEFAULTS,
  window,
  horizonDays: Number(flags.horizon),
  everyDays: Number(flags.every),
  heldOutFromMs: Date.parse(`${flags['held-out-from']}T00:00:00Z`),
});
const simulation =
  flags.worlds === '0' ? null : simulate({ ...SIMULATION_DEFAULTS, worlds: Number(flags.worlds) });
const seconds = Number(((performance.now() - started) / 1000).toFixed(1));

if (flags.json)
  console.log(JSON.stringify({ bench: 'trending', rowCount, skippedCount, seconds, ...report, simulation }));
else {
  console.log({ rowCount, skippedCount, seconds, papers: report.paperCount });
  print('before the held-out part', report.tuned);
  print('held out', report.heldOut);
  print('all', report.all);
  if (simulation !== null) printSimulation(simulation);
}

function linesOf(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file);
  return createInterface({ input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes });
}

function toPaper({ repository, timesMs, stars }: StarHistory): ReplayPaper {
  const facts = { id: repository, list: null, category: null, listedAtMs: null, submittedAtMs: null };
  return { facts, series: { stars: { timesMs, values: stars } } };
}

function label(name: FormulaName): string {
  return name === 'paperboy' ? 'Paperboy' : BASELINE_LABEL[name];
}

function printSimulation(simulation: SimulationReport): void {
  console.log(`\nsimulated: ${flags.worlds} worlds`);
  console.table(
    Object.fromEntries(
      FORMULA_NAMES.map((name) => {
        const { peakRankByHour, peakRankSpread, hoursToSurface, collusion } = simulation[name];
        const peaks = `${Math.min(...peakRankByHour)}–${Math.max(...peakRankByHour)}`;
        return [label(name), { peaks, peakRankSpread, hoursToSurface, ...collusion }];
      }),
    ),
  );
}

function print(title: string, table: ReplayTable | null): void {
  if (table === null) return;
  console.log(`\n${title}: ${table.dayCount} days`);
  console.table(
    Object.fromEntries(
      FORMULA_NAMES.map((name) => [
        label(name),
        Object.fromEntries(
          Object.entries(table.formulas[name]).map(([measure, value]) => [measure, value.toFixed(4)]),
        ),
      ]),
    ),
  );
  const { bestBaseline, difference, relative, lostShare } = table;
  console.log({ bestBaseline, difference, relative, lostShare });
}
