import { after } from 'next/server';
import { postLetters } from '#app/_data/post-letters.ts';
import { ipOf, isOurs, readForm, seeOther } from '#app/api/_http/form-request.ts';
import { systemSleep } from '#lib/clock.ts';
import { runtime } from '#lib/runtime.ts';
import { parseChoices } from '#lib/subscriptions/choices.ts';
import { spendProof } from '#lib/subscriptions/count-request.ts';
import { requestSubscription } from '#lib/subscriptions/request-subscription.ts';

const PROBLEM = { 'address-invalid': 'address', 'too-many-requests': 'busy' } as const;

/** The subscribe form. Answers with the way to the page that says what happens next, the same for every address. */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (form === null || !isOurs(request, runtime.config.baseUrl)) return seeOther('/subscribe?problem=form');
  // A field that people do not see; whoever fills it in is told what everybody is told.
  if (form.get('website')) return seeOther('/subscribe/sent');
  const choices = parseChoices(form);
  if (Array.isArray(choices)) return seeOther(backTo(form, choices[0]?.field ?? 'form'));
  const { secret } = await runtime.identity();
  const { db, clock, config } = runtime;
  if (config.asksForProof && !(await spendProof({ db, clock, secret }, form.get('proof') ?? ''))) {
    return seeOther(backTo(form, 'proof'));
  }
  const outcome = await requestSubscription(
    { db, clock, secret, sleep: systemSleep },
    { address: form.get('address') ?? '', ip: ipOf(request), choices },
  );
  if (outcome !== 'accepted') return seeOther(backTo(form, PROBLEM[outcome]));
  after(postLetters);
  return seeOther('/subscribe/sent');
}

/** With all that was filled in but the address, which does not belong into addresses of pages. */
function backTo(form: URLSearchParams, problem: string): string {
  const fields = new URLSearchParams(form);
  for (const name of ['address', 'website', 'proof']) fields.delete(name);
  fields.set('problem', problem);
  return `/subscribe?${fields}`;
}
