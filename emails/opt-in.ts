/** The mail that asks whether a subscription is wanted. Its link opens a page with a button: a scanner confirms nothing. */
import type { RenderedMail } from './digest.ts';
import { renderNotice } from './notice.ts';

export type OptInInput = {
  readonly masthead: string;
  readonly siteUrl: string;
  /** What was asked for: `Trending papers, every weekday at 07:00 (Europe/Berlin)`. */
  readonly subscription: string;
  readonly confirmUrl: string;
  /** How long the link works: `3 days`. */
  readonly validFor: string;
  /** Withdraws the request. */
  readonly unsubscribeUrl: string;
};

export function renderOptIn(input: OptInInput): RenderedMail {
  const { masthead, siteUrl, subscription, confirmUrl, validFor, unsubscribeUrl } = input;
  const site = new URL(siteUrl).host;
  return renderNotice({
    masthead,
    siteUrl,
    subject: `Confirm your subscription to ${masthead}`,
    motto: 'A daily paper of research',
    heading: 'Is this what you asked for?',
    paragraphs: [
      `Someone, we hope you, asked ${site} for a digest by e-mail to this address. Nothing is sent until you confirm.`,
    ],
    quote: subscription,
    actions: [{ words: 'Confirm the subscription', url: confirmUrl, isMain: true }],
    closing: [`The link works for ${validFor}. If it was not you, do nothing: you will hear no more of it.`],
    foot: {
      words: `${masthead} at ${site} sends what you ask for and nothing else. No tracking.`,
      links: [{ words: 'I did not ask for this: forget my address', url: unsubscribeUrl }],
    },
  });
}
