/** A simulated list at work: what is known of its papers at an instant, and where each formula puts them. */

import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { seededRandom } from '#lib/random.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import { type Candidate, toCandidate } from '../candidate.ts';
import { toCurve } from '../curve.ts';
import { BASELINES, type VoteHistory } from '../evaluation/baselines.ts';
import { FORMULA_NAMES, type FormulaName } from '../evaluation/formula-names.ts';
import { HOURS_PER_WEEK, type Rhythm, rhythmOf, tallyGrowth } from '../rhythm.ts';
import { scoreOf } from '../trending.ts';
import { type Usual, usualOf } from '../usual.ts';
import { readHourly, type SimulatedPaper, simulatePapers } from './simulated-votes.ts';

/** A Monday. The days before the question are there to fill the page and to learn the rhythm from. */
const START_MS = Date.UTC(2026, 0, 5);
const DAYS = 15;
/** Tuesday of the second week. */
export const QUESTION_MS = START_MS + 8 * DAY_MS;
/** Papers older than this are no longer followed. */
const FOLLOWED_DAYS = 7;

export type World = {
  readonly seed: number;
  readonly window: TrendingWindow;
  readonly papers: readonly SimulatedPaper[];
  readonly rhythm: Rhythm;
  /** By instant: the world's own papers score the same whatever paper a question adds. */
  readonly standings: Map<number, Standing>;
  /** What hourly reading finds of each paper, once for all instants. */
  readonly readings: Map<SimulatedPaper, ReturnType<typeof readHourly>>;
};

export type Scores = Readonly<Record<FormulaName, number>>;
type Standing = { readonly usual: Usual; readonly scores: readonly Scores[] };

export function makeWorld(window: TrendingWindow, papersPerDay: number, seed: number): World {
  const random = seededRandom(seed);
  const papers = simulatePapers({ fromMs: START_MS, days: DAYS, perDay: papersPerDay }, random);
  return { seed, window, papers, rhythm: learnedRhythm(papers), standings: new Map(), readings: new Map() };
}

/** From what was read before the questions are put, as an instance would learn it. */
function learnedRhythm(papers: readonly SimulatedPaper[]): Rhythm {
  const tally = new Float64Array(HOURS_PER_WEEK);
  for (const paper of papers) {
    const curve = toCurve(readHourly(paper, QUESTION_MS), QUESTION_MS, null);
    if (curve !== null) tallyGrowth(tally, curve, START_MS);
  }
  return rhythmOf(tally);
}

/** A paper as it was known at an instant, or null before it was first read. */
type Known = { readonly candidate: Candidate; readonly history: VoteHistory };

export function knownAt(paper: SimulatedPaper, { rhythm, readings }: World, atMs: number): Known | null {
  const { id, submittedAtMs } = paper;
  let all = readings.get(paper);
  if (all === undefined) {
    all = readHourly(paper, submittedAtMs + FOLLOWED_DAYS * DAY_MS);
    readings.set(paper, all);
  }
  const count = Math.max(0, Math.floor((atMs - (all.timesMs[0] ?? atMs)) / HOUR_MS) + 1);
  const upvotes = { timesMs: all.timesMs.slice(0, count), values: all.values.slice(0, count) };
  const curve = toCurve(upvotes, atMs, submittedAtMs);
  if (curve === null) return null;
  const facts = { id, list: 'simulated', category: null, listedAtMs: submittedAtMs, submittedAtMs };
  return { candidate: toCandidate(facts, { upvotes }, atMs, rhythm), history: { submittedAtMs, curve } };
}

export function scoresOf(
  { candidate, history }: Known,
  usual: Usual,
  window: TrendingWindow,
  atMs: number,
): Scores {
  return recordOf((name) =>
    name === 'paperboy' ? scoreOf(candidate, usual, atMs, { window }).score : BASELINES[name](history, atMs),
  );
}

export function standingAt(world: World, atMs: number): Standing {
  const before = world.standings.get(atMs);
  if (before !== undefined) return before;
  const followed = world.papers.filter(
    ({ submittedAtMs }) => submittedAtMs <= atMs && submittedAtMs > atMs - FOLLOWED_DAYS * DAY_MS,
  );
  const known = followed.flatMap((paper) => knownAt(paper, world, atMs) ?? []);
  const usual = usualOf(
    known.map(({ candidate }) => candidate),
    atMs,
  );
  const standing = { usual, scores: known.map((paper) => scoresOf(paper, usual, world.window, atMs)) };
  world.standings.set(atMs, standing);
  return standing;
}

/** Where a paper added to the world stands by each formula. */
export function ranksAt(world: World, paper: SimulatedPaper, atMs: number): Scores | null {
  const { usual, scores } = standingAt(world, atMs);
  const known = knownAt(paper, world, atMs);
  if (known === null) return null;
  const own = scoresOf(known, usual, world.window, atMs);
  return recordOf((name) => 1 + scores.filter((other) => other[name] > own[name]).length);
}

export function recordOf<T>(forFormula: (name: FormulaName) => T): Record<FormulaName, T> {
  return Object.fromEntries(FORMULA_NAMES.map((name) => [name, forFormula(name)])) as Record<FormulaName, T>;
}
