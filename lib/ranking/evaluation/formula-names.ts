/** The formulas that are compared: ours first. */
import { BASELINE_LABEL, type BaselineName } from './baselines.ts';

export type FormulaName = 'paperboy' | BaselineName;

export const FORMULA_NAMES: readonly FormulaName[] = [
  'paperboy',
  ...(Object.keys(BASELINE_LABEL) as BaselineName[]),
];
