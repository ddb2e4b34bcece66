import { isSameSecret } from '#app/api/_http/authorization.ts';
import { isOurs, readForm, seeOther } from '#app/api/_http/form-request.ts';
import { toSessionCookie } from '#app/api/_http/session.ts';
import { runtime } from '#lib/runtime.ts';

/** Lets the operator in. */
export async function POST(request: Request): Promise<Response> {
  const { adminToken, baseUrl } = runtime.config;
  const form = await readForm(request);
  const isRight =
    adminToken !== null && isOurs(request, baseUrl) && isSameSecret(form?.get('token') ?? '', adminToken);
  if (!isRight) return seeOther('/admin?outcome=wrong-token');
  const response = seeOther('/admin');
  response.headers.set('Set-Cookie', toSessionCookie(adminToken, baseUrl));
  return response;
}
