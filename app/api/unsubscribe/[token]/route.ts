import { readForm, seeOther } from '#app/api/_http/form-request.ts';
import { runtime } from '#lib/runtime.ts';
import { unsubscribeByLink } from '#lib/subscriptions/change-subscription.ts';

type Context = { params: Promise<{ token: string }> };

/**
 * One-click unsubscribe (RFC 8058): no cookies, no context, no redirect, and harmless when repeated. Mail systems send
 * `List-Unsubscribe=One-Click` as either kind of form; the button of the page sends `from=page` and is led back to it.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const form = await readForm(request);
  const { secret } = await runtime.identity();
  const { db, clock } = runtime;
  const outcome = await unsubscribeByLink({ db, clock, secret }, token);
  if (form?.get('from') === 'page') return seeOther(`/unsubscribe/${encodeURIComponent(token)}`);
  const [status, text] =
    outcome === 'unsubscribed' ? [200, 'You are unsubscribed.'] : [404, 'This link is not one of ours.'];
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}

/** A person who opens the address is shown the page with the button; looking unsubscribes nobody. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(`/unsubscribe/${encodeURIComponent((await params).token)}`);
}
