// The proof of work a site may ask for before it accepts a subscription (lib/subscriptions/proof-of-work.ts). SHA-256 is
// written out because crypto.subtle exists only on secure pages, and 100,000 calls of it take longer.
const primes = [];
for (let number = 2; primes.length < 64; number += 1) {
  if (primes.every((prime) => number % prime !== 0)) primes.push(number);
}
const fraction = (root) => ((root % 1) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const BLOCK = 64;
/** A block without the end mark and the length field. */
const TEXT_MAX = BLOCK - 9;

const words = new Int32Array(64);
const state = new Int32Array(8);

/** Hashes one padded block into `state`. FIPS 180-4, 6.2.2. */
function compress(view) {
  for (let at = 0; at < 16; at += 1) words[at] = view.getInt32(at * 4);
  for (let at = 16; at < 64; at += 1) {
    const [before, last] = [words[at - 15], words[at - 2]];
    const small = ((before >>> 7) | (before << 25)) ^ ((before >>> 18) | (before << 14)) ^ (before >>> 3);
    const large = ((last >>> 17) | (last << 15)) ^ ((last >>> 19) | (last << 13)) ^ (last >>> 10);
    words[at] = words[at - 16] + small + words[at - 7] + large;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const large = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + large + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
    const small = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (small + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  const sums = [a, b, c, d, e, f, g, h];
  for (let at = 0; at < 8; at += 1) state[at] = START[at] + sums[at];
}

/** Returns the number, or null if there is none. Yields to the page between batches. */
export async function solve({ challenge, maxnumber, salt }) {
  const wanted = Int32Array.from({ length: 8 }, (_, at) =>
    Number.parseInt(challenge.slice(at * 8, at * 8 + 8), 16),
  );
  const bytes = new Uint8Array(BLOCK);
  const view = new DataView(bytes.buffer);
  const head = new TextEncoder().encodeInto(salt, bytes).written;
  if (head + String(maxnumber).length > TEXT_MAX) return null;
  for (let number = 0; number <= maxnumber; number += 1) {
    const digits = String(number);
    for (let at = 0; at < digits.length; at += 1) bytes[head + at] = digits.charCodeAt(at);
    const length = head + digits.length;
    bytes.fill(0, length);
    bytes[length] = 0x80;
    view.setUint32(BLOCK - 4, length * 8);
    compress(view);
    if (state[0] === wanted[0] && state.every((word, at) => word === wanted[at])) return number;
    if (number % 5000 === 4999) await new Promise((resolve) => setTimeout(resolve));
  }
  return null;
}

/** The proof as a form field carries it. */
export async function prove(challenge) {
  const { algorithm, challenge: hash, salt, signature } = challenge;
  const number = await solve(challenge);
  return btoa(JSON.stringify({ algorithm, challenge: hash, number, salt, signature }));
}
