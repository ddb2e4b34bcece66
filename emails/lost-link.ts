/** The mail that answers a lost link: every subscription of the address, each with its way in. */
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
      `You asked ${site} for the way to your subscription${isOne ? '' : 's'}. There you can change, pause or end ${isOne ? 'it' : 'them'}, and read past issues.`,
    ],
    quote: null,
    actions: subscriptions.map(({ words, manageUrl }) => ({ words, url: manageUrl, isMain: false })),
    closing: [
      `Whoever has ${isOne ? 'this link' : 'these links'} can do the same: keep this mail to yourself.`,
    ],
    foot: {
      words: `If you did not ask, someone else did, and has learnt nothing: only this address gets the answer.`,
      links: [],
    },
  });
}
