/** The outbox: where mail goes when no relay is configured. One .eml file each, as it would have left, to be read. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutgoingMail } from '../message.ts';
import { toBytes, toMime } from './mime.ts';
import type { SubmitOutcome } from './submit-outcome.ts';

/** `20261124T070000Z_issue.0a1b2c.eml`: the newest sorts last, and the same message has the same name. */
const FILE_NAME = /^\d{8}T\d{6}Z_[a-z-]+\.[a-z0-9-]{1,36}\.eml$/;

/** A transport that writes. Submitting a message again replaces its file. */
export function createOutbox(directory: string): {
  submit(mail: OutgoingMail): Promise<SubmitOutcome>;
  close(): Promise<void>;
} {
  return {
    async submit(mail) {
      const message = toMime(mail);
      const bytes = toBytes({
        ...message,
        headers: [`Return-Path: <${mail.envelopeFrom}>`, `Delivered-To: ${mail.to}`, ...message.headers],
      });
      const stamp = mail.date.toISOString().replace(/[-:]|\.\d+/g, '');
      const name = `${stamp}_${mail.messageId.slice(0, mail.messageId.indexOf('@'))}.eml`;
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // Renamed into place, so that a reader never meets half a message.
      await writeFile(join(directory, `${name}.part`), bytes, { mode: 0o600 });
      await rename(join(directory, `${name}.part`), join(directory, name));
      return { kind: 'submitted', reply: `250 written to ${name}`, messageId: mail.messageId };
    },
    close: async () => {},
  };
}

/** Names of the newest messages, newest first. None where there is no outbox yet. */
export async function listOutbox(directory: string, limit: number): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => FILE_NAME.test(name))
    .sort()
    .reverse()
    .slice(0, limit);
}

/** A message's bytes; null where `name` is none of the outbox's. */
export async function findOutboxMessage(directory: string, name: string): Promise<Buffer | null> {
  if (!FILE_NAME.test(name)) return null;
  return readFile(join(directory, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
