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
