/**
 * Sends what is due. Any number of these may run at once, in one process or in many.
 *
 * A worker *claims* issues by the hundred, ahead of its need; then it makes the mails of as many as it has free
 * connections and *begins* them: only from there on may one have been sent. What became of the finished ones and the
 * beginning of the next ones are one statement, so that the ledger costs a fraction of a round trip for each message. A
 * worker that is killed leaves at most as many uncertain issues as it had conversations under way.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutgoingMail } from '#lib/mail/message.ts';
import type { SubmitOutcome } from '#lib/mail/submit-outcome.ts';
import { nextAttemptAt } from './deferral.ts';
import { clearAnswered, drawConsequences } from './draw-consequences.ts';
import type { ClaimedIssue } from './issue.ts';
import { turnsFor } from './pace.ts';
import { refillQueue, returnUnused } from './refill-queue.ts';
import {
  isOver,
  leaseUntil,
  newRun,
  nextToBegin,
  type Queued,
  type Run,
  type SendDeps,
  type SendInput,
  type SendReport,
} from './send-run.ts';
import { markUncertain, type Result, recordAndBegin, releaseIssues, renewLeases } from './send-store.ts';

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
function startRefill(run: Run): void {
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
async function step(run: Run, next: readonly Queued[]): Promise<void> {
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
  run: Run,
  { issue, mail }: { issue: ClaimedIssue; mail: OutgoingMail },
  attempts: number,
): void {
  const done = run.deps.transport.submit(mail).then(async (outcome) => {
    run.budget.record(outcome);
    const result = toResult(run, { id: issue.id, composedAt: issue.composedAt, attempts }, outcome);
    run.counts[result.state] += 1;
    await drawConsequences(run, issue, outcome);
    run.results.push(result);
    run.inFlight.delete(issue.id);
  });
  run.inFlight.set(issue.id, { domain: issue.domain, done });
}

function toResult(
  { deps }: Run,
  issue: { id: number; composedAt: Date; attempts: number },
  outcome: SubmitOutcome,
): Result {
  const { id, composedAt: firstAt, attempts } = issue;
  if (outcome.kind !== 'deferred') return { id, state: outcome.kind, reply: outcome.reply, sendAt: null };
  const isLetter = outcome.scope === 'connection';
  const deferral = { attempts, firstAt, now: deps.clock.now(), isLetter };
  const sendAt = nextAttemptAt(deferral, deps.random.fraction());
  return sendAt === null
    ? { id, state: 'rejected', reply: `given up: ${outcome.reply}`, sendAt: null }
    : { id, state: 'deferred', reply: outcome.reply, sendAt };
}

/** Until a conversation ends, a turn comes, or leases want renewing. */
async function waitForNews(run: Run): Promise<void> {
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
async function finish(run: Run): Promise<void> {
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
