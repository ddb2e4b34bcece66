/**
 * Sends what is due. Any number of these may run at once, in one process or in many.
 *
 * A worker *claims* issues by the hundred, ahead of its need; then it makes the mails of as many as it has free
 * connections and *begins* them: only from there on may one have been sent. What became of the finished ones and the
 * beginning of the next ones are one statement, so that the ledger costs a fraction of a round trip for each message. A
 * worker that is killed leaves at most as many uncertain issues as it had conversations under way.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAddress, toAddressKey } from '#lib/mail/address.ts';
import type { OutgoingMail } from '#lib/mail/message.ts';
import { type SendDeps, toSendResult } from '#lib/mail/sending/attempt.ts';
import { turnsFor } from '#lib/mail/sending/pace.ts';
import {
  clearDomainFaults,
  insertPause,
  recordDomainFault,
  reserveTurns,
  returnToAllowance,
  takeFromAllowance,
} from '#lib/mail/sending/pace-store.ts';
import type { SubmitOutcome } from '#lib/mail/sending/submit-outcome.ts';
import { insertSuppression } from '#lib/mail/store.ts';
import type { ClaimedIssue } from './issue.ts';
import { type PreparedIssue, renderIssues } from './render-issues.ts';
import {
  isOver,
  leaseUntil,
  newRun,
  nextToBegin,
  type Queued,
  type SendInput,
  type SendReport,
  type SendRun,
} from './send-run.ts';
import {
  claimIssues,
  markUncertain,
  markUnmailable,
  recordAndBegin,
  releaseIssues,
  renewLeases,
} from './send-store.ts';

/** Nothing beside a conversation on the open network. */
const GATHER_MS = 5;

export async function sendIssues(deps: SendDeps, input: SendInput): Promise<SendReport> {
  const run = newRun(deps, input);
  run.counts.abandoned = await markUncertain(deps.db, deps.clock.now());
  try {
    while (!isOver(run)) {
      startRefill(run);
      await step(run, nextToBegin(run));
      if (run.queue.length === 0 && run.inFlight.size === 0 && run.refilling === null && !run.hasMore) break;
      await waitForNews(run);
    }
  } finally {
    await finish(run);
  }
  return { ...run.counts, endedEarly: run.endedEarly };
}

/** Half of what a claim brings: sending goes on while the next one is made. */
function startRefill(run: SendRun): void {
  const isEnough = run.queue.length > turnsFor(run.input.pace, run.input.connections) / 2;
  if (isEnough || !run.hasMore || run.refilling !== null) return;
  run.refilling = refillQueue(run)
    .catch((error: unknown) => {
      run.failure = { error };
    })
    .finally(() => {
      run.refilling = null;
    });
}

/** Stores what ended, begins `next`, and hands those to the relay. */
async function step(run: SendRun, next: readonly Queued[]): Promise<void> {
  const { deps, holder } = run;
  const { results } = run;
  if (results.length === 0 && next.length === 0) return;
  const mails = new Map(next.map(({ issue, write }) => [issue.id, write()]));
  run.results = [];
  const chosen = new Set(next.map(({ issue }) => issue.id));
  run.queue = run.queue.filter(({ issue }) => !chosen.has(issue.id));
  const now = deps.clock.now();
  const begun = await recordAndBegin(deps.db, {
    holder,
    results,
    beginIds: [...chosen],
    now,
    leaseUntil: leaseUntil(run, now),
  });
  const attempts = new Map(begun.map((row) => [row.id, row.attempts]));
  for (const { issue } of next) {
    const [attempt, mail] = [attempts.get(issue.id), mails.get(issue.id)];
    if (attempt !== undefined && mail !== undefined) submit(run, { issue, mail }, attempt);
  }
  run.begun += begun.length;
  // Unsubscribed, suppressed or paused since the claim: the next claim says so.
  if (begun.length < next.length) {
    const ids = [...chosen].filter((id) => !attempts.has(id));
    await releaseIssues(deps.db, holder, ids);
  }
}

function submit(
  run: SendRun,
  { issue, mail }: { issue: ClaimedIssue; mail: OutgoingMail },
  attempts: number,
): void {
  const done = run.deps.transport.submit(mail).then(async (outcome) => {
    run.budget.record(outcome);
    const attempt = { id: issue.id, attempts, firstAt: issue.composedAt, isLetter: false };
    const result = toSendResult(run.deps, attempt, outcome);
    run.counts[result.state] += 1;
    await drawConsequences(run, issue, outcome);
    run.results.push(result);
    run.inFlight.delete(issue.id);
  });
  run.inFlight.set(issue.id, { domain: issue.domain, done });
}

