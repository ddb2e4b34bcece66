/** RSS 2.0 and Atom as one kind of feed, for what arXiv announces in both. */
import { toExcerpt } from '#lib/text/excerpt.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../xml.ts';
import { ATOM, readAtomAuthors, readAtomCategories } from './atom.ts';
import { splitAuthors } from './authors.ts';
import { parseRfc2822, parseRfc3339 } from './dates.ts';
import { toEasternDay } from './eastern-time.ts';

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
