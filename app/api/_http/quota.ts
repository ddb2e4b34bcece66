/**
 * How many requests each client may make in a stretch of time, kept in this process's memory and told in the `RateLimit`
 * and `RateLimit-Policy` fields (draft-ietf-httpapi-ratelimit-headers-10). A fixed window per client, begun by its first
 * request: an entry is two numbers, and the clients forgotten first are those whose windows began first.
 */

export type QuotaPolicy = {
  readonly name: string;
  readonly requests: number;
  readonly windowSeconds: number;
};

export type QuotaState = {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** Whole seconds until the client has all of its requests again. */
  readonly resetSeconds: number;
};

export type Quota = {
  readonly policy: QuotaPolicy;
  /** Counts a request of `client`. */
  take(client: string, now: Date): QuotaState;
};

/** 10 MB at most: an address of 39 characters and two numbers each. */
const CLIENTS_MAX = 50_000;

export function createQuota(policy: QuotaPolicy, clientsMax = CLIENTS_MAX): Quota {
  /** In the order in which windows began. */
  const windows = new Map<string, { readonly startedMs: number; taken: number }>();
  const windowMs = policy.windowSeconds * 1000;
  return {
    policy,
    take(client, now) {
      const nowMs = now.getTime();
      let window = windows.get(client);
      if (window === undefined || nowMs - window.startedMs >= windowMs || nowMs < window.startedMs) {
        windows.delete(client);
        window = { startedMs: nowMs, taken: 0 };
        windows.set(client, window);
        forget(windows, clientsMax);
      }
      const isAllowed = window.taken < policy.requests;
      if (isAllowed) window.taken += 1;
      return {
        isAllowed,
        remaining: policy.requests - window.taken,
        resetSeconds: Math.max(1, Math.ceil((window.startedMs + windowMs - nowMs) / 1000)),
      };
    },
  };
}

function forget(windows: Map<string, unknown>, most: number): void {
  for (const oldest of windows.keys()) {
    if (windows.size <= most) break;
    windows.delete(oldest);
  }
}

export function quotaHeaders({ policy }: Quota, state: QuotaState): Record<string, string> {
  return {
    'RateLimit-Policy': `"${policy.name}";q=${policy.requests};w=${policy.windowSeconds}`,
    RateLimit: `"${policy.name}";r=${state.remaining};t=${state.resetSeconds}`,
    ...(!state.isAllowed && { 'Retry-After': String(state.resetSeconds) }),
  };
}
