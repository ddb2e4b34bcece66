import { FEED_LINKS, FEED_NAME } from '#components/edition/feed-links.tsx';
import { EmailMeThis } from '#components/subscribe/email-me-this.tsx';
import { FEED_FORMATS, feedPath } from '#lib/feeds/feed-format.ts';
import { toQueryString } from '#lib/search/search-address.ts';

/** The same query as a feed, as a digest by e-mail and as JSON. */
export function Uses({ text }: { text: string }) {
  const query = new URLSearchParams({ q: text }).toString();
  return (
    <p className={FEED_LINKS}>
      Follow{' '}
      {FEED_FORMATS.map((format, at) => (
        <span key={format}>
          {at > 0 && <span aria-hidden="true"> · </span>}
          <a href={feedPath({ feedPath: '/feeds/search', query }, format)}>{FEED_NAME[format]}</a>
        </span>
      ))}
      <span aria-hidden="true"> · </span>
      <EmailMeThis q={text} />
      <span aria-hidden="true"> · </span>
      <a href={`/api/v1/search${toQueryString({ q: text })}`}>JSON</a>
    </p>
  );
}
