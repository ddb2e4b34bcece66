import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getManagement } from '#app/_data/digest.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { Notice } from '#components/edition/notice.tsx';
import { EraseData } from './_components/erase-data.tsx';
import { describeOutcome } from './_components/outcomes.ts';
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
