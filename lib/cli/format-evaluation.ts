/** An evaluation of the trending order as tables for a terminal. */
import { BASELINE_LABEL } from '#lib/ranking/evaluation/baselines.ts';
import { FORMULA_NAMES, type FormulaName } from '#lib/ranking/evaluation/formula-names.ts';
import type { ReplayReport, ReplayTable } from '#lib/ranking/evaluation/replay.ts';
import type { SimulationReport } from '#lib/ranking/simulation/simulation.ts';

/** By the order that was simulated. */
export type Simulations = Readonly<Record<'day' | 'week', SimulationReport>>;

export type Evaluation = {
  readonly heldOutFrom: string;
  readonly replay: ReplayReport | null;
  readonly simulation: Simulations | null;
};

export function formatEvaluation({ heldOutFrom, replay, simulation }: Evaluation): string {
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
