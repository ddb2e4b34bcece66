/** The mail that asks to confirm a subscription. Its link opens a page with a button, since mail scanners follow links. */
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
    heading: 'Confirm your subscription',
    paragraphs: [
      `Someone, we hope you, asked ${site} to send this digest to your address. Nothing is sent until you confirm.`,
    ],
    quote: subscription,
    actions: [{ words: 'Confirm the subscription', url: confirmUrl, isMain: true }],
    closing: [
      `The link works for ${validFor}. If you did not ask for this, ignore this e-mail: no digest will be sent.`,
    ],
    foot: {
      words: `${masthead} at ${site} sends only what you subscribe to, without tracking.`,
      links: [{ words: 'I did not ask for this: cancel the request', url: unsubscribeUrl }],
    },
  });
}
