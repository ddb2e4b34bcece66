/**
 * Sends what is due. Any number of these may run at once, in one process or in many.
 *
 * A worker *claims* issues by the hundred and makes their mails; then it *begins* as many as it has free connections:
 * only from there on may one have been sent. What became of the finished ones and the beginning of the next ones are one
 * statement, so that the ledger costs a fraction of a round trip for each message. A worker that is killed leaves at
 * most as many uncertain issues as it had conversations under way.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#lib/clock.ts';
import type { Log } from '#lib/log.ts';
import { parseAddress, toAddressKey } from '#lib/mail/address.ts';
import { insertSuppression } from '#lib/mail/mail-event-store.ts';
import type { SubmitOutcome } from '#lib/mail/submit-outcome.ts';
import type { Transport } from '#lib/mail/transport.ts';
import type { Random } from '#lib/random.ts';
import { nextAttemptAt } from './deferral.ts';
import { createErrorBudget, type ErrorBudget } from './error-budget.ts';
import { type Pace, turnsFor } from './pace.ts';
import { insertPause, recordDomainFault, reserveTurns, takeFromAllowance } from './pace-store.ts';
import { type PreparedIssue, type RenderCache, type RenderDeps, renderIssues } from './render-issues.ts';
import {
  claimIssues,
  markUncertain,
  markUnmailable,
  type Result,
  recordAndBegin,
  releaseIssues,
  renewLeases,
} from './send-store.ts';

export type SendDeps = RenderDeps & {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly transport: Transport;
};

export type SendInput = {
  /** Most issues to begin. */
  readonly limit: number;
  /** Most conversations at once; the transport allows as many. */
  readonly connections: number;
  readonly pace: Pace;
  /** Begins nothing more once it aborts, and ends when what is in flight has ended. */
  readonly signal?: AbortSignal;
  readonly leaseMs?: number;
};

export type SendReport = {
  readonly submitted: number;
  readonly deferred: number;
  readonly rejected: number;
  readonly uncertain: number;
  /** Left behind by workers that died: uncertain from now on. */
  readonly abandoned: number;
  /** Why the run ended before all was done; null where it did not. */
  readonly endedEarly: string | null;
};

/** Renewed long before it ends, by a worker that lives. */
const LEASE_MS = 60_000;

type Queued = PreparedIssue & { readonly notBeforeMs: number };

type Run = {
  readonly deps: SendDeps;
  readonly input: SendInput;
  readonly leaseMs: number;
  readonly holder: string;
  readonly budget: ErrorBudget;
  readonly cache: RenderCache;
  queue: Queued[];
  readonly inFlight: Map<number, { domain: string; done: Promise<void> }>;
  results: Result[];
  /** False once a claim found nothing. */
  hasMore: boolean;
  begun: number;
  leasesRenewedMs: number;
  counts: { submitted: number; deferred: number; rejected: number; uncertain: number; abandoned: number };
  endedEarly: string | null;
};

export async function sendIssues(deps: SendDeps, input: SendInput): Promise<SendReport> {
  const run = newRun(deps, input);
  run.counts.abandoned = await markUncertain(deps.db, deps.clock.now());
  try {
    while (!isOver(run)) {
      await refill(run);
      await step(run, nextToBegin(run));
      if (run.queue.length === 0 && run.inFlight.size === 0 && !run.hasMore) break;
      await waitForNews(run);
    }
  } finally {
    await finish(run);
  }
  return { ...run.counts, endedEarly: run.endedEarly };
}

function newRun(deps: SendDeps, input: SendInput): Run {
  return {
    deps,
    input,
    leaseMs: input.leaseMs ?? LEASE_MS,
    holder: deps.random.token(12),
    budget: createErrorBudget(),
    cache: new Map(),
    queue: [],
    inFlight: new Map(),
    results: [],
    hasMore: true,
    begun: 0,
    leasesRenewedMs: deps.clock.now().getTime(),
    counts: { submitted: 0, deferred: 0, rejected: 0, uncertain: 0, abandoned: 0 },
    endedEarly: null,
  };
}

function isOver({ endedEarly, input }: Run): boolean {
  return endedEarly !== null || input.signal?.aborted === true;
}

