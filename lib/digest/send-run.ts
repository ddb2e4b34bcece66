/** One worker's run, as its steps share it: what it holds, what is under way, and what it has counted. */

import type { SendDeps, SendResult } from '#lib/mail/sending/attempt.ts';
import { createErrorBudget, type ErrorBudget } from '#lib/mail/sending/error-budget.ts';
import type { SendingPace } from '#lib/mail/sending/pace.ts';
import { MINUTE_MS } from '#lib/time.ts';
import type { PreparedIssue, RenderCache } from './render-issues.ts';

export type SendInput = {
  /** Most issues to begin. */
  readonly limit: number;
  /** Most conversations at once; the transport allows as many. */
  readonly connections: number;
  readonly pace: SendingPace;
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
const LEASE_MS = MINUTE_MS;

export type Queued = PreparedIssue & { readonly notBeforeMs: number };

export type SendRun = {
  readonly deps: SendDeps;
  readonly input: SendInput;
  readonly leaseMs: number;
  readonly holder: string;
  readonly budget: ErrorBudget;
  readonly cache: RenderCache;
  queue: Queued[];
  readonly inFlight: Map<number, { domain: string; done: Promise<void> }>;
  results: SendResult[];
  /** False once a claim found nothing. */
  hasMore: boolean;
  begun: number;
  /** Claimed and prepared, whatever became of them afterwards. */
  prepared: number;
  /** Claiming goes on beside sending; null while there is enough. */
  refilling: Promise<void> | null;
  /** What a claim ended with, where it was no result. */
  failure: { readonly error: unknown } | null;
  leasesRenewedMs: number;
  /** Domains that asked for rest since the newest claim began: it may bring more of theirs. */
  readonly resting: Set<string>;
  /** Domains that took an issue since their faults were last cleared. */
  readonly answered: Set<string>;
  counts: { submitted: number; deferred: number; rejected: number; uncertain: number; abandoned: number };
  endedEarly: string | null;
};

export function newRun(deps: SendDeps, input: SendInput): SendRun {
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
    prepared: 0,
    refilling: null,
    failure: null,
    leasesRenewedMs: deps.clock.now().getTime(),
    resting: new Set(),
    answered: new Set(),
    counts: { submitted: 0, deferred: 0, rejected: 0, uncertain: 0, abandoned: 0 },
    endedEarly: null,
  };
}

export function isOver({ endedEarly, failure, input }: SendRun): boolean {
  return failure !== null || endedEarly !== null || input.signal?.aborted === true;
}

/** As many as there are free connections, those whose turn has come; no domain gets more than half of them. */
export function nextToBegin(run: SendRun): Queued[] {
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

export function leaseUntil({ leaseMs }: SendRun, now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}
