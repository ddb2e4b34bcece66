import { isOurs, seeOther } from '#app/api/_http/form-request.ts';
import { runtime } from '#lib/runtime.ts';
import { confirmSubscription } from '#lib/subscriptions/confirm-subscription.ts';

type Context = { params: Promise<{ token: string }> };

/** The button of the confirmation page. There is no GET: programs that look into mails follow links. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  if (isOurs(request, runtime.config.baseUrl)) await confirmSubscription(runtime, token);
  return seeOther(`/confirm/${encodeURIComponent(token)}`);
}
