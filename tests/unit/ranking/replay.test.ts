import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { judgeDay, toSubject } from '#lib/ranking/evaluation/judgement.ts';
import { REPLAY_DEFAULTS, type ReplayPaper, replay } from '#lib/ranking/evaluation/replay.ts';
import { readStarHistories } from '#lib/ranking/evaluation/star-history.ts';
import { DAY_MS } from '#lib/time.ts';

const START = Date.UTC(2025, 0, 1);
const OPTIONS = { ...REPLAY_DEFAULTS, heldOutFromMs: START + 30 * DAY_MS };

/** Daily stars from the first day, except on the days left out. */
function aPaper(id: string, starsOn: (day: number) => number, days: readonly number[]): ReplayPaper {
  const facts = { id, list: null, category: null, listedAtMs: null, submittedAtMs: null };
  const timesMs = days.map((day) => START + day * DAY_MS);
  return { facts, series: { stars: { timesMs, values: days.map(starsOn) } } };
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test('where growth goes on as it was, the order is perfect', () => {
  const papers = range(0, 60).map((rate) =>
    aPaper(`paper-${rate}`, (day) => 100 + rate * rate * day, range(0, 60)),
  );
  const { all, paperCount } = replay(papers, OPTIONS);
  expect(paperCount).toBe(60);
  expect(all?.formulas.paperboy.precision).toBe(1);
  expect(all?.formulas.paperboy.churn).toBeCloseTo(0, 9);
  expect(all?.formulas.paperboy.ndcg).toBeCloseTo(1, 9);
  expect(all?.formulas.paperboy.kendallTau).toBeCloseTo(1, 9);
  expect(all?.formulas.newest.ndcg).toBeLessThan(0.5);
});

test('a lone burst is told from growth that lasts', () => {
  const lasting = range(0, 40).map((index) =>
    aPaper(`lasting-${index}`, (day) => 1000 + day * (40 + index), range(0, 60)),
  );
  const bursts = range(0, 40).map((index) =>
    aPaper(`burst-${index}`, (day) => 1000 + day + (day >= 8 + index ? 1200 : 0), range(0, 60)),
  );
  const { all } = replay([...lasting, ...bursts], OPTIONS);
  expect(all!.formulas.paperboy.ndcg).toBeGreaterThan(all!.formulas.windowCount.ndcg);
});

test('the parts do not share an outcome: days whose horizon crosses the border are in neither', () => {
  const papers = range(0, 30).map((rate) => aPaper(`paper-${rate}`, (day) => 100 + rate * day, range(0, 60)));
  const { tuned, heldOut, all } = replay(papers, OPTIONS);
  expect([tuned?.dayCount, heldOut?.dayCount, all?.dayCount]).toEqual([16, 23, 46]);
});

test('no day inside a gap, and none whose horizon falls into one, is judged', () => {
  const days = [...range(0, 20), ...range(50, 80)];
  const papers = range(0, 30).map((rate) => aPaper(`paper-${rate}`, (day) => 100 + rate * day, days));
  const { all } = replay(papers, OPTIONS);
  // 7 to 12 before the gap (the last reading is of day 19), 50 to 72 after it.
  expect(all?.dayCount).toBe(6 + 23);
});

test('a paper that leaves the data is not judged, and counted', () => {
  const papers = range(0, 30).map((rate) =>
    aPaper(`paper-${rate}`, (day) => 100 + rate * day, rate === 3 ? range(0, 30) : range(0, 60)),
  );
  expect(replay(papers, OPTIONS).unjudgedPerDay).toBeGreaterThan(0);
});

test('no formula sees the future: other futures give the same orders', () => {
  const at = START + 30 * DAY_MS;
  const question = { target: 'stars', window: 'week', horizonDays: 7 } as const;
  const ordersWith = (future: (rate: number, day: number) => number) => {
    const subjects = range(0, 50).map((rate) => {
      const paper = aPaper(
        `paper-${rate}`,
        (day) => (day <= 30 ? 100 + rate * day : future(rate, day)),
        range(0, 60),
      );
      return toSubject(paper.facts, paper.series);
    });
    return judgeDay(subjects, at, question).orders;
  };
  expect(ordersWith((rate, day) => 5000 + (50 - rate) * day)).toEqual(
    ordersWith((rate, day) => 4000 + rate * day),
  );
});

test('no data is no report, not a crash', () => {
  expect(replay([], OPTIONS)).toMatchObject({ paperCount: 0, tuned: null, heldOut: null, all: null });
  expect(replay([aPaper('lonely', () => 5, [0])], OPTIONS).all).toBeNull();
});

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const STARS = join(DATA, 'stars/github-stars-daily-2024-08_2025-12.csv.gz');

test.skipIf(!existsSync(STARS))(
  'on recorded stars our order foresees the next week better than every baseline (skipped without the recorded data)',
  { timeout: 180_000 },
  async () => {
    const bytes = createReadStream(STARS).pipe(createGunzip());
    const { histories } = await readStarHistories(createInterface({ input: bytes }));
    const papers = histories.map(({ repository, timesMs, stars }) => ({
      facts: { id: repository, list: null, category: null, listedAtMs: null, submittedAtMs: null },
      series: { stars: { timesMs, values: stars } },
    }));
    const { tuned, heldOut } = replay(papers, { ...REPLAY_DEFAULTS, everyDays: 20 });
    for (const table of [tuned!, heldOut!]) {
      const { paperboy, ...others } = table.formulas;
      for (const other of Object.values(others)) expect(paperboy.ndcg).toBeGreaterThan(other.ndcg);
    }
    expect(heldOut!.relative.mean).toBeGreaterThan(0.04);
  },
);
