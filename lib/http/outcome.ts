/**
 * Outcomes of a request: one for every status, and when the remote allows the next request.
 */
import { parseQuota, parseRetryAfter, quotaOpensAt } from './retry.ts';

/** Validators of a complete response (RFC 9110 section 8.8), for conditional requests. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

export type FetchedBody = {
  readonly kind: 'ok';
  readonly status: number;
  /** Where the body came from, after redirects. */
  readonly url: string;
  readonly text: string;
  readonly headers: Headers;
  readonly validators: Validators;
};

/** Why there is no body. */
export type Refusal =
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'not-found'; readonly status: number }
  /** Any other 4xx, and redirects we do not follow. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'rate-limited'; readonly retryAt: Date }
  /** 5xx, network, time-out, abort; `retryAt` where the remote named an instant. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAt: Date | null }
  | { readonly kind: 'too-large'; readonly bodyBytesMax: number };

export type FetchOutcome = FetchedBody | Refusal;

/** One attempt's outcome. */
export type AttemptResult = {
  readonly outcome: FetchOutcome;
  /** Whether the same request may do better later. */
  readonly isTransient: boolean;
  /** The remote wants no request before this instant; null when it named none. */
  readonly opensAt: Date | null;
};

/** Pause after a limit that names no instant, as Semantic Scholar's for callers without a key. */
const LIMIT_PAUSE_MS = 10_000;

/** Statuses that invite a retry: Request Timeout, Misdirected Request, Too Early. */
const TRANSIENT_STATUSES = new Set([408, 421, 425]);

/** The refusal that status and headers mean; null for a success, whose body is to be read. */
export function toRefusal(status: number, headers: Headers, now: Date): AttemptResult | null {
  if (status >= 200 && status < 300) return null;
  const quota = parseQuota(headers, now);
  const opensAt = parseRetryAfter(headers.get('retry-after'), now) ?? quotaOpensAt(quota);
  // GitHub says 403 for both of its limits, telling them from a real 403 by these headers.
  const isLimited = status === 429 || (status === 403 && (opensAt !== null || quota?.remaining === 0));
  if (isLimited) {
    const retryAt = opensAt ?? new Date(now.getTime() + LIMIT_PAUSE_MS);
    return { outcome: { kind: 'rate-limited', retryAt }, isTransient: true, opensAt: retryAt };
  }
  if (status >= 500 || TRANSIENT_STATUSES.has(status)) {
    return {
      outcome: { kind: 'unavailable', reason: `status ${status}`, retryAt: opensAt },
      isTransient: true,
      opensAt,
    };
  }
  if (status === 304) return finalResult({ kind: 'not-modified' });
  if (status === 404 || status === 410) return finalResult({ kind: 'not-found', status });
  return finalResult({ kind: 'refused', status, reason: `status ${status}` });
}

/** An outcome that another attempt would not change. */
export function finalResult(outcome: FetchOutcome, opensAt: Date | null = null): AttemptResult {
  return { outcome, isTransient: false, opensAt };
}

/** A failure below HTTP: refused and cut connections, failed look-ups, time-outs. */
export function unreachable(reason: string): AttemptResult {
  return { outcome: { kind: 'unavailable', reason, retryAt: null }, isTransient: true, opensAt: null };
}

/** Until when a successful response says that our quota is used up. */
export function quotaExhaustedUntil(headers: Headers, now: Date): Date | null {
  return quotaOpensAt(parseQuota(headers, now));
}

export function validatorsOf(headers: Headers): Validators {
  return { etag: headers.get('etag'), lastModified: headers.get('last-modified') };
}

/** An outcome in a few words, for reports and logs. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not-modified':
      return 'not modified';
    case 'not-found':
      return `not found (status ${refusal.status})`;
    case 'refused':
      return `refused: ${refusal.reason}`;
    case 'rate-limited':
      return `rate-limited until ${refusal.retryAt.toISOString()}`;
    case 'unavailable':
      return `unavailable: ${refusal.reason}`;
    case 'too-large':
      return `larger than ${refusal.bodyBytesMax} bytes`;
  }
}
