/**
 * One issue of the paper, as a mail.
 *
 * Gmail clips a message of more than about 102 KB. All abstracts are shortened alike until the message fits
 * as it travels (mime.ts of the mail module says non-ASCII characters of HTML as references, and those of text in
 * quoted-printable).
 */

import { html, prose, toPlainText } from './html.ts';
import { renderFolio, renderLink, renderSheet, STYLE } from './layout.ts';
import { type DigestPaper, type DigestStory, type Room, storyOf } from './story.ts';
import {
  COLUMNS,
  HEAVY_RULE,
  LIGHT_RULE,
  shortenAtWord,
  wireBytesOfHtml,
  wireBytesOfText,
  wrap,
} from './text.ts';

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
  /** A sentence above the first paper: a holiday, a late announcement, nothing new. */
  readonly notice: string | null;
  /** Why the reader gets this: `You are subscribed to trending papers, Monday to Friday at 07:00 (Europe/Berlin).` */
  readonly terms: string;
  readonly siteUrl: string;
  /** This issue on the web; the link does not expire. */
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

const SUBJECT_TITLE_LENGTH_MAX = 70;

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

function storiesIn(lead: Room, rest: Room, papers: readonly DigestPaper[]): DigestStory[] {
  return papers.map((paper, place) => storyOf(paper, place === 0 ? lead : rest));
}

function bytesOf(stories: readonly DigestStory[]): number {
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

function renderFrame(input: DigestInput, stories: readonly DigestStory[]): { html: string; text: string } {
  return { html: renderHtml(input, stories), text: renderText(input, stories) };
}

function renderHtml(input: DigestInput, stories: readonly DigestStory[]): string {
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
      html`${formatCounts(input)} &middot; ${renderLink(webCopyUrl, 'View online', 'faded')}`,
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
${renderLink(manageUrl, 'Change or pause', 'faded')} &middot; ${renderLink(unsubscribeUrl, 'Unsubscribe', 'faded')} &middot; ${renderLink(webCopyUrl, 'View online', 'faded')}`,
  });
}

function renderText(input: DigestInput, stories: readonly DigestStory[]): string {
  const { masthead, edition, dateLong, notice, terms, manageUrl, unsubscribeUrl, webCopyUrl } = input;
  const head = [
    centre(toPlainText(masthead).toUpperCase()),
    centre(toPlainText(edition)),
    HEAVY_RULE,
    spread(dateLong, formatCounts(input)),
    HEAVY_RULE,
  ].join('\n');
  const blocks = stories.map(({ text }, place) => `${`${place + 1}.`.padEnd(3)}${text.slice(3)}`);
  const foot = [
    wrap(toPlainText(terms)),
    '',
    `Change or pause:  ${manageUrl}`,
    `Unsubscribe:      ${unsubscribeUrl}`,
    `View online:      ${webCopyUrl}`,
  ].join('\n');
  return `${[
    head,
    ...(notice === null ? [] : [wrap(toPlainText(notice))]),
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

function centre(text: string): string {
  return `${' '.repeat(Math.max(0, Math.floor((COLUMNS - text.length) / 2)))}${text}`;
}

function spread(left: string, right: string): string {
  const gap = COLUMNS - left.length - right.length;
  return gap < 2 ? `${left}\n${right}` : `${left}${' '.repeat(gap)}${right}`;
}
