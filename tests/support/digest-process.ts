/**
 * A worker of the digest as a process of its own, to be killed: composes and sends until nothing is left, or for ever.
 *
 *   node tests/support/digest-process.ts '{"url": …, "smtpUrl": …, "connections": 4, "perSecond": 100, "leaseMs": 3000}'
 *
 * Writes `ready` when it begins, and one JSON line with its counts when it ends.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { sendIssues } from '#lib/digest/send-issues.ts';
import { createLog } from '#lib/log.ts';
import { parseAddress } from '#lib/mail/address.ts';
import { parseMailbox } from '#lib/mail/message.ts';
import { readDkimKeys } from '#lib/mail/sending/dkim-store.ts';
import { parseSmtpUrl } from '#lib/mail/sending/smtp-target.ts';
import { createSmtpTransport } from '#lib/mail/sending/transport.ts';
import { systemRandom } from '#lib/random.ts';

export type DigestProcessPlan = {
  readonly url: string;
  readonly smtpUrl: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly leaseMs: number;
  /** Only composes, so many issues at most. */
  readonly composeMost?: number;
  /** Composes too, and goes on when nothing is left. */
  readonly isEndless: boolean;
  /** Folder and selector of DKIM keys; null: unsigned. */
  readonly dkim: {
    readonly dkimDirectory: string;
    readonly selector: string;
    readonly domain: string;
  } | null;
};

const plan: DigestProcessPlan = JSON.parse(process.argv[2] ?? '');
const clock = systemClock;
const db = createDb(plan.url);
const from = parseMailbox('Paperboy <paper@example.org>');
const returnPath = parseAddress('bounces@example.org');
if (from === null || returnPath === null) throw new Error('not an address');
const dkimKeys =
  plan.dkim === null
    ? []
    : await readDkimKeys({
        from: 'paper@example.org',
        dkim: { domain: plan.dkim.domain, selector: plan.dkim.selector },
        dkimDirectory: plan.dkim.dkimDirectory,
      } as Parameters<typeof readDkimKeys>[0]);
const { connections, perSecond, leaseMs } = plan;
const transport = createSmtpTransport({ target: parseSmtpUrl(plan.smtpUrl), dkimKeys, connections });
const deps = {
  db,
  clock,
  random: systemRandom,
  log: createLog({ clock, output: process.stderr }, 'error'),
  transport,
  identity: { from, returnPath, secret: 'a-secret-for-tests-only' },
  site: { masthead: 'Paperboy', baseUrl: 'https://papers.example.org' },
};
const composing = { db, clock, explainDay: async () => '' };
const finish = async (beganMs: number, report: object) => {
  const seconds = (performance.now() - beganMs) / 1_000;
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify({ ...report, seconds, peakRssMb })}\n`);
  await transport.close();
  await db.$disconnect();
  process.exit(0);
};
const input = { limit: 1_000_000, connections, pace: { perSecond, warmUp: null }, leaseMs };
process.stdout.write('ready\n');
const beganMs = performance.now();
if (plan.composeMost !== undefined) {
  await finish(beganMs, await composeIssues(composing, { limit: plan.composeMost }));
}
const total = { submitted: 0, deferred: 0, rejected: 0, uncertain: 0, abandoned: 0 };
do {
  if (plan.isEndless) await composeIssues(composing, { limit: 1_000_000 });
  const report = await sendIssues(deps, input);
  for (const name of ['submitted', 'deferred', 'rejected', 'uncertain', 'abandoned'] as const) {
    total[name] += report[name];
  }
  if (plan.isEndless) await sleep(100);
} while (plan.isEndless);
await finish(beganMs, total);
