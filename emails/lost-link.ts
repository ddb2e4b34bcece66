/** The answer to a lost link: every subscription of the address, each with its link. */
import type { RenderedMail } from './digest.ts';
import { renderNotice } from './notice.ts';

export type LostLinkInput = {
  readonly masthead: string;
  readonly siteUrl: string;
  /** At least one. */
  readonly subscriptions: readonly { readonly words: string; readonly manageUrl: string }[];
};

export function renderLostLink({ masthead, siteUrl, subscriptions }: LostLinkInput): RenderedMail {
  const site = new URL(siteUrl).host;
  const isOne = subscriptions.length === 1;
  return renderNotice({
    masthead,
    siteUrl,
    subject: `Your subscription${isOne ? '' : 's'} to ${masthead}`,
    motto: 'A daily paper of research',
    heading: isOne ? 'Your subscription' : `Your ${subscriptions.length} subscriptions`,
    paragraphs: [
      `You asked ${site} for a link to your subscription${isOne ? '' : 's'}. Use it to change, pause or cancel ${isOne ? 'it' : 'them'}, or to read past issues.`,
    ],
    quote: null,
    actions: subscriptions.map(({ words, manageUrl }) => ({ words, url: manageUrl, isMain: false })),
    closing: [
      `Anyone who has ${isOne ? 'this link' : 'these links'} can do the same, so do not forward this e-mail.`,
    ],
    foot: {
      words: 'If you did not ask for this, someone else entered your address. The link was sent only to you.',
      links: [],
    },
  });
}
