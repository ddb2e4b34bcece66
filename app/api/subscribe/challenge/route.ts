import { runtime } from '#lib/runtime.ts';
import { makeChallenge, NUMBER_MAX, PROOF_MS, SALT_BYTES } from '#lib/subscriptions/proof-of-work.ts';

/** Never kept: each browser gets its own. */
export const dynamic = 'force-dynamic';

const headers = { 'Cache-Control': 'no-store' };

/** What a browser must do before it subscribes; 204 where the operator asks for nothing. */
export async function GET(): Promise<Response> {
  const { clock, config, random } = runtime;
  if (!config.asksForProof) return new Response(null, { status: 204, headers });
  const { secret } = await runtime.identity();
  const chance = Buffer.from(random.token(6), 'base64url').readUIntBE(0, 6);
  const challenge = makeChallenge(secret, {
    salt: random.token(SALT_BYTES),
    number: chance % (NUMBER_MAX + 1),
    expiresAt: new Date(clock.now().getTime() + PROOF_MS),
  });
  return Response.json(challenge, { headers });
}
