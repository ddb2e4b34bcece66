/** Who this instance is to mail systems. Its secret, where none is configured, is a file in the instance's folder. */
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#lib/config/parse.ts';
import type { Random } from '../random.ts';
import { parseAddress } from './address.ts';
import { type MailIdentity, parseMailbox } from './message.ts';

const SECRET_FILE = 'mail-secret';
const SECRET_BYTES = 32;

/** Throws where MAIL_FROM or MAIL_RETURN_PATH cannot be mailed. The first call of an instance makes its secret. */
export async function readMailIdentity(
  deps: { random: Random },
  config: Pick<Config, 'mail' | 'dataDirectory'>,
): Promise<MailIdentity> {
  const from = parseMailbox(config.mail.from);
  if (from === null) throw new Error(`MAIL_FROM holds no address that can be mailed: ${config.mail.from}.`);
  const returnPath = config.mail.returnPath === null ? from.address : parseAddress(config.mail.returnPath);
  if (returnPath === null) throw new Error(`MAIL_RETURN_PATH cannot be mailed: ${config.mail.returnPath}.`);
  const secret = config.mail.secret ?? (await findOrMakeSecret(deps.random, config.dataDirectory));
  return { from, returnPath, secret };
}

async function findOrMakeSecret(random: Random, directory: string): Promise<string> {
  const path = join(directory, SECRET_FILE);
  await mkdir(directory, { recursive: true });
  const kept = await readSecret(path);
  if (kept !== null) return kept;
  const made = random.token(SECRET_BYTES);
  const draft = `${path}.${random.token(6)}`;
  await writeFile(draft, made, { mode: 0o600 });
  try {
    // Linked in place whole: of several processes that start together one wins, and the others read what it wrote.
    await link(draft, path);
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  const winner = await readSecret(path);
  if (winner === null) throw new Error(`${path} was taken away while it was read.`);
  return winner;
}

async function readSecret(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text?.trim() === '') throw new Error(`${path} is empty; delete it, or set MAIL_SECRET.`);
  return text?.trim() ?? null;
}
