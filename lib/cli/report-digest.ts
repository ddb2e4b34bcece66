import { type Account, isBalanced } from '#lib/digest/accounting.ts';
import { ISSUE_STATES } from '#lib/digest/issue.ts';
import { findPause, insertPause, listRests, removePause, type SendPause } from '#lib/digest/pace-store.ts';
import {
  countSubscriptions,
  listAccounts,
  listDeferredDomains,
  listUncertain,
} from '#lib/digest/status-store.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { answer } from './print.ts';
import { withRuntime } from './with-runtime.ts';

const EDITIONS = 14;

/** Fails where an account does not come out even, so that a script can watch it. */
export async function reportDigest({ config }: Context, flags: { json: boolean }): Promise<ExitCode> {
  return withRuntime(config, async ({ db, clock }) => {
    const [subscriptions, editions, pause, uncertain, deferred, resting] = await Promise.all([
      countSubscriptions(db),
      listAccounts(db, EDITIONS),
      findPause(db),
      listUncertain(db),
      listDeferredDomains(db),
      listRests(db, clock.now()),
    ]);
    const accounts = editions.map((account) => ({ ...account, isBalanced: isBalanced(account) }));
    const report = {
      subscriptions,
      pause,
      editions: accounts,
      uncertain: uncertain.length,
      deferred,
      resting,
    };
    answer(flags.json, report, formatReport(report));
    return accounts.every((account) => account.isBalanced) ? EXIT.ok : EXIT.failed;
  });
}

function formatReport(report: {
  subscriptions: Readonly<Record<string, number>>;
  pause: SendPause | null;
  editions: readonly Account[];
  deferred: readonly { domain: string; count: number; reply: string }[];
}): string {
  const { subscriptions, pause, editions, deferred } = report;
  const states = Object.entries(subscriptions).map(([state, count]) => `${count} ${state}`);
  const lines = editions.map((account) => {
    const counts = ISSUE_STATES.filter((state) => account.counts[state] > 0).map(
      (state) => `${account.counts[state]} ${state}`,
    );
    const balance = isBalanced(account) ? '' : '  DOES NOT COME OUT EVEN';
    return `${account.editionOn}  audience ${account.audience} = ${counts.join(' + ')}${balance}`;
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

export async function pauseSending({ config }: Context, reason: string): Promise<ExitCode> {
  return withRuntime(config, async ({ db, clock }) => {
    await insertPause(db, { now: clock.now(), reason, isByOperator: true });
    answer(false, {}, 'Sending is paused; `digest resume` goes on.');
    return EXIT.ok;
  });
}

export async function resumeSending({ config }: Context): Promise<ExitCode> {
  return withRuntime(config, async ({ db }) => {
    const wasPaused = await removePause(db);
    answer(false, {}, wasPaused ? 'Sending goes on.' : 'Sending was not paused.');
    return EXIT.ok;
  });
}
