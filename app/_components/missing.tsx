import type { ReactNode } from 'react';
import { Notice } from '#components/edition/notice.tsx';

/**
 * A page with another status than 200. Next has no way to set one on a page that has content: `notFound()` answers with an
 * empty document that only script can fill. So the page says it as pages say it to proxies that render for crawlers, and
 * server/ sends it as the status. Without server/ it is a page that is not to be indexed.
 */
export function StatusOf({ status }: { status: 404 | 500 }) {
  return (
    <>
      <meta name="prerender-status-code" content={String(status)} />
      <meta name="robots" content="noindex" />
    </>
  );
}

/** Answers 404 with `children` as the page. */
export function Missing({ children = <NothingHere /> }: { children?: ReactNode }) {
  return (
    <>
      <StatusOf status={404} />
      {children}
    </>
  );
}

export function NothingHere() {
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
