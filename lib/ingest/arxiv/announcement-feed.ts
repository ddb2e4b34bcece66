/**
 * The daily announcements at rss.arxiv.org, as RSS 2.0 and as Atom (https://info.arxiv.org/help/rss_specifications.html,
 * atom_specifications.html; the code that makes them is github.com/arXiv/arxiv-feed).
 *
 * A feed is made at midnight US Eastern for the day that begins then, and holds what was announced at 20:00 the evening
 * before; so its date is the listing's date (calendar.ts). On days without an announcement it is there but empty.
 */
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import type { AnnouncementKind, PaperRecord } from '#lib/papers/paper.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import {
  childOf,
  childrenOf,
  childText,
  parseXml,
  textOf,
  type XmlElement,
  type XmlLimits,
  type XmlRejection,
} from '../xml.ts';
import { ARXIV_ATOM, ATOM, readAtomAuthors, readAtomCategories } from './atom.ts';
import { splitAuthors } from './authors.ts';
import { toEasternDay } from './calendar.ts';
import { parseRfc2822, parseRfc3339 } from './dates.ts';
import { type RejectedItem, toRecord } from './record.ts';
import { parseRetryNotice, type RetryNotice } from './retry-notice.ts';

export type AnnouncedPaper = {
  readonly paper: PaperRecord;
  readonly kind: AnnouncementKind;
  /** The newest version, which is the announced one. */
  readonly version: number | null;
  /** The date of the listing, `YYYY-MM-DD`. */
  readonly announcedOn: string;
  /** 0-based place in the feed: new papers first, then cross-lists, then replacements. */
  readonly position: number;
};

export type AnnouncementFeed = {
  readonly kind: 'feed';
  /** Null where the feed as a whole carries no date. */
  readonly announcedOn: string | null;
  /** What the feed was asked for, as in its own address: `cs.LG`, or the archive `cs`. */
  readonly categories: readonly string[];
  readonly papers: readonly AnnouncedPaper[];
  readonly rejected: readonly RejectedItem[];
  /** Weekdays without announcement, in English. */
  readonly skipDays: readonly string[];
  /** True when the feed is as long as arXiv makes them, so that replacements may be missing at its end. */
  readonly isCut: boolean;
  /** arXiv's words, where it answers a request it could not understand with a feed. */
  readonly error: string | null;
};

/** Entries per feed, whatever the number of categories. Replacements from the sixth version on are in no feed. */
export const FEED_ENTRIES_MAX = 2_000;

/**
 * What a type means for the categories asked for. `cross` is a paper new to one of them whose primary category is
 * another; `replace-cross` a new version of such a paper, so a replacement like any other: where it stands is told by
 * its categories.
 */
const KIND_OF_TYPE: ReadonlyMap<string, AnnouncementKind> = new Map([
  ['new', 'new'],
  ['cross', 'cross-list'],
  ['replace', 'replacement'],
  ['replace-cross', 'replacement'],
]);

const ERROR_CHARS_MAX = 1_000;

/** Never throws. @param body one whole feed; a cut one is rejected. */
export function parseAnnouncementFeed(
  body: string | Uint8Array,
  limits?: XmlLimits,
): AnnouncementFeed | RetryNotice | XmlRejection {
  const notice = parseRetryNotice(body);
  if (notice !== null) return notice;
  const parsed = parseXml(body, limits);
  if (parsed.kind === 'rejected') return parsed;
  const feed = readFeed(parsed.root);
  if (feed === null) {
    return { kind: 'rejected', reason: `<${toExcerpt(parsed.root.name)}> is no feed`, line: 1, column: 1 };
  }
  return {
    kind: 'feed',
    announcedOn: feed.announcedOn,
    categories: categoriesOfAddress(feed.address),
    ...readEntries(feed),
    skipDays: feed.skipDays,
    isCut: feed.entries.length >= FEED_ENTRIES_MAX,
    error: /^Feed error for query/i.test(feed.title) ? toExcerpt(feed.description, ERROR_CHARS_MAX) : null,
  };
}

function readEntries(feed: Feed): Pick<AnnouncementFeed, 'papers' | 'rejected'> {
  const papers: AnnouncedPaper[] = [];
  const rejected: RejectedItem[] = [];
  for (const [position, entry] of feed.entries.entries()) {
    const announced = readAnnounced(entry, feed.announcedOn, position);
    if (typeof announced !== 'string') papers.push(announced);
    else {
      const identifier = toExcerpt(entry.id || entry.link) || null;
      rejected.push({ position, identifier, reason: announced });
    }
  }
  return { papers, rejected };
}

/** `arXiv:2203.01250v3 Announce Type: replace-cross \nAbstract: …`. */
const DESCRIPTION = /^\s*arXiv:(\S{1,60})\s+Announce Type:\s*([a-z-]{1,30})\s+(?:Abstract:\s*)?/i;
const OAI_PREFIX = /^oai:arxiv\.org:/i;
const ABS_PAGE = /^https?:\/\/(?:www\.|export\.)?arxiv\.org\/abs\//;

