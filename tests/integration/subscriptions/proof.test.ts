import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spendProof } from '#lib/subscriptions/count-request.ts';
import { makeChallenge, NUMBER_MAX, PROOF_MS } from '#lib/subscriptions/proof-of-work.ts';
import { freshDatabase } from '../../support/database.ts';
import { SECRET } from '../../support/subscriptions.ts';

const NOW = '2026-03-02T07:00:00Z';
const SALT = 'abcdefghijklmnopqrstuv';

/** What browsers are given. */
const { solve, prove } = await import(join(import.meta.dirname, '../../../public/proof.js'));

function challengeOf(number: number, secret = SECRET) {
  const expiresAt = new Date(Date.parse(NOW) + PROOF_MS);
  return makeChallenge(secret, { salt: SALT, number, expiresAt });
}

const encode = (payload: object) => Buffer.from(JSON.stringify(payload)).toString('base64');

test.each([0, 9, 10, 4_999, 5_000, 123_456, NUMBER_MAX])('a browser finds the number %i', async (number) => {
  expect(await solve(challengeOf(number))).toBe(number);
});

test('a browser that is given no number to find says so', async () => {
  expect(await solve({ ...challengeOf(1), challenge: '0'.repeat(64), maxnumber: 2_000 })).toBeNull();
  expect(await solve({ ...challengeOf(1), salt: 'x'.repeat(56) })).toBeNull();
});

test('work that was done counts, once', async () => {
  const { db, clock } = await freshDatabase({ now: NOW });
  const deps = { db, clock, secret: SECRET };
  const proof = await prove(challengeOf(4_321));
  expect(await spendProof(deps, proof)).toBe(true);
  expect(await spendProof(deps, proof)).toBe(false);
  // Across the turn of an hour as well.
  clock.set(new Date(Date.parse(NOW) + PROOF_MS - 1_000));
  expect(await spendProof(deps, proof)).toBe(false);
  expect(await spendProof(deps, await prove(challengeOf(4_322)))).toBe(true);
});

test('wrong, foreign, late and mangled work counts for nothing', async () => {
  const { db, clock } = await freshDatabase({ now: NOW });
  const deps = { db, clock, secret: SECRET };
  const { maxnumber: _, ...right } = challengeOf(77);
  const wrong = [
    '',
    'no base64 at all',
    encode([]),
    encode({ ...right, number: 78 }),
    encode({ ...right, number: '77' }),
    encode({ ...right, number: null }),
    encode({ ...right, signature: '0'.repeat(64) }),
    encode({ ...right, algorithm: 'SHA-1' }),
    // Digits may not move between the number and the time.
    encode({ ...right, salt: right.salt.replace('&', '7'), number: 7 }),
    await prove(challengeOf(77, 'another-secret-than-ours')),
  ];
  for (const text of wrong) expect(await spendProof(deps, text), text).toBe(false);
  const proof = encode({ ...right, number: 77 });
  clock.set(new Date(Date.parse(NOW) + PROOF_MS));
  expect(await spendProof(deps, proof)).toBe(false);
  clock.set(new Date(NOW));
  expect(await spendProof(deps, proof)).toBe(true);
});
