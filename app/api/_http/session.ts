/** The operator's session: a cookie that only who knows ADMIN_TOKEN can have got, and that ends with a new token. */
import { createHmac } from 'node:crypto';
import { isSameSecret } from '#app/api/_http/authorization.ts';

export const SESSION_COOKIE = 'paperboy-admin';
const SESSION_SECONDS = 12 * 3_600;

export function isSession(cookie: string | undefined, adminToken: string | null): boolean {
  return cookie !== undefined && adminToken !== null && isSameSecret(cookie, toSession(adminToken));
}

export function toSessionCookie(adminToken: string, baseUrl: string): string {
  const secure = baseUrl.startsWith('https:') ? '; Secure' : '';
  return `${SESSION_COOKIE}=${toSession(adminToken)}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly; SameSite=Strict${secure}`;
}

export function sessionOf(request: Request): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
  return cookies.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))?.slice(SESSION_COOKIE.length + 1);
}

function toSession(adminToken: string): string {
  return createHmac('sha256', adminToken).update('operator session').digest('base64url');
}
