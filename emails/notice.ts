/** A short mail about a subscription: what it is, one thing to do, and what happens if nothing is done. */

import type { RenderedMail } from './digest.ts';
import { type Html, html, prose, toPlainText } from './html.ts';
import { renderButton, renderFolio, renderLink, renderSheet, STYLE } from './layout.ts';
import { HEAVY_RULE, wrap } from './text.ts';

export type NoticeMail = {
  readonly masthead: string;
  readonly siteUrl: string;
  readonly subject: string;
  /** Under the nameplate. */
  readonly motto: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** What it is all about, set apart after the paragraphs; null where the paragraphs say it. */
  readonly quote: string | null;
  readonly actions: readonly { readonly words: string; readonly url: string; readonly isMain: boolean }[];
  /** After the actions. */
  readonly closing: readonly string[];
  readonly foot: {
    readonly words: string;
    readonly links: readonly { readonly words: string; readonly url: string }[];
  };
};

export function renderNotice(notice: NoticeMail): RenderedMail {
  return { subject: notice.subject, html: renderHtml(notice), text: renderText(notice) };
}

function renderHtml({
  masthead,
  siteUrl,
  subject,
  motto,
  heading,
  paragraphs,
  quote,
  actions,
  closing,
  foot,
}: NoticeMail): string {
  const paragraph = (text: string) => html`<p class="i" style="${STYLE.body}">${prose(text)}</p>\n`;
  const action = ({ words, url, isMain }: NoticeMail['actions'][number]): Html =>
    isMain
      ? html`<p style="margin:22px 0 18px">${renderButton(url, words)}</p>\n`
      : html`<p class="i" style="${STYLE.body}">${renderLink(url, words, 'accent')}</p>\n`;
  return renderSheet({
    masthead,
    siteUrl,
    title: subject,
    preheader: paragraphs[0] ?? heading,
    motto,
    folio: renderFolio(new URL(siteUrl).host, null),
    content: [
      html`<tr><td class="h" style="${STYLE.story}">
<h2 class="i ld" style="${STYLE.lead}">${heading}</h2>
${paragraphs.map(paragraph)}${quote === null ? null : html`<p class="i b" style="${STYLE.quote}">${prose(quote)}</p>\n`}${actions.map(action)}${closing.map(paragraph)}</td></tr>\n`,
    ],
    foot: html`${prose(foot.words)}${foot.links.map(({ words, url }, place) => html`${place === 0 ? html`<br>` : html` &middot; `}${renderLink(url, words, 'faded')}`)}`,
  });
}

function renderText({ masthead, heading, paragraphs, quote, actions, closing, foot }: NoticeMail): string {
  return `${[
    `${toPlainText(masthead).toUpperCase()}\n${HEAVY_RULE}`,
    wrap(toPlainText(heading)),
    ...paragraphs.map((text) => wrap(toPlainText(text))),
    ...(quote === null ? [] : [wrap(toPlainText(quote), '    ')]),
    ...actions.map(({ words, url }) => `${wrap(toPlainText(words))}:\n\n${url}`),
    ...closing.map((text) => wrap(toPlainText(text))),
    [
      HEAVY_RULE,
      wrap(toPlainText(foot.words)),
      ...foot.links.map(({ words, url }) => `${toPlainText(words)}:\n${url}`),
    ].join('\n'),
  ].join('\n\n')}\n`;
}