/** Claims and prepares more where less than a round of connections is left. */
async function refill(run: Run): Promise<void> {
  const { deps, input } = run;
  if (!run.hasMore || run.queue.length > input.connections) return;
  const now = deps.clock.now();
  const wanted = Math.min(
    turnsFor(input.pace, input.connections),
    input.limit - run.begun - run.queue.length,
  );
  const { warmUp } = input.pace;
  const allowed =
    warmUp === null || wanted <= 0
      ? wanted
      : await takeFromAllowance(deps.db, { day: warmUp.day, wanted, most: warmUp.messagesMax });
  const claim = { holder: run.holder, limit: allowed, now, leaseUntil: leaseUntil(run, now) };
  const issues = allowed <= 0 ? [] : await claimIssues(deps.db, claim);
  if (issues.length === 0) {
    run.hasMore = false;
    return;
  }
  const prepared = await renderIssues(deps, run.cache, issues);
  await dropUnmailable(run, issues, prepared);
  const intervalMs = 1_000 / input.pace.perSecond;
  const first = await reserveTurns(deps.db, { scope: 'all', count: prepared.length, intervalMs, now });
  run.queue.push(
    ...prepared.map((one, place) => ({ ...one, notBeforeMs: first.getTime() + place * intervalMs })),
  );
}

async function dropUnmailable(
  run: Run,
  issues: readonly { id: number }[],
  prepared: readonly PreparedIssue[],
): Promise<void> {
  if (prepared.length === issues.length) return;
  const mailable = new Set(prepared.map(({ issue }) => issue.id));
  const ids = issues.map(({ id }) => id).filter((id) => !mailable.has(id));
  run.counts.rejected += ids.length;
  await markUnmailable(run.deps.db, run.holder, ids, run.deps.clock.now());
}

/** As many as there are free connections, those whose turn has come; no domain gets more than half of them. */
function nextToBegin(run: Run): Queued[] {
  const { connections, limit } = run.input;
  const nowMs = run.deps.clock.now().getTime();
  const free = Math.min(connections - run.inFlight.size, limit - run.begun);
  const domainMax = Math.ceil(connections / 2);
  const busy = new Map<string, number>();
  for (const { domain } of run.inFlight.values()) busy.set(domain, (busy.get(domain) ?? 0) + 1);
  const chosen: Queued[] = [];
  for (const queued of run.queue) {
    if (chosen.length >= free || queued.notBeforeMs > nowMs) break;
    const count = busy.get(queued.issue.domain) ?? 0;
    if (count >= domainMax) continue;
    busy.set(queued.issue.domain, count + 1);
    chosen.push(queued);
  }
  return chosen;
}

/** Stores what ended, begins `next`, and hands those to the relay. */
async function step(run: Run, next: readonly Queued[]): Promise<void> {
  const { deps, holder } = run;
  const { results } = run;
  if (results.length === 0 && next.length === 0) return;
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
  for (const prepared of next) {
    const attempt = attempts.get(prepared.issue.id);
    if (attempt !== undefined) submit(run, prepared, attempt);
  }
  run.begun += begun.length;
  // Unsubscribed, suppressed or paused since the claim: the next claim says so.
  if (begun.length < next.length) {
    const ids = [...chosen].filter((id) => !attempts.has(id));
    await releaseIssues(deps.db, holder, ids);
  }
}

function submit(run: Run, { issue, mail }: PreparedIssue, attempts: number): void {
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

async function drawConsequences(
  run: Run,
  issue: PreparedIssue['issue'],
  outcome: SubmitOutcome,
): Promise<void> {
  const { db, clock } = run.deps;
  if (outcome.kind === 'deferred' && outcome.scope === 'domain') {
    await recordDomainFault(db, issue.domain, clock.now());
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
  await Promise.race([elapsed, ...[...run.inFlight.values()].map(({ done }) => done)]);
  timer.abort();
}

/** What is in flight ends as it ends; the rest goes back as it was. */
async function finish(run: Run): Promise<void> {
  const ids = run.queue.map(({ issue }) => issue.id);
  run.queue = [];
  if (ids.length > 0) await releaseIssues(run.deps.db, run.holder, ids);
  while (run.inFlight.size > 0 || run.results.length > 0) {
    await step(run, []);
    if (run.inFlight.size > 0) await waitForNews(run);
  }
}

function leaseUntil({ leaseMs }: Run, now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}