/** The paper, or why it is none. */
function readAnnounced(entry: Entry, feedDay: string | null, position: number): AnnouncedPaper | string {
  const [head = '', stamp = '', typeInWords = ''] = DESCRIPTION.exec(entry.description) ?? [];
  const named = [entry.id.replace(OAI_PREFIX, ''), entry.link.replace(ABS_PAGE, ''), stamp];
  const arxivIds = named.flatMap((text) => parseArxivId(text) ?? []);
  const [arxivId] = arxivIds;
  if (arxivId === undefined) return 'no identifier of arXiv';
  if (arxivIds.some(({ id }) => id !== arxivId.id)) return 'its identifiers differ from each other';
  const type = childText(entry.element, ARXIV_ATOM, 'announce_type')?.trim() ?? typeInWords;
  const kind = KIND_OF_TYPE.get(type.toLowerCase());
  if (kind === undefined) return `announce type ${toExcerpt(type) || 'missing'}`;
  const announcedOn = entry.publishedAt === null ? feedDay : toEasternDay(entry.publishedAt);
  if (announcedOn === null) return 'no date, in the feed neither';
  const outcome = toRecord({
    identifier: arxivId.id,
    title: entry.title,
    abstract: entry.description.slice(head.length),
    authors: entry.authors,
    categories: entry.categories,
    license: childText(entry.element, DC, 'rights'),
    doi: childText(entry.element, ARXIV_ATOM, 'DOI'),
    journalReference: childText(entry.element, ARXIV_ATOM, 'journal_reference'),
  });
  if (outcome.kind === 'rejected') return outcome.reason;
  return { paper: outcome.record, kind, version: arxivId.version, announcedOn, position };
}

/** `http://rss.arxiv.org/atom/cs.LG+q-bio.NC` → cs.LG, q-bio.NC. */
function categoriesOfAddress(address: string): string[] {
  const [, joined = ''] = /\/(?:rss|atom)\/([\w.+%-]{1,500})$/.exec(address) ?? [];
  return joined.split(/\+|%2B|%20/i).filter((text) => text !== '');
}

export const DC = 'http://purl.org/dc/elements/1.1/';
const NO_NAMESPACE = '';
const SKIP_DAYS_MAX = 7;
const DAY_CHARS_MAX = 20;

export type Feed = {
  readonly title: string;
  readonly description: string;
  readonly address: string;
  readonly announcedOn: string | null;
  readonly skipDays: readonly string[];
  readonly entries: readonly Entry[];
};

/** One entry in the words of this file, whichever format it came in. */
export type Entry = {
  readonly element: XmlElement;
  readonly id: string;
  readonly link: string;
  readonly title: string | null;
  readonly description: string;
  readonly categories: readonly string[];
  readonly publishedAt: Date | null;
  readonly authors: readonly string[];
};

/** Null when the document is neither. */
export function readFeed(root: XmlElement): Feed | null {
  return readRss(root) ?? readAtom(root);
}

function readRss(root: XmlElement): Feed | null {
  const channel = root.name === 'rss' ? childOf(root, NO_NAMESPACE, 'channel') : null;
  if (channel === null) return null;
  const text = (name: string) => childText(channel, NO_NAMESPACE, name)?.trim() ?? '';
  const publishedAt = parseRfc2822(text('pubDate')) ?? parseRfc2822(text('lastBuildDate'));
  const skipDays = childOf(channel, NO_NAMESPACE, 'skipDays');
  return {
    title: text('title'),
    description: text('description'),
    address: text('link'),
    announcedOn: publishedAt === null ? null : toEasternDay(publishedAt),
    skipDays:
      skipDays === null
        ? []
        : childrenOf(skipDays, NO_NAMESPACE, 'day')
            .slice(0, SKIP_DAYS_MAX)
            .map((day) => toExcerpt(textOf(day), DAY_CHARS_MAX)),
    entries: childrenOf(channel, NO_NAMESPACE, 'item').map(readRssItem),
  };
}

function readRssItem(element: XmlElement): Entry {
  const text = (name: string) => childText(element, NO_NAMESPACE, name);
  return {
    element,
    id: text('guid')?.trim() ?? '',
    link: text('link')?.trim() ?? '',
    title: text('title'),
    description: text('description') ?? '',
    categories: childrenOf(element, NO_NAMESPACE, 'category').map((category) => textOf(category).trim()),
    publishedAt: parseRfc2822(text('pubDate') ?? ''),
    authors: readCreators(element),
  };
}

function readAtom(root: XmlElement): Feed | null {
  if (root.namespace !== ATOM || root.name !== 'feed') return null;
  const text = (name: string) => childText(root, ATOM, name)?.trim() ?? '';
  const updatedAt = parseRfc3339(text('updated'));
  return {
    title: text('title'),
    description: text('subtitle'),
    address: text('id'),
    announcedOn: updatedAt === null ? null : toEasternDay(updatedAt),
    skipDays: [],
    entries: childrenOf(root, ATOM, 'entry').map(readAtomEntry),
  };
}

function readAtomEntry(element: XmlElement): Entry {
  const text = (name: string) => childText(element, ATOM, name);
  const creators = readCreators(element);
  return {
    element,
    id: text('id')?.trim() ?? '',
    link: childOf(element, ATOM, 'link')?.attributes.get('href') ?? '',
    title: text('title'),
    description: text('summary') ?? '',
    categories: readAtomCategories(element),
    publishedAt: parseRfc3339(text('published') ?? ''),
    authors: creators.length > 0 ? creators : readAtomAuthors(element),
  };
}

/** One element with the whole author line. */
function readCreators(element: XmlElement): string[] {
  return splitAuthors(childrenOf(element, DC, 'creator').map(textOf).join(', '));
}
