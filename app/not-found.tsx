import type { Metadata } from 'next';
import { Notice } from '#components/edition/notice.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFoundPage() {
  return (
    <Notice kicker="404" title="We have no such page">
      <p>
        Nothing stands at this address. A paper is found by its identifier, as in{' '}
        <code>/papers/1706.03762</code>, and an edition by its day, as in <code>/date/2025-12-31</code>.
      </p>
      <p>
        <a href="/">The newest edition</a> is here.
      </p>
    </Notice>
  );
}
