/** The mailbox that bounces arrive in, over IMAP. */
import { ImapFlow } from 'imapflow';
import { MINUTE_MS } from '#lib/time.ts';

export type MailboxTarget = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS, except on this machine. */
  readonly isImplicitTls: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
};

export type ReturnedMessage = { readonly uid: number; readonly bytes: Uint8Array };

export type BounceMailbox = {
  /** Unread messages, oldest first, at most `limit`. */
  listUnread(limit: number): Promise<ReturnedMessage[]>;
  /** Marks messages as read: they are not listed again. */
  markRead(uids: readonly number[]): Promise<void>;
  close(): Promise<void>;
};

const TIMEOUT_MS = MINUTE_MS;

/** Larger messages are read so far; a report stands at the beginning. */
const MESSAGE_BYTES_MAX = 1_000_000;

/** `url` is imap: or imaps:, as the settings have checked; the path names the folder. */
export function parseMailboxUrl(url: string): MailboxTarget {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const isImplicitTls = protocol === 'imaps:';
  const folder = decodeURIComponent(pathname.replace(/^\/+|\/+$/g, ''));
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isImplicitTls ? 993 : 143) : Number(port),
    isImplicitTls,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    folder: folder === '' ? 'INBOX' : folder,
  };
}

/** Throws where the server cannot be reached, refuses the login, or has no such folder. */
export async function openMailbox(target: MailboxTarget): Promise<BounceMailbox> {
  const isLocal = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(target.host);
  const client = new ImapFlow({
    host: target.host,
    port: target.port,
    secure: target.isImplicitTls,
    ...(target.isImplicitTls ? {} : { doSTARTTLS: !isLocal }),
    auth: { user: target.user, pass: target.password },
    logger: false,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  // Errors also reject the call that meets them; without a listener, one between calls would end the process.
  client.on('error', () => {});
  await client.connect();
  const lock = await client.getMailboxLock(target.folder);
  return {
    async listUnread(limit) {
      const found = await client.search({ seen: false }, { uid: true });
      const uids = found === false || found === undefined ? [] : found.slice(0, limit);
      if (uids.length === 0) return [];
      const messages: ReturnedMessage[] = [];
      const source = { start: 0, maxLength: MESSAGE_BYTES_MAX };
      for await (const message of client.fetch(uids, { uid: true, source }, { uid: true })) {
        if (message.source !== undefined) messages.push({ uid: message.uid, bytes: message.source });
      }
      return messages.sort((left, right) => left.uid - right.uid);
    },
    async markRead(uids) {
      if (uids.length > 0) await client.messageFlagsAdd([...uids], ['\\Seen'], { uid: true });
    },
    async close() {
      lock.release();
      await client.logout();
    },
  };
}
