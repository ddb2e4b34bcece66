/**
 * A moment's work that a browser does before a subscription is taken: nothing to a person, much to a program that sends
 * thousands. After the protocol of Altcha, version 1 (https://altcha.org/docs/v2/proof-of-work/): the browser looks for
 * the number whose SHA-256 behind the salt is the challenge; the HMAC shows that the challenge is ours.
 *
 *     salt        22 random characters, `?expires=`, seconds since 1970, `&`
 *     challenge   SHA-256 of salt and number, in hex
 *     signature   HMAC-SHA-256 of challenge, in hex
 *
 * The `&` closes the time: without it digits of the number could be read as more of it.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '#lib/text/json.ts';
import { MINUTE_MS } from '#lib/time.ts';

export type Challenge = {
  readonly algorithm: 'SHA-256';
  readonly challenge: string;
  /** The number is none beyond. */
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
};

/** Found after 100,000 hashes on average: a tenth of a second on a desk, half a second on a telephone. */
export const NUMBER_MAX = 200_000;
/** From 128 bits; with the time and six digits, one block of SHA-256, as public/proof.js counts on. */
export const SALT_BYTES = 16;
/** The work begins when the form is sent, and so need not last. */
export const PROOF_MS = 10 * MINUTE_MS;

/** `number` from 0 to NUMBER_MAX, known to nobody; `salt` in base64url. */
export function makeChallenge(
  secret: string,
  given: { salt: string; number: number; expiresAt: Date },
): Challenge {
  const salt = `${given.salt}?expires=${Math.floor(given.expiresAt.getTime() / 1_000)}&`;
  const challenge = hash(salt + given.number);
  return {
    algorithm: 'SHA-256',
    challenge,
    maxnumber: NUMBER_MAX,
    salt,
    signature: signOf(secret, challenge),
  };
}

const Payload = z.object({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().regex(/^[0-9a-f]{64}$/),
  number: z.number().int().min(0).max(NUMBER_MAX),
  salt: z.string().regex(/^[\w-]{22}\?expires=\d{10}&$/),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Proof = { readonly challenge: string; readonly expiresAt: Date };

/** `text` as forms carry it, JSON in base64. Null for what is wrong, not ours or too late. */
export function parseProof(secret: string, text: string, now: Date): Proof | null {
  const parsed = Payload.safeParse(parseJson(Buffer.from(text, 'base64').toString()));
  if (!parsed.success) return null;
  const { challenge, number, salt, signature } = parsed.data;
  const expiresAt = new Date(Number(/=(\d{10})&$/.exec(salt)?.[1]) * 1_000);
  const isOurs = timingSafeEqual(Buffer.from(signature), Buffer.from(signOf(secret, challenge)));
  return isOurs && hash(salt + number) === challenge && expiresAt > now ? { challenge, expiresAt } : null;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Under a key of its own: the secret signs other things as well. */
function signOf(secret: string, challenge: string): string {
  const key = createHmac('sha256', secret).update('proof-of-work').digest();
  return createHmac('sha256', key).update(challenge).digest('hex');
}