/** Until a conversation ends, a turn comes, or leases want renewing. */
async function waitForNews(run: SendRun): Promise<void> {
  const { clock, db } = run.deps;
  const nowMs = clock.now().getTime();
  if (nowMs - run.leasesRenewedMs > run.leaseMs / 3) {
    run.leasesRenewedMs = nowMs;
    const ids = [...run.inFlight.keys(), ...run.queue.map(({ issue }) => issue.id)];
    await renewLeases(db, { holder: run.holder, ids, leaseUntil: leaseUntil(run, clock.now()) });
  }
  if (run.results.length > 0) return;
  const turnMs = run.queue[0] === undefined ? run.leaseMs : run.queue[0].notBeforeMs - nowMs;
  const hasTurn = run.queue.length > 0 && run.inFlight.size < run.input.connections;
  const waitMs = Math.max(1, Math.min(run.leaseMs / 3, hasTurn ? turnMs : run.leaseMs));
  const timer = new AbortController();
  // Once told to stop there is nothing left to be woken for but what is in flight.
  const { signal } = run.input;
  const signals = [timer.signal, ...(signal === undefined || signal.aborted ? [] : [signal])];
  const elapsed = sleep(waitMs, undefined, { signal: AbortSignal.any(signals) }).catch(() => undefined);
  const news = [...run.inFlight.values()].map(({ done }) => done);
  await Promise.race([elapsed, ...news, ...(run.refilling === null ? [] : [run.refilling])]);
  timer.abort();
  // Those that end together cost one statement together.
  const isRoundOpen = run.inFlight.size > run.input.connections / 2;
  if (isRoundOpen && !isOver(run)) await sleep(GATHER_MS);
}

/** What is in flight ends as it ends; the rest goes back as it was. */
async function finish(run: SendRun): Promise<void> {
  await run.refilling;
  const ids = run.queue.map(({ issue }) => issue.id);
  run.queue = [];
  if (ids.length > 0) await releaseIssues(run.deps.db, run.holder, ids);
  while (run.inFlight.size > 0 || run.results.length > 0) {
    await step(run, []);
    if (run.inFlight.size > 0) await waitForNews(run);
  }
  await clearAnswered(run);
  await returnUnused(run);
  if (run.failure !== null) throw run.failure.error;
}

/** Claims and prepares the next ones. */
async function refillQueue(run: SendRun): Promise<void> {
  const { deps, input } = run;
  run.resting.clear();
  await clearAnswered(run);
  const now = deps.clock.now();
  const wanted = Math.min(turnsFor(input.pace, input.connections), input.limit - run.prepared);
  const { warmUp } = input.pace;
  const allowed =
    warmUp === null || wanted <= 0
      ? wanted
      : await takeFromAllowance(deps.db, { day: warmUp.day, wanted, most: warmUp.messagesMax });
  const claim = { holder: run.holder, limit: allowed, now, leaseUntil: leaseUntil(run, now) };
  const issues = allowed <= 0 ? [] : await claimIssues(deps.db, claim);
  run.prepared += issues.length;
  if (warmUp !== null) await returnToAllowance(deps.db, { day: warmUp.day, count: allowed - issues.length });
  if (issues.length === 0) {
    run.hasMore = false;
    return;
  }
  const prepared = await renderIssues(deps, run.cache, issues);
  await dropUnmailable(run, issues, prepared);
  const intervalMs = 1_000 / input.pace.perSecond;
  const first = await reserveTurns(deps.db, { scope: 'all', count: prepared.length, intervalMs, now });
  const queued = prepared.map((one, place) => ({
    ...one,
    notBeforeMs: first.getTime() + place * intervalMs,
  }));
  run.queue.push(...queued.filter(({ issue }) => !run.resting.has(issue.domain)));
  const resting = queued.filter(({ issue }) => run.resting.has(issue.domain));
  if (resting.length > 0)
    await releaseIssues(
      deps.db,
      run.holder,
      resting.map(({ issue }) => issue.id),
    );
}

/** What was claimed and not begun does not count against the day of a warming-up sender. */
async function returnUnused(run: SendRun): Promise<void> {
  const { warmUp } = run.input.pace;
  if (warmUp === null) return;
  await returnToAllowance(run.deps.db, { day: warmUp.day, count: run.prepared - run.begun });
}

async function dropUnmailable(
  run: SendRun,
  issues: readonly { id: number }[],
  prepared: readonly PreparedIssue[],
): Promise<void> {
  if (prepared.length === issues.length) return;
  const mailable = new Set(prepared.map(({ issue }) => issue.id));
  const ids = issues.map(({ id }) => id).filter((id) => !mailable.has(id));
  run.counts.rejected += ids.length;
  await markUnmailable(run.deps.db, run.holder, ids, run.deps.clock.now());
}

/** What an answer means beyond its own issue: for its domain, its address, and the whole run. */
async function drawConsequences(
  run: SendRun,
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
async function clearAnswered(run: SendRun): Promise<void> {
  if (run.answered.size === 0) return;
  const domains = [...run.answered];
  run.answered.clear();
  await clearDomainFaults(run.deps.db, domains, run.deps.clock.now());
}

async function keepToBudget(run: SendRun): Promise<void> {
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
