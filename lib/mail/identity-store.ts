/**
 * Who this instance is to mail systems. Unless configured, its secret is a row of the database, since links and return
 * addresses must be valid on every replica.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#lib/clock.ts';
import type { Config } from '#lib/config/parse.ts';
import type { Db } from '#lib/db/client.ts';
import type { Random } from '../random.ts';
import { parseAddress } from './address.ts';
import { type MailIdentity, parseMailbox } from './message.ts';

type IdentityDeps = { readonly db: Db; readonly clock: Clock; readonly random: Random };

const SECRET_NAME = 'mail';
/** Earlier versions kept the secret in the data folder. The first process with such a file moves it to the database. */
const SECRET_FILE = 'mail-secret';
const SECRET_BYTES = 32;

/** Throws if MAIL_FROM or MAIL_RETURN_PATH cannot be mailed. The first call of an instance makes its secret. */
export async function readMailIdentity(
  deps: IdentityDeps,
  config: Pick<Config, 'mail' | 'dataDirectory'>,
): Promise<MailIdentity> {
  const from = parseMailbox(config.mail.from);
  if (from === null) throw new Error(`MAIL_FROM holds no address that can be mailed: ${config.mail.from}.`);
  const returnPath = config.mail.returnPath === null ? from.address : parseAddress(config.mail.returnPath);
  if (returnPath === null) throw new Error(`MAIL_RETURN_PATH cannot be mailed: ${config.mail.returnPath}.`);
  const secret = config.mail.secret ?? (await findOrMakeSecret(deps, config.dataDirectory));
  return { from, returnPath, secret };
}

/** The secret in the database; null before the first mail. */
export async function findStoredSecret(db: Db): Promise<string | null> {
  const stored = await db.instanceSecret.findUnique({ where: { name: SECRET_NAME } });
  return stored?.value ?? null;
}

/** The secret that an earlier version kept in the data folder, or null. */
export async function readSecretFile(directory: string): Promise<string | null> {
  const text = await readFile(join(directory, SECRET_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text?.trim() || null;
}

async function findOrMakeSecret({ db, clock, random }: IdentityDeps, directory: string): Promise<string> {
  const stored = await findStoredSecret(db);
  if (stored !== null) return stored;
  const value = (await readSecretFile(directory)) ?? random.token(SECRET_BYTES);
  const row = { name: SECRET_NAME, value, createdAt: clock.now() };
  // Of several processes that start at the same time one inserts, and all read what it wrote.
  await db.instanceSecret.createMany({ data: [row], skipDuplicates: true });
  const { value: winner } = await db.instanceSecret.findUniqueOrThrow({ where: { name: SECRET_NAME } });
  return winner;
}
