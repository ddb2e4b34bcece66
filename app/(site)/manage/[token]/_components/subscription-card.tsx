import { formatDayLong } from '#components/edition/dateline.ts';
import { describeSchedule, describeTopics, type Subscription } from '#lib/subscriptions/subscription.ts';
import { toWallTime } from '#lib/subscriptions/zone.ts';
import { ChoicesFields } from '../../../subscribe/_components/choices-fields.tsx';

type Props = { subscription: Subscription; action: string };

export function SubscriptionCard({ subscription, action }: Props) {
  const { id, state } = subscription;
  return (
    <section id={`subscription-${id}`} className="subscription-card">
      <h2>{describeTopics(subscription)}</h2>
      <p className="faded">
        {describeSchedule(subscription)}, at most {subscription.papersMax} papers. {stateWords(subscription)}
      </p>
      {state !== 'pending' && (
        <details>
          <summary>Change</summary>
          <form className="choices" action={action} method="post">
            <input type="hidden" name="subscription" value={id} />
            <ChoicesFields choices={subscription} name={`s${id}`} isZoneChosen />
            <p className="buttons">
              <button type="submit" name="act" value="change" className="main-button">
                Keep these choices
              </button>
            </p>
          </form>
        </details>
      )}
      {state === 'active' && (
        <details>
          <summary>Pause</summary>
          <form action={action} method="post">
            <input type="hidden" name="subscription" value={id} />
            <label className="field">
              Until (leave empty: until you say so)
              <input type="date" name="until" />
            </label>
            <button type="submit" name="act" value="pause">
              Pause
            </button>
          </form>
        </details>
      )}
      <form action={action} method="post" className="buttons">
        <input type="hidden" name="subscription" value={id} />
        {state === 'paused' && (
          <button type="submit" name="act" value="resume">
            Go on
          </button>
        )}
        <button type="submit" name="act" value="unsubscribe">
          Unsubscribe
        </button>
      </form>
    </section>
  );
}

function stateWords({ state, nextDueAt, zone }: Subscription): string {
  if (state === 'pending') return 'Not confirmed yet: its letter has the link.';
  const next = nextDueAt === null ? null : formatDayLong(toWallTime(zone, nextDueAt).day);
  if (state === 'paused')
    return next === null ? 'Paused, until you say so.' : `Paused; it goes on on ${next}.`;
  return next === null ? '' : `Next on ${next}.`;
}
