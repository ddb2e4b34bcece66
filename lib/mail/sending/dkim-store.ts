/** The keys that sign mail, as files: `<selector>.rsa.pem` and `<selector>.ed25519.pem`, readable by their owner only. */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MailConfig } from '#lib/config/parse.ts';
import { domainOf } from '../address.ts';
import { parseMailbox } from '../message.ts';
import type { DkimKey } from './dkim.ts';

/** RFC 8301, 3.2 recommends 2048; a longer key no longer fits one string of a DNS record. */
const RSA_BITS = 2048;

/** Kinds of keys, in the order of their signatures, and the selector of each: one name holds one key. */
const KINDS = [
  { kind: 'rsa', toSelector: (selector: string) => selector },
  { kind: 'ed25519', toSelector: (selector: string) => `${selector}-ed25519` },
] as const;

type Place = Pick<MailConfig, 'dkim' | 'dkimDirectory' | 'from'>;

/** The keys of the configured selector; none where mails are not signed. Throws where no key can be read. */
export async function readDkimKeys(config: Place): Promise<DkimKey[]> {
  if (config.dkim === null) return [];
  const { selector } = config.dkim;
  const domain = config.dkim.domain ?? domainOfSender(config.from);
  const keys = await Promise.all(
    KINDS.map(async ({ kind, toSelector }) => {
      const privateKey = await readKey(join(config.dkimDirectory, `${selector}.${kind}.pem`));
      return privateKey === null ? [] : [{ domain, selector: toSelector(selector), privateKey }];
    }),
  );
  const found = keys.flat();
  if (found.length > 0) return found;
  throw new Error(
    `DKIM_SELECTOR is ${selector}, but ${config.dkimDirectory} holds no key of that name; paperboy mail keys makes one.`,
  );
}

/**
 * Makes what is missing of a selector's two keys and returns both, with whether any was made. Keys that exist are
 * never replaced: mail signed with them is still on its way.
 */
export async function createDkimKeys(
  directory: string,
  domain: string,
  selector: string,
): Promise<{ keys: DkimKey[]; wasMade: boolean }> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  let wasMade = false;
  const keys: DkimKey[] = [];
  for (const { kind, toSelector } of KINDS) {
    const path = join(directory, `${selector}.${kind}.pem`);
    let privateKey = await readKey(path);
    if (privateKey === null) {
      const made = await makeKey(kind);
      await writeFile(path, made, { mode: 0o600, flag: 'wx' });
      privateKey = createPrivateKey(made);
      wasMade = true;
    }
    keys.push({ domain, selector: toSelector(selector), privateKey });
  }
  return { keys, wasMade };
}

/** A key's public half as DNS publishes it: PKCS 8 for RSA, the 32 bytes alone for Ed25519 (RFC 8463, 4). */
export function toPublicKey(privateKey: KeyObject): { algorithm: 'rsa' | 'ed25519'; key: string } {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return privateKey.asymmetricKeyType === 'ed25519'
    ? { algorithm: 'ed25519', key: der.subarray(-32).toString('base64') }
    : { algorithm: 'rsa', key: der.toString('base64') };
}

function domainOfSender(from: string): string {
  const mailbox = parseMailbox(from);
  if (mailbox === null) throw new Error(`MAIL_FROM holds no address that can be mailed: ${from}.`);
  return domainOf(mailbox.address);
}

async function readKey(path: string): Promise<KeyObject | null> {
  const pem = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (pem === null) return null;
  const key = createPrivateKey(pem);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  // RFC 8301, 3.2: verifiers do not accept less than 1024 bits.
  const isUsable = type === 'ed25519' || (type === 'rsa' && (details?.modulusLength ?? 0) >= 1024);
  if (!isUsable) throw new Error(`${path} holds neither an Ed25519 key nor an RSA key of 1024 bits or more.`);
  return key;
}

async function makeKey(kind: 'rsa' | 'ed25519'): Promise<string> {
  const { privateKey } =
    kind === 'rsa'
      ? await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS })
      : await promisify(generateKeyPair)('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
