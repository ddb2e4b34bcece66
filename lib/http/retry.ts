/**
 * When to ask a remote again: exponential backoff with full jitter (Marc Brooker, "Exponential Backoff And Jitter",
 * AWS Architecture Blog, 2015), unless the answer itself says when (Retry-After, RFC 9110 section 10.2.3).
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
