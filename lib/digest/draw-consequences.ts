import { parseAddress, toAddressKey } from '#lib/mail/address.ts';
import type { SubmitOutcome } from '#lib/mail/submit-outcome.ts';
import { insertSuppression } from '#lib/mail/suppression-store.ts';
import { clearDomainFaults, insertPause, recordDomainFault } from './pace-store.ts';
import type { PreparedIssue } from './render-issues.ts';
import type { Run } from './send-run.ts';
import { releaseIssues } from './send-store.ts';

/** What an answer means beyond its own issue: for its domain, its address, and the whole run. */
export async function drawConsequences(
  run: Run,
  issue: PreparedIssue['issue'],
  outcome: SubmitOutcome,
): Promise<void> {
  const { db, clock } = run.deps;
  if (outcome.kind === 'submitted') run.answered.add(issue.domain);
  if (outcome.kind === 'deferred' && outcome.scope === 'domain') {
    // What it took before this counts: the fault is the first in a row.
    if (run.answered.has(issue.domain)) await clearAnswered(run);
    await recordDomainFault(db, issue.domain, clock.now());
    run.resting.add(issue.domain);
    const resting = run.queue.filter((queued) => queued.issue.domain === issue.domain);
    run.queue = run.queue.filter((queued) => queued.issue.domain !== issue.domain);
    await releaseIssues(
      db,
      run.holder,
      resting.map((queued) => queued.issue.id),
    );
  }
  if (outcome.kind === 'rejected' && outcome.isAddressBad) {
    const address = parseAddress(issue.address);
    const suppression = { reason: 'hard-bounce', detail: outcome.reply, now: clock.now() } as const;
    if (address !== null) await insertSuppression(db, { folded: toAddressKey(address), ...suppression });
  }
  await keepToBudget(run);
}

/** Domains that took mail have no faults in a row. Once for many issues: the ledger's own statement is the busiest. */
export async function clearAnswered(run: Run): Promise<void> {
  if (run.answered.size === 0) return;
  const domains = [...run.answered];
  run.answered.clear();
  await clearDomainFaults(run.deps.db, domains, run.deps.clock.now());
}

async function keepToBudget(run: Run): Promise<void> {
  if (run.endedEarly !== null) return;
  const reason = run.budget.exhausted();
  if (reason !== null) {
    run.endedEarly = reason;
    await insertPause(run.deps.db, { now: run.deps.clock.now(), reason, isByOperator: false });
    run.deps.log.error('sending-paused', { reason });
  } else if (run.budget.isRelayAway()) {
    run.endedEarly = 'The relay cannot be reached.';
    run.deps.log.warn('relay-away');
  }
}
