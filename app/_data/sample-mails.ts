import 'server-only';
import { connection } from 'next/server';
import { type DigestInput, type RenderedMail, renderDigest } from '#emails/digest.ts';
import { renderLostLink } from '#emails/lost-link.ts';
import { renderOptIn } from '#emails/opt-in.ts';
import type { DigestPaper } from '#emails/story.ts';
import { isOutboxOpen } from './outbox.ts';
import { getBaseUrl } from './site.ts';

export type SampleMail = { readonly name: string; readonly title: string } & RenderedMail;

const MASTHEAD = 'Paperboy';
const SUBSCRIPTION = 'Trending papers, every day at 07:00 (Europe/Berlin)';

/** Every kind of mail with sample data. Null wherever the outbox is closed. */
export async function listSampleMails(): Promise<SampleMail[] | null> {
  await connection();
  if (!isOutboxOpen()) return null;
  const siteUrl = getBaseUrl();
  const site = { masthead: MASTHEAD, siteUrl };
  const manageUrl = `${siteUrl}/manage/sample`;
  return [
    {
      name: 'opt-in',
      title: 'Confirm a subscription',
      ...renderOptIn({
        ...site,
        subscription: SUBSCRIPTION,
        confirmUrl: `${siteUrl}/confirm/sample`,
        validFor: '7 days',
        unsubscribeUrl: `${siteUrl}/unsubscribe/sample`,
      }),
    },
    {
      name: 'lost-link',
      title: 'Lost link, two subscriptions',
      ...renderLostLink({
        ...site,
        subscriptions: [SUBSCRIPTION, 'cs.CL, weekly on Monday at 09:00 (UTC)'].map((words) => ({
          words,
          manageUrl,
        })),
      }),
    },
    {
      name: 'digest',
      title: 'Digest',
      ...renderDigest(anIssue(siteUrl, { papers: samplePapers(siteUrl, 4) })),
    },
    {
      name: 'digest-long',
      title: 'Digest, 50 papers: abstracts are shortened to stay below 102 KB',
      ...renderDigest(anIssue(siteUrl, { papers: samplePapers(siteUrl, 50), matchingCount: 240 })),
    },
    {
      name: 'digest-notice',
      title: 'Digest with a notice',
      ...renderDigest(
        anIssue(siteUrl, {
          papers: samplePapers(siteUrl, 1),
          notice: 'arXiv announced nothing today because of a public holiday in the United States.',
        }),
      ),
    },
    {
      name: 'digest-empty',
      title: 'Digest without papers',
      ...renderDigest(anIssue(siteUrl, { notice: 'No paper matched your subscription today.' })),
    },
  ];
}

/** One of them by its name. */
export async function getSampleMail(name: string): Promise<SampleMail | null> {
  return (await listSampleMails())?.find((mail) => mail.name === name) ?? null;
}

function anIssue(siteUrl: string, changes: Partial<DigestInput>): DigestInput {
  const papers = changes.papers ?? [];
  return {
    masthead: MASTHEAD,
    edition: 'Trending papers',
    dateLong: 'Tuesday, 24 November 2026',
    dateShort: '24 Nov',
    papers,
    matchingCount: papers.length,
    notice: null,
    terms: `You are subscribed to: ${SUBSCRIPTION}.`,
    siteUrl,
    webCopyUrl: `${siteUrl}/issues/sample`,
    manageUrl: `${siteUrl}/manage/sample`,
    unsubscribeUrl: `${siteUrl}/unsubscribe/sample`,
    ...changes,
  };
}

/** As they come: long and short titles, one author and many, with and without a reason, an abstract and links. */
function samplePapers(siteUrl: string, count: number): DigestPaper[] {
  return Array.from({ length: count }, (_, place) => {
    const paper = PAPERS[place % PAPERS.length] ?? PAPERS[0];
    return { ...paper, url: `${siteUrl}/papers/1706.${String(3762 + place).padStart(5, '0')}` };
  });
}

const PAPERS: readonly [Omit<DigestPaper, 'url'>, ...Omit<DigestPaper, 'url'>[]] = [
  {
    title: 'Attention Is All You Need',
    authors: [
      'Ashish Vaswani',
      'Noam Shazeer',
      'Niki Parmar',
      'Jakob Uszkoreit',
      'Llion Jones',
      'Aidan N. Gomez',
    ],
    category: 'Computation and Language',
    reason: '+41 GitHub stars in 2 days, 18 upvotes in 6 hours',
    abstract:
      'The dominant sequence transduction models are based on complex recurrent or convolutional neural networks in an encoder-decoder configuration. The best performing models also connect the encoder and decoder through an attention mechanism. We propose a new simple network architecture, the Transformer, based solely on attention mechanisms, dispensing with recurrence and convolutions entirely.',
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/1706.03762' },
      { label: 'PDF', url: 'https://arxiv.org/pdf/1706.03762' },
    ],
  },
  {
    title: 'On the Hardness of Approximating ℓ₂ Norms in 𝒪(n²) Time & <Other> “Bounds”',
    authors: ['Łukasz Kaiser'],
    category: 'Data Structures and Algorithms',
    reason: null,
    abstract:
      'We show that ‖x‖₂ ≤ √n · ‖x‖∞ is tight for all x ∈ ℝⁿ, and that no algorithm decides it faster.',
    links: [{ label: 'arXiv', url: 'https://arxiv.org/abs/2503.00001' }],
  },
  {
    title: 'A Paper of Which Only the Title Is Known',
    authors: [],
    category: null,
    reason: '120 upvotes',
    abstract: '',
    links: [],
  },
];
