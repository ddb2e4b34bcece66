import { after } from 'next/server';
import { postLetters } from '#app/_data/post-letters.ts';
import { ipOf, isOurs, readForm, seeOther } from '#app/api/_http/form-request.ts';
import { systemSleep } from '#lib/clock.ts';
import { runtime } from '#lib/runtime.ts';
import { requestManageLink } from '#lib/subscriptions/request-subscription.ts';

const WHERE = {
  accepted: '/subscribe/sent',
  'address-invalid': '/subscribe?problem=link-address#lost-link',
  'too-many-requests': '/subscribe?problem=busy',
} as const;

/** Sends a lost link again, to the mailbox it belongs to and to nobody else. */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (form === null || !isOurs(request, runtime.config.baseUrl)) return seeOther('/subscribe?problem=form');
  if (form.get('website')) return seeOther('/subscribe/sent');
  const { secret } = await runtime.identity();
  const { db, clock } = runtime;
  const deps = { db, clock, secret, sleep: systemSleep };
  const outcome = await requestManageLink(deps, { address: form.get('address') ?? '', ip: ipOf(request) });
  if (outcome === 'accepted') after(postLetters);
  return seeOther(WHERE[outcome]);
}
