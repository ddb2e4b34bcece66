/**
 * arXiv's way of saying "not now" where a client expects XML: a web page, sent with status 503 or even 200, whose
 * heading reads "Retry after N seconds".
 */

export type RetryNotice = { readonly kind: 'retry-after'; readonly seconds: number };

/** The notice is a page of some sixty characters; an answer that merely quotes it is longer. */
const NOTICE_CHARS_MAX = 2_000;
const NOTICE = /^\s*(?:<(?:!doctype\s+html|html|head|body|h\d)\b[\s\S]*?)?\bretry\s+after\s+(\d{1,6})\s+sec/i;

/** Null when `body` is no such notice. */
export function parseRetryNotice(body: string | Uint8Array): RetryNotice | null {
  if (body.length > NOTICE_CHARS_MAX) return null;
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const seconds = NOTICE.exec(text)?.[1];
  return seconds === undefined ? null : { kind: 'retry-after', seconds: Number(seconds) };
}
