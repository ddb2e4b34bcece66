/** The figures of the last evaluation, as `paperboy eval trending --stars FILE --write` wrote them. */
import type { ReplayReport } from '#lib/ranking/evaluation/replay.ts';
import type { SimulationReport } from '#lib/ranking/simulation/simulation.ts';
import figures from './replay.json' with { type: 'json' };

type Evaluation = {
  readonly horizonDays: number;
  readonly heldOutFrom: string;
  readonly rows: { readonly all: number };
  readonly replay: ReplayReport | null;
  readonly simulation: Readonly<Record<'day' | 'week', SimulationReport>> | null;
  readonly worlds: number;
};

export const evaluation = figures as unknown as Evaluation;
