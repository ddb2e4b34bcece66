/**
 * From an entry of the daily list to a paper's record, its place in the list, and the figures shown with it.
 * Hugging Face names no categories, versions or licences; those stay empty for arXiv to fill in.
 */

import { z } from 'zod';
import { extractLinks } from '#lib/papers/abstract-links.ts';
import { parseArxivId, restoreArxivId } from '#lib/papers/arxiv-id.ts';
import type { Listing, Observation, PaperLink, PaperRecord, SignalKind } from '#lib/papers/paper.ts';
import { toStorableText } from '#lib/text/storable-text.ts';

export type DailyRecord = {
  readonly record: PaperRecord;
  readonly listing: Listing;
  readonly observations: readonly Observation[];
};

/** arXiv's own limits are below a tenth of these; longer is not a title or an abstract. */
const TITLE_CHARS_MAX = 4_000;
const ABSTRACT_CHARS_MAX = 50_000;
const NAME_CHARS_MAX = 500;
const AUTHORS_MAX = 10_000;
const KEYWORDS_MAX = 100;
/** Twenty times the most starred repository; more is a fault of the source. */
const FIGURE_MAX = 10_000_000;
/** Years in which a paper on arXiv can have been submitted. */
const YEAR_MIN = 1986;
const YEAR_MAX = 2200;

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** The record, or why there can be none. */
export function toDailyRecord(
  entry: DailyEntry,
  listed: { day: string; position: number; observedAt: Date },
): DailyRecord | string {
  const { paper } = entry;
  const id = paper.id?.trim() ?? '';
  const identifier = parseArxivId(id)?.id;
  const title = firstWritten(paper.title, entry.title);
  const abstract = firstWritten(paper.summary, entry.summary);
  if (id === '') return 'no arXiv identifier';
  if (identifier === undefined) return `${JSON.stringify(id.slice(0, 40))} is no arXiv identifier`;
  if (title === null || title.length > TITLE_CHARS_MAX) return title === null ? 'no title' : 'title too long';
  if (abstract === null || abstract.length > ABSTRACT_CHARS_MAX)
    return abstract === null ? 'no abstract' : 'abstract too long';
  return {
    record: {
      registry: 'arxiv',
      identifier,
      title,
      abstract,
      authors: toAuthors(paper.authors),
      categories: [],
      primaryCategory: null,
      submittedAt: parseInstant(paper.publishedAt),
      updatedAt: null,
      comment: null,
      journalReference: null,
      doi: null,
      license: null,
      isWithdrawn: null,
      keywords: [...new Set(paper.ai_keywords.flatMap(toName))].slice(0, KEYWORDS_MAX),
      versions: [],
      links: withNamedLinks(toLinks({ repository: paper.githubRepo, project: paper.projectPage }), abstract),
    },
    listing: {
      listedOn: listed.day,
      list: 'huggingface',
      kind: 'new',
      position: listed.position,
      submittedBy: toSubmitter(entry),
    },
    observations: toObservations(entry, listed.observedAt),
  };
}

/** With the addresses that the abstract names, where people have not given the same one. */
function withNamedLinks(given: readonly PaperLink[], abstract: string): PaperLink[] {
  const known = new Set(given.map(({ url }) => url.toLowerCase()));
  return [...given, ...extractLinks(abstract, null).filter(({ url }) => !known.has(url.toLowerCase()))];
}

/** ISO 8601; without a zone it is UTC, which is what Hugging Face sends. */
export function parseInstant(text: string | null): Date | null {
  const [, day, time = '00:00', zone = 'Z'] = INSTANT.exec(text?.trim() ?? '') ?? [];
  if (day === undefined) return null;
  const instant = new Date(`${day}T${time}${zone.toUpperCase()}`);
  const year = instant.getUTCFullYear();
  return year >= YEAR_MIN && year <= YEAR_MAX ? instant : null;
}

/** As received, line breaks and all; only white space is no text. */
function firstWritten(...texts: readonly (string | null)[]): string | null {
  return texts.find((text) => text !== null && text.trim() !== '') ?? null;
}

/** Names in the order of the paper, without those that Hugging Face was asked to hide. */
function toAuthors(authors: DailyEntry['paper']['authors']): string[] {
  return authors
    .filter((author) => author !== null && !author.hidden)
    .flatMap((author) => toName(firstWritten(author?.name ?? null, author?.user?.fullname ?? null)))
    .slice(0, AUTHORS_MAX);
}

function toSubmitter({ submittedBy, paper }: DailyEntry): string | null {
  const user = submittedBy ?? paper.submittedOnDailyBy;
  const [name] = toName(user === null ? null : firstWritten(user.fullname, user.name, user.user));
  return name ?? null;
}

function toName(text: string | null): string[] {
  // Cutting can split a surrogate pair.
  const name = toStorableText(text?.replace(/\s+/g, ' ').trim().slice(0, NAME_CHARS_MAX) ?? '').trim();
  return name === '' ? [] : [name];
}

