/**
 * One issue of the paper, as a mail.
 *
 * The size is promised: Gmail cuts a message beyond about 102 KB. Abstracts give way, all alike, until the message fits
 * as it travels (mime.ts of the mail module says non-ASCII characters of HTML as references, and those of text in
 * quoted-printable). What a paper looks like is computed once for each length and kept with the paper, since many
 * issues of a day hold the same ones.
 */
import { shortenAtSentence, shortenAtWord } from './abstract.ts';
import { type Html, html, isWebUrl, plainText, prose } from './html.ts';
import { renderFolio, renderLink, renderSheet, STYLE } from './layout.ts';
import { COLUMNS, HEAVY_RULE, LIGHT_RULE, wrap } from './plain.ts';

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

export type DigestInput = {
  /** Name of the paper: `Paperboy`. */
  readonly masthead: string;
  /** What this subscription is: `Trending`, `Computation and Language`. */
  readonly edition: string;
  /** `Tuesday, 24 November 2026`. */
  readonly dateLong: string;
  /** `24 Nov`. */
  readonly dateShort: string;
  /** In the order to show. */
  readonly papers: readonly DigestPaper[];
  /** How many there were to choose from; at least as many as shown. */
  readonly matchingCount: number;
  /** A word from the paper, above the first story: a holiday, a late upstream, nothing new. */
  readonly notice: string | null;
  /** Why the reader gets this: `You asked for trending papers every weekday at 07:00 (Europe/Berlin).` */
  readonly terms: string;
  readonly siteUrl: string;
  /** This issue on the web, for ever. */
  readonly webCopyUrl: string;
  readonly manageUrl: string;
  readonly unsubscribeUrl: string;
};

export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string };

/** Of the whole message as it travels. */
const MESSAGE_BYTES_MAX = 101_000;

/** Head, frame, signatures and addresses of an issue, without the words of its input. */
const FRAME_BYTES_ROUGH = 16_000;

/** Head, signatures and boundaries. */
const HEAD_BYTES = 5_000;

/** How much of a paper there is room for: characters, and a number of links. */
type Room = {
  readonly abstract: number;
  readonly title: number;
  readonly byline: number;
  readonly reason: number;
  readonly links: number;
};

const WHOLE: Room = { abstract: 960, title: 220, byline: 170, reason: 140, links: 3 };

/**
 * Tried in this order; the first paper has the next wider one. Abstracts go first. The last two are for 50 papers in
 * scripts or symbols that take eight octets a character.
 */
const ROOMS: readonly Room[] = [
  ...[640, 520, 420, 320, 240, 170, 110, 60, 0].map((abstract) => ({ ...WHOLE, abstract })),
  { abstract: 0, title: 90, byline: 50, reason: 60, links: 1 },
  { abstract: 0, title: 32, byline: 18, reason: 0, links: 0 },
];

const CATEGORY_LENGTH_MAX = 50;
const LABEL_LENGTH_MAX = 20;
const LINK_LENGTH_MAX = 200;
const SUBJECT_TITLE_LENGTH_MAX = 70;
const AUTHORS_MAX = 5;

export function renderDigest(input: DigestInput): RenderedMail {
  const widest = storiesIn(WHOLE, ROOMS[0] ?? WHOLE, input.papers);
  // Most issues are nowhere near the limit, and need not be measured exactly.
  if (bytesOf(widest) + FRAME_BYTES_ROUGH + 24 * wordsOf(input) <= MESSAGE_BYTES_MAX) {
    return { subject: subjectOf(input), ...renderFrame(input, widest) };
  }
  const room = MESSAGE_BYTES_MAX - HEAD_BYTES - sizeOf(renderFrame(input, []));
  let lead: Room = WHOLE;
  let stories = widest;
  for (const rest of ROOMS) {
    stories = storiesIn(lead, rest, input.papers);
    if (bytesOf(stories) <= room) break;
    lead = rest;
  }
  return { subject: subjectOf(input), ...renderFrame(input, stories) };
}

function storiesIn(lead: Room, rest: Room, papers: readonly DigestPaper[]): Story[] {
  return papers.map((paper, place) => storyOf(paper, place === 0 ? lead : rest));
}

