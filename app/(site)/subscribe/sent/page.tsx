import type { Metadata } from 'next';
import { Notice } from '#components/edition/notice.tsx';

export const metadata: Metadata = { title: 'Look into your mailbox', robots: { index: false } };

export default function SentPage() {
  return (
    <Notice kicker="One more step" title="Look into your mailbox">
      <p>
        If the address is right, a letter is on its way to it. Its link opens a page with a button; the
        subscription begins when you press that.
      </p>
      <p>
        Nothing there after a few minutes? It may lie among the unwanted mail, or the address had a typing
        error: <a href="/subscribe">ask again</a>.
      </p>
    </Notice>
  );
}
