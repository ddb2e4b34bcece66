/**
 * Two workers send a digest to 5,000 subscribers and are killed (SIGKILL) 50 times at random instants (seeded), into a
 * scripted SMTP server that greylists, refuses, is slow and breaks connections. A second day follows, undisturbed, so
 * that papers that came twice would show.
 *
 *   node tests/bench/digest-crash.ts [--subscribers 5000] [--kills 50] [--seed 1] [--json]     prints one JSON line
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fixedClock, systemClock } from '#lib/clock.ts';
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { toDay } from '#lib/papers/day.ts';
import { DAY_MS } from '#lib/time.ts';
import { fillPapers, fillSubscriptions, openInstance } from '../support/digest-instance.ts';
import { countRepeats, killSenders } from '../support/kill-senders.ts';
import { startRelay } from '../support/scripted-relay.ts';

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: true },
  },
});

/** One in two hundred of each kind of trouble: more would exhaust the error budget, which is not what is measured. */
function addressOf(reader: number): string {
  const kind = ['grey', 'slow', 'bad', 'after', 'before', 'policy'][reader % 200] ?? 'r';
  return `${kind}${reader}@d${reader % 40}.example`;
}

const directory = mkdtempSync(join(tmpdir(), 'paperboy-digest-crash-'));
const instance = await openInstance(directory);
const relay = await startRelay({ slowMs: 150 });
const beganMs = performance.now();
const now = systemClock.now();
const count = Number(values.subscribers);
await fillPapers(instance.db, toDay(now), 30);
await fillSubscriptions(instance.db, {
  count,
  dueAt: new Date(now.getTime() - 60_000),
  addressOf,
  queryOf: null,
  papersMax: 10,
});
const kills = Number(values.kills);
const plan = {
  url: instance.url,
  smtpUrl: relay.url,
  connections: 4,
  // Slow enough that there is something to interrupt to the last.
  perSecond: 60,
  leaseMs: 3_000,
  isEndless: true,
  dkim: null,
};

const report = await killSenders(
  { db: instance.db, relay },
  { ...plan, kills, seed: Number(values.seed), withinMs: 1_500 },
);

// The day after: nobody is killed, and nobody gets a paper again.
const tomorrow = new Date(now.getTime() + DAY_MS);
await composeIssues(
  { db: instance.db, clock: fixedClock(tomorrow), explainDay: async () => '' },
  { limit: 1_000_000 },
);
await instance.db.$executeRaw`UPDATE issue SET send_at = now() WHERE state = 'due'`;
const second = await killSenders(
  { db: instance.db, relay },
  { ...plan, perSecond: 10_000, kills: 0, seed: 1, withinMs: 0 },
);
const repeatedPapers = countRepeats(relay);
const isGood =
  report.duplicates + second.duplicates + report.lost + second.lost + repeatedPapers + report.unfinished ===
    0 &&
  report.balancedAtEveryRestart &&
  second.balancedAtEveryRestart &&
  report.uncertain <= report.uncertainAllowed + (count / 200) * 2;
console.log(
  JSON.stringify({
    bench: 'digest-crash',
    subscribers: count,
    ...report,
    uncertainByBrokenConnections: Math.floor(count / 200) * 2,
    secondDay: { submitted: second.submitted, lost: second.lost, duplicates: second.duplicates },
    repeatedPapers,
    isGood,
    seconds: Math.round((performance.now() - beganMs) / 1_000),
  }),
);
await relay.close();
await instance.close();
rmSync(directory, { recursive: true, force: true });
process.exit(isGood ? 0 : 1);
