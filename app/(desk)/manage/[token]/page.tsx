import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getManagement } from '#app/_data/digest.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { Notice } from '#components/edition/notice.tsx';
import { describeProblem } from '../../subscribe/_components/problems.ts';
import { PastIssues } from './_components/past-issues.tsx';
import { SubscriptionCard } from './_components/subscription-card.tsx';

export const metadata: Metadata = {
  title: 'Your subscriptions',
  robots: { index: false },
  referrer: 'same-origin',
};

type Props = { params: Promise<{ token: string }>; searchParams: SearchParams };

export default async function ManagePage({ params, searchParams }: Props) {
  const { token } = await params;
  const outcome = (await readSearchParams(searchParams)).get('outcome') ?? undefined;
  const management = await getManagement(token);
  if (management === null) return <NothingKept wasErased={outcome === 'erased'} />;
  const { address, subscriptions, pastIssues } = management;
  const action = `/api/manage/${encodeURIComponent(token)}`;
  const live = subscriptions.filter(({ state }) => state !== 'unsubscribed');
  const said = describeOutcome(outcome);
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8" data-hides-invitation>
      <h1 className="text-title">Your subscriptions</h1>
      <p className="standfirst">{address}. Anyone who has the link to this page can change these settings.</p>
      {said !== null && (
        <p className="remark" role="status">
          {said}
        </p>
      )}
      {live.length === 0 && (
        <p>
          You have no active subscription. <a href="/subscribe">Subscribe</a>
        </p>
      )}
      {live.map((subscription) => (
        <SubscriptionCard key={subscription.id} subscription={subscription} action={action} />
      ))}
      {live.length > 1 && (
        <form action={action} method="post">
          <button type="submit" className="text-button" name="act" value="unsubscribe-all">
            Unsubscribe from all {live.length}
          </button>
        </form>
      )}
      <PastIssues issues={pastIssues} subscriptions={subscriptions} />
      <EraseData action={action} />
    </div>
  );
}

function NothingKept({ wasErased }: { wasErased: boolean }) {
  return wasErased ? (
    <Notice kicker="Done" title="Your data is erased">
      <p>We no longer store anything about you and will not send you anything.</p>
    </Notice>
  ) : (
    <Missing>
      <Notice kicker="404" title="This link is not valid">
        <p>
          Your mail program may have cut it short: copy all of it. Or{' '}
          <a href="/subscribe#lost-link">request a new link</a>.
        </p>
      </Notice>
    </Missing>
  );
}

const OUTCOMES: Readonly<Record<string, string>> = {
  changed: 'Saved. The next issue uses your new settings.',
  paused: 'Paused.',
  resumed: 'Resumed. The next issue will be sent.',
  unsubscribed: 'Unsubscribed. We will not send this digest again.',
  'all-unsubscribed': 'Unsubscribed from everything. We will not send you anything more.',
  'day-past': 'That day is in the past: choose a future day.',
  'not-found': 'That subscription no longer exists.',
  'wrong-sure': 'Nothing was erased: the box was not ticked.',
};

/** Null where nothing was done, or nothing that we know of. */
function describeOutcome(outcome: string | undefined): string | null {
  if (outcome === undefined) return null;
  if (Object.hasOwn(OUTCOMES, outcome)) return OUTCOMES[outcome] ?? null;
  return outcome.startsWith('wrong-') ? describeProblem(outcome.slice('wrong-'.length)) : null;
}

function EraseData({ action }: { action: string }) {
  return (
    <section>
      <h2 className="ruled-heading">Your data</h2>
      <p>
        <a href={`${action}/export`}>Download all your data</a> as one file: your subscriptions, the issues
        sent to you, and delivery failures.
      </p>
      <details>
        <summary className="inline-block py-1 underline decoration-accent underline-offset-[0.2em]">
          Erase all my data
        </summary>
        <form action={action} method="post">
          <p>
            Your address, subscriptions and past issues are deleted at once and cannot be restored. Only a
            note that we must not write to your mailbox is kept, if there is one.
          </p>
          <label className="check">
            <input type="checkbox" name="sure" required />
            Yes, erase all my data
          </label>
          <button type="submit" className="text-button" name="act" value="erase">
            Erase
          </button>
        </form>
      </details>
    </section>
  );
}
