import type { Metadata } from 'next';
import { Notice } from '#components/edition/notice.tsx';

export const metadata: Metadata = { title: 'Check your inbox', robots: { index: false } };

export default function SentPage() {
  return (
    <Notice kicker="One more step" title="Check your inbox">
      <p>
        If the address is right, we have sent an e-mail to it. Open the link in it and press the button there
        to confirm.
      </p>
      <p>
        Nothing after a few minutes? It may be in your spam folder, or the address may have a typo:{' '}
        <a href="/subscribe">try again</a>.
      </p>
    </Notice>
  );
}
