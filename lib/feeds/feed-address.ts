/**
 * Where feeds are: the address of the list they follow, behind `/feeds`, with the ending of the format.
 *
 *     /feeds/daily.rss                 every day's papers, the newest days first
 *     /feeds/issues.atom               the archive of the trending edition, an entry a day
 *     /feeds/list/cs.CL.atom           the newest of a category, an archive or a group
 *     /feeds/author/Ada%20Lovelace.json
 *     /feeds/trending/week.rss
 *     /feeds/date/2025-03-12.rss       of a list that is closed; the same for weeks and months
 */
import {
  type PaperList,
  paperListPath,
  parsePaperListPath,
  parseTrendingWindow,
} from '#lib/papers/paper-list.ts';
import { FEED_FORMATS, type FeedFormat } from './feed-format.ts';

/**
 * The stream of days has no list of its own: it is the newest of them, whichever that is. Issues are no papers at all:
 * each holds the papers of a day.
 */
export type FeedSource = 'daily' | 'issues' | PaperList;

/** Without the ending. */
export function feedPathOf(source: FeedSource): string {
  if (typeof source === 'string') return `/feeds/${source}`;
  return `/feeds${source.kind === 'trending' ? `/trending/${source.window}` : paperListPath(source)}`;
}

/** Where people read the same. */
export function pagePathOf(source: FeedSource): string {
  if (typeof source === 'string') return source === 'daily' ? '/' : '/issues';
  return paperListPath(source);
}

/** `segments` behind `/feeds/`, percent-encoded as Next gives them; null for what is no feed. */
export function parseFeedAddress(
  segments: readonly string[],
): { readonly source: FeedSource; readonly format: FeedFormat } | null {
  const last = segments.at(-1) ?? '';
  const format = FEED_FORMATS.find((ending) => last.endsWith(`.${ending}`));
  if (format === undefined) return null;
  const source = parseSource([...segments.slice(0, -1), last.slice(0, -format.length - 1)]);
  return source === null ? null : { source, format };
}

function parseSource(segments: readonly string[]): FeedSource | null {
  const [kind, name] = segments;
  if (segments.length === 1) return kind === 'daily' || kind === 'issues' ? kind : null;
  if (kind !== 'trending') return parsePaperListPath(segments);
  const window = parseTrendingWindow(name ?? '');
  return window === null || segments.length > 2 ? null : { kind: 'trending', window };
}
