/**
 * What an answer says of our remaining quota, in the three dialects in use:
 * `RateLimit: "api";r=50;t=30` with `RateLimit-Policy: "api";q=500;w=300` (draft-ietf-httpapi-ratelimit-headers-08 and
 * later, sent by Hugging Face); `RateLimit: limit=100, remaining=50, reset=30` and `RateLimit-Remaining`/`-Reset`
 * (earlier drafts); `X-RateLimit-Remaining`/`-Reset` (GitHub and others).
 */

export type Quota = {
  /** Requests left in the tightest window. */
  readonly remaining: number;
  /** When that window opens again; null when the answer does not say. */
  readonly resetAt: Date | null;
};

type HeaderReader = { get(name: string): string | null };

/** Windows longer than this are noise. */
const RESET_SECONDS_MAX = 40 * 86_400;
/** A reset above this is seconds since 1970 (GitHub), below it seconds from now (IETF, most others). */
const EPOCH_SECONDS_MIN = 1_000_000_000;
/** A reset above this is milliseconds since 1970. */
const EPOCH_MS_MIN = 100_000_000_000;

/** The tightest of all quotas an answer names; null when it names none. */
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
