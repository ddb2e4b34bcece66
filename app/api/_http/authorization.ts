import { createHash, timingSafeEqual } from 'node:crypto';

/** Takes the same time however much of a guess is right, since it compares digests. */
export function isSameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

/**
 * Whether the request bears one of `secrets` (RFC 6750: `Authorization: Bearer …`). No secret, no entry.
 */
export function isAuthorized(request: Request, secrets: readonly (string | null)[]): boolean {
  const [, token] = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return token !== undefined && secrets.some((secret) => secret !== null && isSameSecret(token, secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
