import { formatDayLong } from '#components/edition/dateline.ts';
import { describeSchedule, describeTopics, type Subscription } from '#lib/subscriptions/subscription.ts';
import { toWallTime } from '#lib/subscriptions/zone.ts';
import { ChoicesFields } from '../../../subscribe/_components/choices-fields.tsx';

type Props = { subscription: Subscription; action: string };

export function SubscriptionCard({ subscription, action }: Props) {
  const { id, state } = subscription;
  return (
    <section id={`subscription-${id}`} className="pb-2.5">
      <h2 className="ruled-heading">{describeTopics(subscription)}</h2>
      <p className="text-faded">
        {describeSchedule(subscription)}, at most {subscription.papersMax} papers. {stateWords(subscription)}
      </p>
      {state !== 'pending' && (
        <details className="mt-2">
          <summary className="inline-block py-1 underline decoration-accent underline-offset-[0.2em]">
            Change
          </summary>
          <form className="max-w-[30rem]" action={action} method="post">
            <input type="hidden" name="subscription" value={id} />
            <ChoicesFields choices={subscription} name={`s${id}`} isZoneChosen />
            <p className="buttons mt-6">
              <button type="submit" name="act" value="change" className="main-button">
                Save changes
              </button>
            </p>
          </form>
        </details>
      )}
      {state === 'active' && (
        <details className="mt-2">
          <summary className="inline-block py-1 underline decoration-accent underline-offset-[0.2em]">
            Pause
          </summary>
          <form action={action} method="post">
            <input type="hidden" name="subscription" value={id} />
            <label className="field">
              Until (leave empty to pause until you resume)
              <input type="date" className="text-field max-w-44" name="until" />
            </label>
            <button type="submit" className="text-button" name="act" value="pause">
              Pause
            </button>
          </form>
        </details>
      )}
      <form action={action} method="post" className="buttons mt-6">
        <input type="hidden" name="subscription" value={id} />
        {state === 'paused' && (
          <button type="submit" className="text-button" name="act" value="resume">
            Resume
          </button>
        )}
        <button type="submit" className="text-button" name="act" value="unsubscribe">
          Unsubscribe
        </button>
      </form>
    </section>
  );
}

function stateWords({ state, nextDueAt, zone }: Subscription): string {
  if (state === 'pending') return 'Not confirmed yet: open the link in the e-mail we sent.';
  const next = nextDueAt === null ? null : formatDayLong(toWallTime(zone, nextDueAt).day);
  if (state === 'paused')
    return next === null ? 'Paused until you resume it.' : `Paused; resumes on ${next}.`;
  return next === null ? '' : `Next issue on ${next}.`;
}
