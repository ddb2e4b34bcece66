import type { Runtime } from '#lib/runtime.ts';
import {
  changeSubscription,
  pauseSubscription,
  resumeSubscription,
} from '#lib/subscriptions/change-subscription.ts';
import { parseChoices } from '#lib/subscriptions/choices.ts';
import { eraseSubscriber } from '#lib/subscriptions/data-store.ts';
import { findSubscription, markAllUnsubscribed, markUnsubscribed } from '#lib/subscriptions/store.ts';

export type ManageOutcome =
  | 'changed'
  | 'paused'
  | 'resumed'
  | 'unsubscribed'
  | 'all-unsubscribed'
  | 'erased'
  | 'day-past'
  | 'not-found'
  | 'unknown'
  | `wrong-${string}`;

type Act = (
  runtime: Pick<Runtime, 'db' | 'clock'>,
  target: { id: number; subscriberId: number },
  form: URLSearchParams,
) => Promise<ManageOutcome>;

const ACTS: Readonly<Record<string, Act>> = {
  change: async (runtime, target, form) => {
    const choices = parseChoices(form);
    if (Array.isArray(choices)) return `wrong-${choices[0]?.field ?? 'form'}`;
    return changeSubscription(runtime, { ...target, choices });
  },
  pause: (runtime, target, form) =>
    pauseSubscription(runtime, { ...target, resumeOn: form.get('until') || null }),
  resume: (runtime, target) => resumeSubscription(runtime, target),
  unsubscribe: async ({ db, clock }, { id, subscriberId }) => {
    const subscription = await findSubscription(db, id);
    if (subscription?.subscriberId !== subscriberId) return 'not-found';
    await markUnsubscribed(db, id, clock.now());
    return 'unsubscribed';
  },
  'unsubscribe-all': async ({ db, clock }, { subscriberId }) => {
    await markAllUnsubscribed(db, subscriberId, clock.now());
    return 'all-unsubscribed';
  },
  erase: async ({ db, clock }, { subscriberId }, form) => {
    if (form.get('sure') !== 'on') return 'wrong-sure';
    await eraseSubscriber(db, subscriberId, clock.now());
    return 'erased';
  },
};

/** Does what a form's `act` names to the subscription it names, if that is this subscriber's. */
export async function act(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  subscriberId: number,
  form: URLSearchParams,
): Promise<ManageOutcome> {
  const name = form.get('act') ?? '';
  const chosen = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  if (chosen === undefined) return 'unknown';
  const id = /^\d{1,9}$/.test(form.get('subscription') ?? '') ? Number(form.get('subscription')) : 0;
  return chosen(runtime, { id, subscriberId }, form);
}
