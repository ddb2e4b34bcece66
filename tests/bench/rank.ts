/**
 * How long a ranking takes on the embedded database as an instance has it: from scratch, and an hour later with an hour's
 * observations.
 *
 *   node tests/bench/rank.ts [--papers 100000] [--observations 5000000] [--json]
 *
 * Papers come evenly over 16 months, of which the last 31 days are always ranked. A third of the observations are upvotes,
 * all within two weeks of the listing, since nobody looks later; the others are stars of every third paper, evenly over
 * the logarithm of its age, as interest dies off (lib/ranking/velocity.ts) and only changes are recorded.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { systemClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { orderPapers } from '#lib/ranking/order-papers.ts';
import { rankPapers } from '#lib/ranking/rank-papers.ts';
import { HOUR_MS } from '#lib/time.ts';

const { values: flags } = parseArgs({
  options: {
    papers: { type: 'string', default: '100000' },
    observations: { type: 'string', default: '5000000' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const papers = Number(flags.papers);
const perPaper = Math.round(Number(flags.observations) / papers / 2);
const NOW = new Date('2026-11-02T05:55:00Z');
const DAYS = 487;

const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-rank-'));
const url = await openEmbedded(folder);
// The database ends with its last client.
const client = new pg.Client({ connectionString: url });
await client.connect();
await migrate(url);
const db = createDb(url);

await load();
const [{ count: observations } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
  SELECT count(*)::int AS count FROM signal`;

const scratch = await timed(() => rankPapers({ db, clock: systemClock }, NOW));
const hourly: { seconds: number; ranked: number; gathered: number }[] = [];
for (let hour = 1; hour <= Number(flags.runs); hour += 1) {
  const until = new Date(NOW.getTime() + hour * HOUR_MS);
  await observeHour(until);
  const { seconds, result } = await timed(() => rankPapers({ db, clock: systemClock }, until));
  hourly.push({ seconds, ranked: result.ranked, gathered: result.gathered });
}
const replayed = await timed(() => orderPapers(db, { at: NOW, window: 'week' }));

const report = {
  bench: 'rank',
  papers,
  observations,
  fromScratch: { seconds: scratch.seconds, ranked: scratch.result.ranked, gathered: scratch.result.gathered },
  hourlySecondsMedian: hourly.map(({ seconds }) => seconds).sort((a, b) => a - b)[hourly.length >> 1],
  hourly,
  orderOfAMoment: { seconds: replayed.seconds, ranked: replayed.result.length },
};
console.log(flags.json ? JSON.stringify(report) : report);
await db.$disconnect();
await client.end();
await embeddedEnded(folder, 20_000);
rmSync(folder, { recursive: true, force: true });

async function timed<Result>(work: () => Promise<Result>): Promise<{ seconds: number; result: Result }> {
  const started = performance.now();
  const result = await work();
  return { seconds: Number(((performance.now() - started) / 1000).toFixed(2)), result };
}

async function load(): Promise<void> {
  await client.query(
    `INSERT INTO paper (archive, identifier, title, title_text, abstract, abstract_text, authors, categories,
       primary_category, keywords, authority, recorded_at, submitted_at)
     SELECT 'arxiv', lpad(n::text, 10, '0'), 'T', 'T', 'A', 'A', '{}', '{cs.LG}',
       (ARRAY['cs.LG','cs.CL','cs.CV'])[1 + n % 3], '{}', 1, now(),
       $2::timestamptz - make_interval(mins => ((n::float8 / $1) * ${DAYS} * 1440)::int)
     FROM generate_series(1, $1) n`,
    [papers, NOW.toISOString()],
  );
  await client.query(
    `INSERT INTO listing (listed_on, list, paper_key, kind)
     SELECT submitted_at::date, CASE WHEN key % 10 = 0 THEN 'huggingface' ELSE 'arxiv' END, key, 'new' FROM paper`,
  );
  const upvotes = Math.round(perPaper * (2 / 3));
  await observe(
    'upvotes',
    upvotes,
    'TRUE',
    `least(age, 14 * 86400) * ((k - (key % 100) / 100.0) / ${upvotes}) ^ 2`,
  );
  const stars = (2 * perPaper - upvotes) * 3;
  await observe(
    'stars',
    stars,
    'key % 3 = 0',
    `3600 * ((age / 3600) ^ ((k - (key % 100) / 100.0) / ${stars}))`,
  );
  await client.query(
    `INSERT INTO latest_signal (paper_key, kind, observed_at, value)
     SELECT DISTINCT ON (paper_key, kind) paper_key, kind, observed_at, value
     FROM signal ORDER BY paper_key, kind, observed_at DESC`,
  );
}

/** `count` readings of each of some papers, the k-th at an age of `ageOf` seconds, out of `age` that the paper has. */
async function observe(kind: string, count: number, which: string, ageOf: string): Promise<void> {
  for (let start = 0; start < papers; start += 20_000) {
    await client.query(
      `INSERT INTO signal (paper_key, kind, observed_at, value)
       SELECT key, '${kind}', submitted_at + make_interval(secs => ${ageOf} + k * 0.001),
         (sqrt(k) * (1 + key % 17))::int
       FROM (SELECT key, submitted_at, extract(epoch FROM $1::timestamptz - submitted_at)::float8 AS age
             FROM paper WHERE key > $2 AND key <= $3 AND ${which}) p, generate_series(1, ${count}) k
       WHERE age > 3600 ON CONFLICT DO NOTHING`,
      [NOW.toISOString(), start, start + 20_000],
    );
  }
}

/** An hour of looks: every paper of two days, one in 20 of a month's, one in 500 of the others. */
async function observeHour(until: Date): Promise<void> {
  await client.query(
    `INSERT INTO signal (paper_key, kind, observed_at, value)
     SELECT key, latest.kind, $1::timestamptz - make_interval(mins => 20),
       latest.value + 1 + (key + extract(hour FROM $1::timestamptz)::int) % 5
     FROM paper JOIN latest_signal latest ON latest.paper_key = paper.key
     WHERE submitted_at > $1::timestamptz - interval '2 days'
        OR (submitted_at > $1::timestamptz - interval '31 days' AND (key + extract(hour FROM $1::timestamptz)) % 20 = 0)
        OR (key + extract(hour FROM $1::timestamptz)) % 500 = 0`,
    [until.toISOString()],
  );
}
