import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getUnsubscription } from '#app/_data/digest.ts';
import { Notice } from '#components/edition/notice.tsx';
import { describeTopics } from '#lib/subscriptions/subscription.ts';

export const metadata: Metadata = { title: 'Unsubscribe', robots: { index: false }, referrer: 'same-origin' };

type Props = { params: Promise<{ token: string }> };

export default async function UnsubscribePage({ params }: Props) {
  const { token } = await params;
  const found = await getUnsubscription(token);
  if (found === null) {
    return (
      <Missing>
        <Notice kicker="404" title="This link is not valid">
          <p>Your mail program may have cut it short: copy all of it.</p>
        </Notice>
      </Missing>
    );
  }
  const { subscription, managePath } = found;
  if (subscription === null || subscription.state === 'unsubscribed') {
    return (
      <Notice kicker="Done" title="You are unsubscribed">
        <p>
          We will not send this digest again{subscription !== null && `: ${describeTopics(subscription)}`}.{' '}
          {managePath !== null && <a href={managePath}>Your other subscriptions and your data</a>}
        </p>
        <p>
          If that was a mistake, <a href="/subscribe">subscribe again</a>. You will not get the same papers
          twice.
        </p>
      </Notice>
    );
  }
  return (
    <Notice title="Unsubscribe?">
      <p>{describeTopics(subscription)}</p>
      <form action={`/api/unsubscribe/${encodeURIComponent(token)}`} method="post" data-hides-invitation>
        <input type="hidden" name="from" value="page" />
        <p className="buttons mt-6">
          <button type="submit" className="main-button">
            Unsubscribe
          </button>
          {managePath !== null && <a href={managePath}>Change or pause it instead</a>}
        </p>
      </form>
    </Notice>
  );
}
