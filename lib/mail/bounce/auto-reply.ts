/** Answers that no person wrote (RFC 3834): out of office, received with thanks. */
import { type Entity, headerOf } from './entity.ts';

export function isAutoReply(message: Entity): boolean {
  const submitted = headerOf(message, 'auto-submitted').trim().toLowerCase();
  if (/^auto-replied/.test(submitted)) return true;
  const marks = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply', 'x-vacation'];
  if (marks.some((name) => message.headers.has(name))) return true;
  if (/auto_?reply/i.test(headerOf(message, 'precedence'))) return true;
  if (/vacation/i.test(headerOf(message, 'x-apple-action'))) return true;
  // Most mail programs in use mark nothing, and say it.
  return /^\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|respon[sd]\w*|antwort)|autorep(?:ly)?|out of (?:the )?office|abwesen|réponse automatique|risposta automatica|respuesta automática|自動応答|自動返信|vacation|on holiday)/i.test(
    headerOf(message, 'subject'),
  );
}

/** Says that nobody reads this mailbox any more, and not only this week. */
export function saysAbandoned(text: string): boolean {
  return /(?:mailbox|inbox|address|account).{0,80}?\b(?:is |are )?no longer (?:in use|used|monitored|active|valid)/i.test(
    text.replace(/\s+/g, ' '),
  );
}
