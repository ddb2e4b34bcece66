import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { type Confirmation, getConfirmation } from '#app/_data/digest.ts';
import { formatMomentLong } from '#components/edition/dateline.ts';
import { Notice } from '#components/edition/notice.tsx';
import { describeSchedule, describeTopics, type Subscription } from '#lib/subscriptions/subscription.ts';

/** The link is the right to confirm: it is not to be told to pages that are visited next. */
export const metadata: Metadata = {
  title: 'Confirm your subscription',
  robots: { index: false },
  referrer: 'same-origin',
};

type Props = { params: Promise<{ token: string }> };

export default async function ConfirmPage({ params }: Props) {
  const { token } = await params;
  const confirmation = await getConfirmation(token);
  return PAGES[confirmation.kind](confirmation, token);
}

const PAGES: Record<Confirmation['kind'], (confirmation: Confirmation, token: string) => React.ReactNode> = {
  open: (confirmation, token) => (
    <Notice kicker="One more click" title="Confirm your subscription">
      {'subscription' in confirmation && <Terms subscription={confirmation.subscription} />}
      <form action={`/api/confirm/${encodeURIComponent(token)}`} method="post" data-hides-invitation>
        <p className="buttons mt-6">
          <button type="submit" className="main-button">
            Confirm the subscription
          </button>
        </p>
      </form>
    </Notice>
  ),
  done: (confirmation) => (
    <Notice kicker="Thank you" title="You are subscribed">
      {'subscription' in confirmation && <Done subscription={confirmation.subscription} />}
    </Notice>
  ),
  expired: () => (
    <Notice title="This link has expired">
      <p>
        A confirmation link works once and for one week. <a href="/subscribe">Subscribe again</a> to get a new
        one.
      </p>
    </Notice>
  ),
  unknown: () => (
    <Missing>
      <Notice kicker="404" title="This link is not valid">
        <p>
          Your mail program may have cut it short: copy all of it. Or <a href="/subscribe">subscribe again</a>{' '}
          to get a new one.
        </p>
      </Notice>
    </Missing>
  ),
};

function Terms({ subscription }: { subscription: Subscription }) {
  return (
    <p>
      {describeTopics(subscription)}. {describeSchedule(subscription)}, at most {subscription.papersMax}{' '}
      papers.
    </p>
  );
}

function Done({ subscription }: { subscription: Subscription }) {
  const { nextDueAt, zone } = subscription;
  return (
    <>
      <Terms subscription={subscription} />
      {nextDueAt !== null && (
        <p>The first issue will be sent on {formatMomentLong(nextDueAt, zone, true)}.</p>
      )}
      <p>
        Every issue has a link to change, pause or cancel your subscription. Meanwhile, read{' '}
        <a href="/">today’s papers</a>.
      </p>
    </>
  );
}
