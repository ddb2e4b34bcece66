import type { Metadata } from 'next';
import { type Confirmation, getConfirmation } from '#app/_data/digest.ts';
import { Missing } from '#app/missing.tsx';
import { formatMomentLong } from '#components/edition/dateline.ts';
import { Notice } from '#components/edition/notice.tsx';
import { describeSchedule, describeTopics, type Subscription } from '#lib/subscriptions/subscription.ts';

/** Made for each reader and moment (proxy.ts): app/kept-pages.ts keeps none of these. */
export const revalidate = 1;
export const generateStaticParams = () => [];
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
    <Notice kicker="One click more" title="Is this what you asked for?">
      {'subscription' in confirmation && <Terms subscription={confirmation.subscription} />}
      <form action={`/api/confirm/${encodeURIComponent(token)}`} method="post">
        <p className="buttons">
          <button type="submit" className="main-button">
            Confirm the subscription
          </button>
        </p>
      </form>
    </Notice>
  ),
  done: (confirmation) => (
    <Notice kicker="Thank you" title="You are a subscriber">
      {'subscription' in confirmation && <Done subscription={confirmation.subscription} />}
    </Notice>
  ),
  expired: () => (
    <Notice title="This link has ended">
      <p>
        A link to confirm works once, and for a week. <a href="/subscribe">Subscribe again</a>, and a fresh
        one is sent.
      </p>
    </Notice>
  ),
  unknown: () => (
    <Missing>
      <Notice kicker="404" title="This link is not one of ours">
        <p>
          Perhaps the mail program cut it short: copy all of it. Or <a href="/subscribe">subscribe again</a>,
          and a fresh one is sent.
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
      {nextDueAt !== null && <p>The first issue comes on {formatMomentLong(nextDueAt, zone, true)}.</p>}
      <p>
        Every issue has a link to change, pause or end it. Until then, <a href="/">today’s paper</a> is here.
      </p>
    </>
  );
}