function toObservations({ paper, numComments }: DailyEntry, observedAt: Date): Observation[] {
  const figures: [SignalKind, number | null][] = [
    ['upvotes', paper.upvotes],
    ['comments', numComments ?? paper.numComments],
    ['stars', paper.githubStars],
  ];
  return figures.flatMap(([kind, value]) =>
    value !== null && Number.isInteger(value) && value >= 0 && value <= FIGURE_MAX
      ? [{ kind, value, observedAt }]
      : [],
  );
}

const Text = z.string().transform(toStorableText).nullable().catch(null);
/** Figures come as numbers; in archives that went through a spreadsheet, as digits. */
const Figure = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .nullable()
  .catch(null);
/** A number where a spreadsheet took the identifier for one: 2412.1 was 2412.10000. */
const Identifier = z
  .union([
    z.string().transform(toStorableText),
    z.number().transform((id) => restoreArxivId(String(id))?.id ?? String(id)),
  ])
  .nullable()
  .catch(null);

const User = z.object({ fullname: Text, name: Text, user: Text }).nullable().catch(null);
const Author = z
  .union([
    z.string().transform((name) => ({ name: toStorableText(name), hidden: false, user: null })),
    z.object({ name: Text, hidden: z.boolean().catch(false), user: User }),
  ])
  .nullable()
  .catch(null);

const DailyPaper = z.object({
  id: Identifier,
  title: Text,
  summary: Text,
  authors: z.array(Author).catch([]),
  publishedAt: Text,
  upvotes: Figure,
  numComments: Figure,
  ai_keywords: z.array(Text).catch([]),
  githubRepo: Text,
  githubStars: Figure,
  projectPage: Text,
  submittedOnDailyBy: User,
});

const DailyEntry = z.object({
  paper: DailyPaper,
  title: Text,
  summary: Text,
  numComments: Figure,
  submittedBy: User,
});
export type DailyEntry = z.infer<typeof DailyEntry>;

/** Null when there is no paper in it. An entry without a `paper` member may be the paper itself. */
export function parseDailyEntry(value: Readonly<Record<string, unknown>>): DailyEntry | null {
  const entry = value.paper === undefined ? { ...value, paper: value } : value;
  return DailyEntry.safeParse(entry).data ?? null;
}

/** The links people give on a paper's page: a repository and a project page, typed in by hand. */

const URL_CHARS_MAX = 2_000;

const OWNER = /^[a-z\d](?:[a-z\d-]{0,38})$/i;
const NAME = /^[\w.-]{1,100}$/;
/** First segments of GitHub's own pages. */
const NOT_OWNERS =
  /^(?:about|apps|collections|enterprise|features|marketplace|orgs|search|settings|sponsors|stars|topics|trending|users)$/i;

/** Each address once. What is given as a repository but names none (an organisation, another host) is a project page. */
export function toLinks(given: { repository: string | null; project: string | null }): PaperLink[] {
  const links = [given.repository, given.project].flatMap((text): PaperLink[] => {
    const url = parseWebUrl(text);
    if (url === null) return [];
    const repository = toRepositoryUrl(url);
    if (repository === null) return [{ kind: 'project', url: url.href, origin: 'huggingface' }];
    return [{ kind: 'repository', url: repository, origin: 'huggingface' }];
  });
  return links.filter((link, index) => links.findIndex((other) => other.url === link.url) === index);
}

/** `https://github.com/owner/name`, whatever page of the repository the address names; null for any other address. */
function toRepositoryUrl(url: URL): string | null {
  if (!/^(?:www\.)?github\.com$/.test(url.hostname)) return null;
  const [owner = '', name = ''] = url.pathname.split('/').filter((segment) => segment !== '');
  const bareName = name.replace(/\.git$/i, '');
  if (!OWNER.test(owner) || !NAME.test(bareName) || /^\.+$/.test(bareName)) return null;
  return NOT_OWNERS.test(owner) ? null : `https://github.com/${owner}/${bareName}`;
}

/** An absolute http(s) address; people leave out the scheme, and paste line breaks, which URL.parse drops. */
function parseWebUrl(text: string | null): URL | null {
  const typed = text?.trim() ?? '';
  if (typed === '' || typed.length > URL_CHARS_MAX) return null;
  const ssh = /^(?:ssh:\/\/)?git@github\.com[:/](.+)$/.exec(typed);
  const address = ssh
    ? `https://github.com/${ssh[1]}`
    : /^(?:www\.)?github\.com\//i.test(typed)
      ? `https://${typed}`
      : typed;
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const isPublic = url.username === '' && url.password === '';
  // Once more: escaping may have made it up to nine times as long, and the database indexes it.
  return isPublic && url.href.length <= URL_CHARS_MAX ? url : null;
}
