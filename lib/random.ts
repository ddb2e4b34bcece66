/** Chance as an argument: jitter and tokens come from here, so tests can seed them. */
import { randomBytes } from 'node:crypto';

export type Random = {
  /** Uniform in [0, 1). */
  fraction(): number;
  /** `byteCount` random bytes as base64url text; cryptographically strong in production. */
  token(byteCount: number): string;
};

export const systemRandom: Random = {
  fraction: () => Math.random(),
  token: (byteCount) => randomBytes(byteCount).toString('base64url'),
};

/** Deterministic and not secret: for tests and simulations only (mulberry32, Tommy Ettinger, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const token = (byteCount: number) =>
    Buffer.from(Array.from({ length: byteCount }, () => Math.floor(fraction() * 256))).toString('base64url');
  return { fraction, token };
}
