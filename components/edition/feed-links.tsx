import { type FeedSource, feedPathOf } from '#lib/feeds/feed-address.ts';
import { FEED_FORMATS, type FeedFormat } from '#lib/feeds/feed-format.ts';
import { subjectCode } from '#lib/papers/category.ts';
import { EmailMeThis } from '../subscribe/email-me-this.tsx';
import { listTitle } from './list-title.ts';

export const FEED_NAME: Readonly<Record<FeedFormat, string>> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
};

const OWN_TITLE = { daily: 'The papers of every day', issues: 'The trending edition of every day' } as const;

export function feedTitle(source: FeedSource): string {
  return typeof source === 'string' ? OWN_TITLE[source] : listTitle(source);
}

export const FEED_LINKS = 'text-note text-faded print:hidden [&_a]:inline-block [&_a]:py-1';

type Props = { source: FeedSource; withMail?: boolean; isBrief?: boolean; className?: string };

/** The same list in the formats of feed readers, and by mail where the page is the list's own. */
export function FeedLinks({ source, withMail = false, isBrief = false, className = '' }: Props) {
  const path = feedPathOf(source);
  return (
    <p className={`${FEED_LINKS} ${className}`}>
      {!isBrief && 'Follow '}
      {FEED_FORMATS.map((format, at) => (
        <span key={format}>
          {at > 0 && <span aria-hidden="true"> · </span>}
          <a href={`${path}.${format}`} aria-label={`${FEED_NAME[format]} of ${feedTitle(source)}`}>
            {FEED_NAME[format]}
          </a>
        </span>
      ))}
      {withMail && (
        <>
          <span aria-hidden="true"> · </span>
          <EmailMeThis {...topicOf(source)} />
        </>
      )}
    </p>
  );
}

/** What a digest is asked for on the page of a list: of days and what is trending, that which is trending. */
function topicOf(source: FeedSource): { q?: string; category?: string } {
  if (typeof source === 'string') return {};
  if (source.kind === 'author') return { q: `au:"${source.name.replaceAll('"', '')}"` };
  if (source.kind !== 'subject' || source.subject.scope === 'group') return {};
  const code = subjectCode(source.subject);
  return source.subject.scope === 'category' ? { category: code } : { q: `cat:${code}` };
}
