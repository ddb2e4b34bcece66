/**
 * One paper of an issue, in the room there is for it. What it looks like is computed once for each room and kept with the
 * paper, since many issues of a day hold the same ones.
 */

import { type Html, html, isWebUrl, prose, toPlainText } from './html.ts';
import { renderLink, STYLE } from './layout.ts';
import { shortenAtSentence, shortenAtWord, wireBytesOfHtml, wireBytesOfText, wrap } from './text.ts';

/** Text everywhere is Unicode, without TeX or markup. */
export type DigestPaper = {
  readonly title: string;
  readonly authors: readonly string[];
  /** `Computation and Language`, `cs.CL`, a keyword; null where nothing is known. */
  readonly category: string | null;
  /** Why it is here: `+41 GitHub stars in 2 days`. */
  readonly reason: string | null;
  readonly abstract: string;
  /** Its page on this site. */
  readonly url: string;
  /** Elsewhere: `arXiv`, `PDF`, `Code`. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
};

/** How much of a paper there is room for: characters, and a number of links. */
export type Room = {
  readonly abstract: number;
  readonly title: number;
  readonly byline: number;
  readonly reason: number;
  readonly links: number;
};

const CATEGORY_LENGTH_MAX = 50;
const LABEL_LENGTH_MAX = 20;
const LINK_LENGTH_MAX = 200;
const AUTHORS_MAX = 5;

export type DigestStory = {
  readonly lead: Html;
  readonly story: Html;
  readonly text: string;
  readonly bytes: number;
};

const kept = new WeakMap<DigestPaper, Map<Room, DigestStory>>();

export function storyOf(paper: DigestPaper, room: Room): DigestStory {
  const byRoom = kept.get(paper) ?? new Map<Room, DigestStory>();
  kept.set(paper, byRoom);
  const found = byRoom.get(room) ?? renderStory(paper, room);
  byRoom.set(room, found);
  return found;
}

function renderStory(paper: DigestPaper, room: Room): DigestStory {
  const { category, reason } = paper;
  const parts = {
    ...paper,
    title: shortenAtWord(paper.title, room.title),
    byline: shortenAtWord(formatAuthors(paper.authors), room.byline),
    category: category === null ? null : shortenAtWord(category, CATEGORY_LENGTH_MAX),
    reason: reason === null || room.reason === 0 ? null : shortenAtWord(reason, room.reason),
    abstract: shortenAtSentence(paper.abstract, room.abstract),
    links: paper.links
      .filter(({ url }) => isWebUrl(url) && url.length <= LINK_LENGTH_MAX)
      .slice(0, room.links)
      .map(({ label, url }) => ({ label: shortenAtWord(label, LABEL_LENGTH_MAX), url })),
  };
  const story = renderStoryHtml(parts, false);
  const text = renderStoryText(parts);
  return {
    lead: renderStoryHtml(parts, true),
    story,
    text,
    bytes: wireBytesOfHtml(story.source) + wireBytesOfText(text) + STORY_RULE_BYTES,
  };
}

/** The rule between two papers of the text part. */
const STORY_RULE_BYTES = 80;

type Parts = DigestPaper & { readonly byline: string };

function renderStoryHtml(
  { title, url, category, byline, reason, abstract, links }: Parts,
  isLead: boolean,
): Html {
  const kicker = [
    ...(category === null ? [] : [prose(category)]),
    ...(reason === null ? [] : [html`&#8599;&nbsp;${prose(reason)}`]),
  ];
  return html`<tr><td class="h" style="${STYLE.story}">
${kicker.length === 0 ? null : html`<p class="a" style="${STYLE.kicker}">${join(kicker, html` &ensp; `)}</p>\n`}<h2 class="${isLead ? 'i ld' : 'i'}" style="${isLead ? STYLE.lead : STYLE.headline}">${renderLink(url, title, 'ink')}</h2>
<p class="f" style="${STYLE.byline}">${prose(byline)}</p>
${abstract === '' ? null : html`<p class="i" style="${STYLE.body}">${prose(abstract)}</p>\n`}<p class="f" style="${STYLE.small}">${joinLinks([{ label: 'Read more', url }, ...links])}</p>
</td></tr>
`;
}

function joinLinks(links: DigestPaper['links']): Html[] {
  const rendered = links.map(({ label, url }) => renderLink(url, label, 'faded'));
  return join(
    rendered,
    html` &middot;
`,
  );
}

function join(parts: readonly Html[], between: Html): Html[] {
  return parts.flatMap((part, place) => (place === 0 ? [part] : [between, part]));
}

function renderStoryText({ title, url, category, byline, reason, abstract, links }: Parts): string {
  const paragraphs = [
    wrap(toPlainText(title), '   '),
    wrap(toPlainText([byline, category].filter((part) => part !== null && part !== '').join(' · ')), '   '),
    ...(reason === null ? [] : [wrap(toPlainText(`Why: ${reason}`), '   ')]),
  ].filter((part) => part !== '');
  const addresses = [`   ${url}`, ...links.map((link) => `   ${toPlainText(link.label)}: ${link.url}`)];
  return [
    paragraphs.join('\n'),
    ...(abstract === '' ? [] : [wrap(toPlainText(abstract), '   ')]),
    addresses.join('\n'),
  ].join('\n\n');
}

function formatAuthors(authors: readonly string[]): string {
  const left = authors.length - AUTHORS_MAX;
  // Naming one more takes no more room than counting it.
  const named = left > 1 ? authors.slice(0, AUTHORS_MAX) : authors;
  return left > 1 ? `${named.join(', ')} and ${left} more` : named.join(', ');
}
