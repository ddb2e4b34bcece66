/** `digest status`, `digest pause` and `digest resume`. */
import type { Command } from 'commander';
import { ISSUE_STATES } from '#lib/digest/issue.ts';
import {
  countSubscriptions,
  listDeferredDomains,
  listTallies,
  listUncertain,
} from '#lib/digest/status-store.ts';
import { isBalanced, type Tally } from '#lib/digest/tally.ts';
import {
  findPause,
  insertPause,
  listRests,
  removePause,
  type SendPause,
} from '#lib/mail/sending/pace-store.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run } from '../command.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineDigestStatus(group: Command, run: Run): void {
  group
    .command('status')
    .description('the tally of each edition, deferrals, bounces, and whether sending is paused')
    .option('--json', JSON_OPTION, false)
    .action(run(reportDigest));
  group
    .command('pause')
    .description('send nothing until `digest resume`; messages being submitted are finished')
    .option('--reason <words>', 'shown on the status pages', 'by the operator')
    .action(run((context, options: { reason: string }) => pauseSending(context, options.reason)));
  group.command('resume').description('send again').action(run(resumeSending));
}

const EDITIONS = 14;

/** Fails if a tally does not balance, so that a script can monitor it. */
async function reportDigest({ config }: Context, flags: { json: boolean }): Promise<ExitCode> {
  return withRuntime(config, async ({ db, clock }) => {
    const [subscriptions, editions, pause, uncertain, deferred, resting] = await Promise.all([
      countSubscriptions(db),
      listTallies(db, EDITIONS),
      findPause(db),
      listUncertain(db),
      listDeferredDomains(db),
      listRests(db, clock.now()),
    ]);
    const tallies = editions.map((tally) => ({ ...tally, isBalanced: isBalanced(tally) }));
    const report = {
      subscriptions,
      pause,
      editions: tallies,
      uncertain: uncertain.length,
      deferred,
      resting,
    };
    answer(flags.json, report, formatReport(report));
    return tallies.every((tally) => tally.isBalanced) ? EXIT.ok : EXIT.failed;
  });
}

function formatReport(report: {
  subscriptions: Readonly<Record<string, number>>;
  pause: SendPause | null;
  editions: readonly Tally[];
  deferred: readonly { domain: string; count: number; reply: string }[];
}): string {
  const { subscriptions, pause, editions, deferred } = report;
  const states = Object.entries(subscriptions).map(([state, count]) => `${count} ${state}`);
  const lines = editions.map((tally) => {
    const counts = ISSUE_STATES.filter((state) => tally.counts[state] > 0).map(
      (state) => `${tally.counts[state]} ${state}`,
    );
    const balance = isBalanced(tally) ? '' : '  DOES NOT BALANCE';
    return `${tally.editionOn}  audience ${tally.audience} = ${counts.join(' + ')}${balance}`;
  });
  return [
    `Subscriptions: ${states.join(', ') || 'none'}.`,
    pause === null
      ? 'Sending is on.'
      : `Sending is PAUSED since ${pause.pausedAt.toISOString()}: ${pause.reason}`,
    ...(lines.length === 0 ? ['No edition has been composed yet.'] : lines),
    ...deferred.map(({ domain, count, reply }) => `Deferred at ${domain}: ${count}. ${reply}`),
  ].join('\n');
}

async function pauseSending({ config }: Context, reason: string): Promise<ExitCode> {
  return withRuntime(config, async ({ db, clock }) => {
    await insertPause(db, { now: clock.now(), reason, isByOperator: true });
    answer(false, {}, 'Sending is paused; `digest resume` continues it.');
    return EXIT.ok;
  });
}

async function resumeSending({ config }: Context): Promise<ExitCode> {
  return withRuntime(config, async ({ db }) => {
    const wasPaused = await removePause(db);
    answer(false, {}, wasPaused ? 'Sending is on again.' : 'Sending was not paused.');
    return EXIT.ok;
  });
}