function bytesOf(stories: readonly Story[]): number {
  return stories.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Characters of what the frame repeats of its input, each up to eight octets and up to three times. */
function wordsOf({ edition, notice, terms, masthead, papers }: DigestInput): number {
  const titles = papers.slice(0, 4).reduce((sum, { title }) => sum + Math.min(title.length, 90), 0);
  return edition.length + (notice?.length ?? 0) + terms.length + masthead.length + titles;
}

function sizeOf(frame: { html: string; text: string }): number {
  return wireBytesOfHtml(frame.html) + wireBytesOfText(frame.text);
}

function subjectOf({ edition, dateShort, papers }: DigestInput): string {
  const [first] = papers;
  const head = `${edition}, ${dateShort}: `;
  if (first === undefined) return `${head}no new papers`;
  const title = shortenAtWord(first.title, SUBJECT_TITLE_LENGTH_MAX);
  return papers.length === 1 ? `${head}${title}` : `${head}${title} and ${papers.length - 1} more`;
}

type Story = { readonly lead: Html; readonly story: Html; readonly text: string; readonly bytes: number };

const kept = new WeakMap<DigestPaper, Map<Room, Story>>();

function storyOf(paper: DigestPaper, room: Room): Story {
  const byRoom = kept.get(paper) ?? new Map<Room, Story>();
  kept.set(paper, byRoom);
  const found = byRoom.get(room) ?? renderStory(paper, room);
  byRoom.set(room, found);
  return found;
}

function renderStory(paper: DigestPaper, room: Room): Story {
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
${abstract === '' ? null : html`<p class="i" style="${STYLE.body}">${prose(abstract)}</p>\n`}<p class="f" style="${STYLE.small}">${joinLinks([{ label: 'Read on', url }, ...links])}</p>
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
    wrap(plainText(title), '   '),
    wrap(plainText([byline, category].filter((part) => part !== null && part !== '').join(' · ')), '   '),
    ...(reason === null ? [] : [wrap(plainText(`Why: ${reason}`), '   ')]),
  ].filter((part) => part !== '');
  const addresses = [`   ${url}`, ...links.map((link) => `   ${plainText(link.label)}: ${link.url}`)];
  return [
    paragraphs.join('\n'),
    ...(abstract === '' ? [] : [wrap(plainText(abstract), '   ')]),
    addresses.join('\n'),
  ].join('\n\n');
}

function renderFrame(input: DigestInput, stories: readonly Story[]): { html: string; text: string } {
  return { html: renderHtml(input, stories), text: renderText(input, stories) };
}

function renderHtml(input: DigestInput, stories: readonly Story[]): string {
  const { masthead, edition, papers, siteUrl, webCopyUrl, manageUrl, unsubscribeUrl } = input;
  return renderSheet({
    masthead,
    siteUrl,
    title: subjectOf(input),
    preheader:
      papers.length > 1
        ? papers
            .slice(1, 4)
            .map((paper) => shortenAtWord(paper.title, 60))
            .join(' · ')
        : (input.notice ?? input.terms),
    motto: edition,
    folio: renderFolio(
      input.dateLong,
      html`${formatCounts(input)} &middot; ${renderLink(webCopyUrl, 'On the web', 'faded')}`,
    ),
    content: [
      ...(input.notice === null
        ? []
        : [
            html`<tr><td class="h" style="${STYLE.story}"><p class="i" style="${STYLE.body}">${prose(input.notice)}</p></td></tr>\n`,
          ]),
      ...stories.map(({ lead, story }, place) => (place === 0 ? lead : story)),
    ],
    foot: html`${prose(input.terms)}<br>
${renderLink(manageUrl, 'Change or pause', 'faded')} &middot; ${renderLink(unsubscribeUrl, 'Unsubscribe', 'faded')} &middot; ${renderLink(webCopyUrl, 'This issue on the web', 'faded')}`,
  });
}

function renderText(input: DigestInput, stories: readonly Story[]): string {
  const { masthead, edition, dateLong, notice, terms, manageUrl, unsubscribeUrl, webCopyUrl } = input;
  const head = [
    centre(plainText(masthead).toUpperCase()),
    centre(plainText(edition)),
    HEAVY_RULE,
    spread(dateLong, formatCounts(input)),
    HEAVY_RULE,
  ].join('\n');
  const blocks = stories.map(({ text }, place) => `${`${place + 1}.`.padEnd(3)}${text.slice(3)}`);
  const foot = [
    wrap(plainText(terms)),
    '',
    `Change or pause:  ${manageUrl}`,
    `Unsubscribe:      ${unsubscribeUrl}`,
    `On the web:       ${webCopyUrl}`,
  ].join('\n');
  return `${[
    head,
    ...(notice === null ? [] : [wrap(plainText(notice))]),
    blocks.join(`\n\n${LIGHT_RULE}\n\n`),
    `${HEAVY_RULE}\n${foot}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function formatCounts({ papers, matchingCount }: DigestInput): string {
  const shown = papers.length;
  if (shown === 0) return 'No new papers';
  return matchingCount > shown
    ? `${shown} of ${matchingCount} papers`
    : `${shown} paper${shown === 1 ? '' : 's'}`;
}

function formatAuthors(authors: readonly string[]): string {
  const left = authors.length - AUTHORS_MAX;
  // Naming one more takes no more room than counting it.
  const named = left > 1 ? authors.slice(0, AUTHORS_MAX) : authors;
  return left > 1 ? `${named.join(', ')} and ${left} more` : named.join(', ');
}

function centre(text: string): string {
  return `${' '.repeat(Math.max(0, Math.floor((COLUMNS - text.length) / 2)))}${text}`;
}

function spread(left: string, right: string): string {
  const gap = COLUMNS - left.length - right.length;
  return gap < 2 ? `${left}\n${right}` : `${left}${' '.repeat(gap)}${right}`;
}

/** The source is ASCII; line ends count twice. */
function wireBytesOfHtml(source: string): number {
  return source.length + (source.match(/\n/g)?.length ?? 0);
}

/** Octets in quoted-printable: three for each octet beyond ASCII, and a soft break in 75. */
function wireBytesOfText(text: string): number {
  let bytes = text.length;
  for (const character of text.match(/[^\x00-\x7f]|[\n=]/gu) ?? []) {
    if (character === '\n') bytes += 1;
    else if (character === '=') bytes += 2;
    else bytes += new TextEncoder().encode(character).length * 3 - character.length;
  }
  return Math.ceil(bytes * 1.03);
}
