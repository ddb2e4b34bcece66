/**
 * Votes as they might come, where recorded data is silent: a list of papers a day, each with its own quality, read by
 * people who sleep at night and rest at weekends, and who follow one another.
 *
 * Votes are a Hawkes process (Biometrika 58, 1971) in its cluster form (Hawkes & Oakes, J. Applied Probability 11, 1974):
 * readers come of themselves at the rate quality · novelty(age) · activity(hour of the week), and each vote brings
 * further ones. Quality is log-normal with the median and 99th percentile of archived Hugging Face days. Votes do not
 * depend on the rank a paper is shown at, which would reward every formula for its own mistakes.
 */
import type { Random } from '#lib/random.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

export type SimulatedPaper = {
  readonly id: string;
  readonly submittedAtMs: number;
  /** Direct votes to be expected in all, at average activity. */
  readonly quality: number;
  readonly votesAtMs: readonly number[];
};

export const QUALITY_MEDIAN = 6;
const QUALITY_LOG_SD = 1;
/** Time in which interest in a paper halves. */
const NOVELTY_HALF_LIFE_HOURS = 24;
/** Votes that one vote brings in the mean, and after how long. */
const BRANCHING = 0.3;
const OFFSPRING_DELAY_HOURS = 6;
/** Nobody follows for ever: a paper is simulated for so long after its submission. */
const LIFE_HOURS = 240;
/** A cluster that grows beyond this is cut; with the branching above it never comes near. */
const VOTES_MAX = 100_000;

/** Activity at an instant, 1 on average over the week: a daily wave with its trough at 04:00 UTC, weekends at half. */
export function activityAt(timeMs: number): number {
  const hour = (timeMs / HOUR_MS) % 24;
  const isWeekend = [0, 6].includes((Math.floor(timeMs / DAY_MS) + 4) % 7);
  const wave = 1 - 0.8 * Math.cos((2 * Math.PI * (hour - 4)) / 24);
  return (wave * (isWeekend ? 0.5 : 1)) / (6 / 7);
}

/** `perDay` papers on each of `days` days from `fromMs`, submitted when people are awake. */
export function simulatePapers(
  { fromMs, days, perDay }: { fromMs: number; days: number; perDay: number },
  random: Random,
): SimulatedPaper[] {
  return Array.from({ length: days * perDay }, (_, index) => {
    const dayMs = fromMs + Math.floor(index / perDay) * DAY_MS;
    const quality = QUALITY_MEDIAN * Math.exp(QUALITY_LOG_SD * normal(random));
    const paper = {
      id: `paper-${String(index).padStart(5, '0')}`,
      submittedAtMs: hourAwake(dayMs, random),
      quality,
    };
    return { ...paper, votesAtMs: simulateVotes(paper, random) };
  });
}

function hourAwake(dayMs: number, random: Random): number {
  for (;;) {
    const timeMs = dayMs + random.fraction() * DAY_MS;
    if (random.fraction() * 2.2 < activityAt(timeMs)) return timeMs;
  }
}

/** How many times the usual interest a paper draws at an age, for papers that are to rise late. */
export type Lift = (ageHours: number) => number;

/**
 * The votes of one paper, ascending. Readers are drawn on a clock of expected readers and then mapped to time, so that
 * the same `random` gives the same readers whenever the paper is submitted.
 */
export function simulateVotes(
  { submittedAtMs, quality }: Pick<SimulatedPaper, 'submittedAtMs' | 'quality'>,
  random: Random,
  lift: Lift = () => 1,
): number[] {
  const votes: number[] = [];
  let expected = 0;
  let next = exponential(random);
  for (let hour = 0; hour < LIFE_HOURS; hour += 1) {
    const startMs = submittedAtMs + hour * HOUR_MS;
    const novelty = (Math.LN2 / NOVELTY_HALF_LIFE_HOURS) * 2 ** (-(hour + 0.5) / NOVELTY_HALF_LIFE_HOURS);
    const rate = quality * novelty * activityAt(startMs + HOUR_MS / 2) * lift(hour);
    while (next < expected + rate) {
      votes.push(startMs + ((next - expected) / rate) * HOUR_MS);
      next += exponential(random);
    }
    expected += rate;
  }
  return withOffspring(votes, random);
}

function withOffspring(immigrants: readonly number[], random: Random): number[] {
  const votes = [...immigrants];
  for (let index = 0; index < votes.length && votes.length < VOTES_MAX; index += 1) {
    let delay = exponential(random);
    // The number of a Poisson process's events before BRANCHING, each given its own delay.
    for (let drawn = delay; drawn < BRANCHING; drawn += delay) {
      votes.push((votes[index] ?? 0) + exponential(random) * OFFSPRING_DELAY_HOURS * HOUR_MS);
      delay = exponential(random);
    }
  }
  return votes.sort((one, other) => one - other);
}

/** Mean 1. */
function exponential(random: Random): number {
  return -Math.log(1 - random.fraction());
}

/** Mean 0, standard deviation 1 (Box & Muller, 1958). */
function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.fraction());
}

/** The totals that hourly reading would have found, from the first reading after the submission to `untilMs`. */
export function readHourly(
  { submittedAtMs, votesAtMs }: Pick<SimulatedPaper, 'submittedAtMs' | 'votesAtMs'>,
  untilMs: number,
): { timesMs: number[]; values: number[] } {
  const timesMs: number[] = [];
  const values: number[] = [];
  let total = 0;
  for (let timeMs = Math.ceil(submittedAtMs / HOUR_MS) * HOUR_MS; timeMs <= untilMs; timeMs += HOUR_MS) {
    while ((votesAtMs[total] ?? Number.POSITIVE_INFINITY) <= timeMs) total += 1;
    timesMs.push(timeMs);
    values.push(total);
  }
  return { timesMs, values };
}
