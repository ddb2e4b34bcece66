import { isOurs, readForm, seeOther } from '#app/api/_http/form-request.ts';
import { isSession, sessionOf } from '#app/api/_http/session.ts';
import { markDueAgain, markLeft } from '#lib/digest/send-store.ts';
import { liftSuppression } from '#lib/mail/lift-suppression.ts';
import { insertPause, removePause } from '#lib/mail/sending/pace-store.ts';
import { runtime } from '#lib/runtime.ts';

const ACTS: Readonly<Record<string, (now: Date, form: URLSearchParams) => Promise<unknown>>> = {
  pause: (now) => insertPause(runtime.db, { now, reason: 'by the operator', isByOperator: true }),
  resume: () => removePause(runtime.db),
  again: (now, form) => markDueAgain(runtime.db, issueOf(form), now),
  leave: (now, form) => markLeft(runtime.db, issueOf(form), now),
  // A complaint is lifted by hand alone, on the command line.
  lift: (_now, form) =>
    liftSuppression(runtime, {
      address: form.get('address') ?? '',
      by: 'the operator',
      reason: 'on the page of the digest',
      isEvenAfterComplaint: false,
    }),
};

function issueOf(form: URLSearchParams): number {
  return Number(form.get('issue') ?? 0) || 0;
}

/** The buttons of the operator's page. */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  const { adminToken, baseUrl } = runtime.config;
  if (form === null || !isOurs(request, baseUrl) || !isSession(sessionOf(request), adminToken)) {
    return seeOther('/admin');
  }
  const name = form.get('act') ?? '';
  const chosen = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  await chosen?.(runtime.clock.now(), form);
  return seeOther(`/admin?outcome=${chosen === undefined ? 'unknown' : name}`);
}
