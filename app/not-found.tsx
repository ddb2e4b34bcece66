import type { Metadata } from 'next';
import { NothingHere } from '#app/_components/missing.tsx';
import { PageFrame } from '#components/edition/page-frame.tsx';

export const metadata: Metadata = { title: 'Not found' };

/** For addresses of no page. */
export default function NotFoundPage() {
  return (
    <PageFrame>
      <NothingHere />
    </PageFrame>
  );
}
