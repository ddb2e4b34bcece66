/**
 * When to repeat a request: exponential backoff with full jitter (Marc Brooker, "Exponential Backoff And Jitter",
 * AWS Architecture Blog, 2015), unless the response itself says when (Retry-After, RFC 9110 section 10.2.3).
 */
import { DAY_MS } from '#lib/time.ts';

/** Ceiling of the first pause. */
export const BACKOFF_BASE_MS = 500;
/** Ceiling of every pause, however many attempts failed. */
export const BACKOFF_MAX_MS = 30_000;

/**
 * Pause before the next attempt, in milliseconds: uniform between 0 and a ceiling that doubles with each failure.
 * @param failures attempts that failed so far, from 1
 * @param fraction uniform in [0, 1)
 */
export function backoffMs(failures: number, fraction: number): number {
  const ceilingMs = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** Math.max(0, failures - 1));
  return Math.floor(fraction * ceilingMs);
}

/** 400 days; a remote that asks for more is broken, and a date past this is noise. */
const RETRY_AFTER_MS_MAX = 400 * DAY_MS;

const HTTP_DATE =
  /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?:\d{2} [a-z]{3} \d{4} |\d{2}-[a-z]{3}-\d{2} |[a-z]{3} [ \d]\d )/i;

/** The instant a Retry-After value names (delay in seconds, or one of the three HTTP dates); null when it names none. */
export function parseRetryAfter(value: string | null, now: Date): Date | null {
  const text = value?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return withinBound(now.getTime() + Number(text) * 1000, now);
  if (!HTTP_DATE.test(text)) return null;
  // asctime, the third form, carries no zone: RFC 9110 section 5.6.7 makes it UTC, Date.parse would not.
  return withinBound(Date.parse(/gmt|utc/i.test(text) ? text : `${text} GMT`), now);
}

function withinBound(instantMs: number, now: Date): Date | null {
  if (Number.isNaN(instantMs) || instantMs - now.getTime() > RETRY_AFTER_MS_MAX) return null;
  return new Date(Math.max(instantMs, now.getTime()));
}

/**
 * What a response says of our remaining quota, in the three forms in use:
 * `RateLimit: "api";r=50;t=30` with `RateLimit-Policy: "api";q=500;w=300` (draft-ietf-httpapi-ratelimit-headers-08 and
 * later, sent by Hugging Face); `RateLimit: limit=100, remaining=50, reset=30` and `RateLimit-Remaining`/`-Reset`
 * (earlier drafts); `X-RateLimit-Remaining`/`-Reset` (GitHub and others).
 */
export type Quota = {
  /** Requests left in the tightest window. */
  readonly remaining: number;
  /** When that window opens again; null when the response does not say. */
  readonly resetAt: Date | null;
};

type HeaderReader = { get(name: string): string | null };

/** Windows longer than this are noise. */
const RESET_SECONDS_MAX = 40 * 86_400;
/** A reset above this is seconds since 1970 (GitHub), below it seconds from now (IETF, most others). */
const EPOCH_SECONDS_MIN = 1_000_000_000;
/** A reset above this is milliseconds since 1970. */
const EPOCH_MS_MIN = 100_000_000_000;

/** The tightest of all quotas a response names; null when it names none. */
export function parseQuota(headers: HeaderReader, now: Date): Quota | null {
  const quotas = [
    ...structuredQuotas(headers.get('ratelimit'), headers.get('ratelimit-policy'), now),
    ...pairedQuotas(headers.get('ratelimit-remaining'), headers.get('ratelimit-reset'), now),
    ...pairedQuotas(headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-reset'), now),
  ];
  return quotas.reduce<Quota | null>(
    (tightest, quota) => (isTighter(quota, tightest) ? quota : tightest),
    null,
  );
}

/** When the next request may go out: now, unless the quota is used up. */
export function quotaOpensAt(quota: Quota | null): Date | null {
  return quota !== null && quota.remaining <= 0 ? quota.resetAt : null;
}

function isTighter(quota: Quota, than: Quota | null): boolean {
  if (than === null || quota.remaining !== than.remaining)
    return than === null || quota.remaining < than.remaining;
  return (quota.resetAt?.getTime() ?? 0) > (than.resetAt?.getTime() ?? 0);
}

function structuredQuotas(limit: string | null, policy: string | null, now: Date): Quota[] {
  if (limit === null) return [];
  const items = splitOutsideQuotes(limit, ',');
  const oldForm = parametersOf(items);
  if (oldForm.has('remaining')) return toQuotas(oldForm.get('remaining'), oldForm.get('reset'), now);
  const windows = new Map(
    splitOutsideQuotes(policy ?? '', ',').map((item) => {
      const [name = '', ...parameters] = splitOutsideQuotes(item, ';');
      return [name, parametersOf(parameters).get('w')] as const;
    }),
  );
  return items.flatMap((item) => {
    const [name = '', ...rest] = splitOutsideQuotes(item, ';');
    const parameters = parametersOf(rest);
    // Without a reset the whole window is the safe assumption.
    return toQuotas(parameters.get('r'), parameters.get('t') ?? windows.get(name), now);
  });
}

/** Several windows come as lists: remaining `1, 1000`, reset `1, 1419704`. */
function pairedQuotas(remaining: string | null, reset: string | null, now: Date): Quota[] {
  const resets = (reset ?? '').split(',');
  return (remaining ?? '').split(',').flatMap((value, index) => toQuotas(value, resets[index], now));
}

function toQuotas(remaining: string | undefined, reset: string | undefined, now: Date): Quota[] {
  const left = toNumber(remaining);
  return left === null ? [] : [{ remaining: left, resetAt: toResetAt(toNumber(reset), now) }];
}

function toResetAt(reset: number | null, now: Date): Date | null {
  if (reset === null) return null;
  const nowMs = now.getTime();
  const resetMs =
    reset >= EPOCH_MS_MIN ? reset : reset >= EPOCH_SECONDS_MIN ? reset * 1000 : nowMs + reset * 1000;
  return resetMs - nowMs > RESET_SECONDS_MAX * 1000 ? null : new Date(Math.max(resetMs, nowMs));
}

function toNumber(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,15}(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

function parametersOf(items: readonly string[]): Map<string, string> {
  return new Map(
    items.flatMap((item) => {
      const [name, value] = item.split('=', 2);
      return name !== undefined && value !== undefined
        ? [[name.trim().toLowerCase(), value.trim()] as const]
        : [];
    }),
  );
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts = text.match(separator === ',' ? /(?:"[^"]*"|[^",])+/g : /(?:"[^"]*"|[^";])+/g) ?? [];
  return parts.map((part) => part.trim());
}
