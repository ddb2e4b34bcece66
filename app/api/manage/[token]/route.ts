import { isOurs, readForm, seeOther } from '#app/api/_http/form-request.ts';
import { runtime } from '#lib/runtime.ts';
import { parseLinkToken } from '#lib/subscriptions/token.ts';
import { act } from './act.ts';

type Context = { params: Promise<{ token: string }> };

/** The forms of the page where subscriptions are managed; the link is the right to do so. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const form = await readForm(request);
  const { secret } = await runtime.identity();
  const subscriberId = parseLinkToken(secret, 'manage', token);
  const page = `/manage/${encodeURIComponent(token)}`;
  if (form === null || subscriberId === null || !isOurs(request, runtime.config.baseUrl))
    return seeOther(page);
  const outcome = await act(runtime, subscriberId, form);
  const place = /^\d{1,9}$/.test(form.get('subscription') ?? '')
    ? `#subscription-${form.get('subscription')}`
    : '';
  return seeOther(`${page}?outcome=${outcome}${place}`);
}
