import type { Metadata } from 'next';
import { Notice } from '#components/edition/notice.tsx';

export const metadata: Metadata = { title: 'No network', robots: { index: false } };
/** Kept by the service worker (public/sw.js), which shows it in place of a page that it has no copy of. */
export default function OfflinePage() {
  return (
    <>
      <Notice kicker="Offline" title="There is no network here">
        <p>This page has not been read before, so there is no copy of it. What you read last is here:</p>
        <ul id="kept-pages" className="*:py-1" />
        <p>
          <a href="/">Try the newest edition again</a>
        </p>
      </Notice>
      <script type="module" src="/reader/offline.js" />
    </>
  );
}
