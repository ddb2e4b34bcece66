/** What became of one SMTP conversation, and how a reply is read. */

/**
 * `submitted`: the relay took it; says nothing of arrival.
 * `deferred`: not taken, may be tried again; `scope` says who has to wait.
 * `rejected`: refused for good; `isAddressBad` where the refusal is about the mailbox and not about the message or us.
 * `uncertain`: the message was on its way and no answer came; it may have been taken.
 */
export type SubmitOutcome =
  | { readonly kind: 'submitted'; readonly reply: string; readonly messageId: string }
  | { readonly kind: 'deferred'; readonly reply: string; readonly scope: DeferralScope }
  | { readonly kind: 'rejected'; readonly reply: string; readonly isAddressBad: boolean }
  | { readonly kind: 'uncertain'; readonly reply: string };

/** One mailbox; all of its domain; or the relay itself. */
export type DeferralScope = 'recipient' | 'domain' | 'connection';

/** The step of the conversation that a reply answers. */
export type SmtpStep = 'connect' | 'sender' | 'recipient' | 'data';

/** A refusal: any reply that is neither 2yz nor 3yz. Text that is no reply counts as the connection's fault. */
export function toRefusedOutcome(text: string, step: SmtpStep): SubmitOutcome {
  const reply = parseReply(text);
  const shown = showReply(text);
  if (reply === null || step === 'connect') return { kind: 'deferred', reply: shown, scope: 'connection' };
  // 503: the session was in the wrong state, not the message.
  if (reply.code >= 500 && reply.code !== 503) {
    return { kind: 'rejected', reply: shown, isAddressBad: step === 'recipient' && isAddressBad(reply) };
  }
  return { kind: 'deferred', reply: shown, scope: scopeOf(reply, step) };
}

/** One line, at most 300 characters: what an operator needs to see. */
export function showReply(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/**
 * RFC 3463: X.1.1, X.1.2, X.1.3, X.1.6 and X.1.10 are about the address; X.2.1 says that the mailbox is disabled.
 * Without an enhanced status, 550, 551 and 553 to RCPT are about the mailbox (RFC 5321, 4.2.3), unless the words speak
 * of policy: many systems refuse spammers with a bare 550.
 */
function isAddressBad(reply: SmtpReply): boolean {
  if (reply.status !== null) return /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/.test(reply.status);
  return [550, 551, 553].includes(reply.code) && !POLICY.test(reply.text);
}

const POLICY =
  /spam|block|black|list|policy|reputation|relay|denied|dmarc|\bspf\b|dkim|authenticat|virus|content|sender|rate|limit|quota|full|https?:/i;

/** X.2.z concerns one mailbox; X.4.z and X.7.z, and a farewell (421), the system the mail goes to. */
function scopeOf(reply: SmtpReply, step: SmtpStep): DeferralScope {
  if (step === 'sender') return 'connection';
  if (reply.code === 421) return 'domain';
  if (reply.status !== null && /^4\.[47]\./.test(reply.status)) return 'domain';
  if (reply.status !== null && /^4\.3\./.test(reply.status)) return 'connection';
  return 'recipient';
}

/** SMTP replies (RFC 5321, 4.2) with their enhanced status codes (RFC 2034, RFC 3463). */

export type SmtpReply = {
  /** 200–599. */
  readonly code: number;
  /** `5.1.1`; null where the reply has none. */
  readonly status: string | null;
  /** All lines, without codes. */
  readonly text: string;
};

/** Null where `text` does not begin as a reply does. Of several lines, the codes are the first one's. */
export function parseReply(text: string): SmtpReply | null {
  const match = /^([2-5]\d\d)(?:[ -]|$)(?:([245]\.\d{1,3}\.\d{1,3})(?=\s|$))?/.exec(text.trimStart());
  if (match === null) return null;
  const words = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*\d{3}(?:[ -]|$)(?:[245]\.\d{1,3}\.\d{1,3}(?=\s|$))?/, '').trim());
  return { code: Number(match[1]), status: match[2] ?? null, text: words.join(' ').trim() };
}
