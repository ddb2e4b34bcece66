import 'server-only';
import { headerOf, parseMessages, partTextOf, walk } from '#lib/mail/bounce/entity.ts';
import { findOutboxMessage, listOutbox } from '#lib/mail/sending/outbox-store.ts';
import { runtime } from '#lib/runtime.ts';

const SHOWN = 100;

export type OutboxMessage = {
  readonly name: string;
  readonly to: string;
  readonly subject: string;
  /** As the message says it. */
  readonly date: string;
  readonly head: string;
  readonly text: string;
  readonly html: string;
};

/** Newest first. Null where mail really leaves, or strangers could read it. */
export async function getOutbox(): Promise<OutboxMessage[] | null> {
  if (!isOutboxOpen()) return null;
  const names = await listOutbox(runtime.config.mail.outboxDirectory, SHOWN);
  const messages = await Promise.all(names.map(getOutboxMessage));
  return messages.filter((message) => message !== null);
}

export async function getOutboxMessage(name: string): Promise<OutboxMessage | null> {
  const bytes = isOutboxOpen() ? await findOutboxMessage(runtime.config.mail.outboxDirectory, name) : null;
  if (bytes === null) return null;
  const [entity] = parseMessages(bytes);
  const partOf = (type: string) => {
    const part = [...walk(entity)].find((one) => headerOf(one, 'content-type').startsWith(type));
    return part === undefined ? '' : partTextOf(part);
  };
  return {
    name,
    to: headerOf(entity, 'to').replace(/^<|>$/g, ''),
    subject: headerOf(entity, 'subject'),
    date: headerOf(entity, 'date'),
    head: bytes.toString('utf8').split(/\r?\n\r?\n/, 1)[0] ?? '',
    text: partOf('text/plain'),
    html: partOf('text/html'),
  };
}

/** The outbox holds links that confirm and manage: only who sits at this machine may see it. */
export function isOutboxOpen(): boolean {
  const { mail, host } = runtime.config;
  return mail.smtpUrl === null && /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
}
