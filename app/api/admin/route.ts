import { isSession, sessionOf } from '#app/api/admin/session.ts';
import { isOurs, readForm, seeOther } from '#app/api/form-request.ts';
import { insertPause, removePause } from '#lib/digest/pace-store.ts';
import { markDueAgain, markLeft } from '#lib/digest/send-store.ts';
import { runtime } from '#lib/runtime.ts';

const ACTS: Readonly<Record<string, (id: number, now: Date) => Promise<unknown>>> = {
  pause: (_id, now) => insertPause(runtime.db, { now, reason: 'by the operator', isByOperator: true }),
  resume: () => removePause(runtime.db),
  again: (id, now) => markDueAgain(runtime.db, id, now),
  leave: (id, now) => markLeft(runtime.db, id, now),
};

/** The buttons of the operator's page. */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  const { adminToken, baseUrl } = runtime.config;
  if (form === null || !isOurs(request, baseUrl) || !isSession(sessionOf(request), adminToken)) {
    return seeOther('/admin');
  }
  const name = form.get('act') ?? '';
  const chosen = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  await chosen?.(Number(form.get('issue') ?? 0) || 0, runtime.clock.now());
  return seeOther(`/admin?outcome=${chosen === undefined ? 'unknown' : name}`);
}
