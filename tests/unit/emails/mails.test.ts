import { caniemail } from 'caniemail';
import { describe, expect, test } from 'vitest';
import { type DigestInput, renderDigest } from '#emails/digest.ts';
import { renderLostLink } from '#emails/lost-link.ts';
import { renderOptIn } from '#emails/opt-in.ts';
import type { DigestPaper } from '#emails/story.ts';
import { shortenAtSentence, wrap } from '#emails/text.ts';
import { toBytes, toMime } from '#lib/mail/sending/mime.ts';
import { aMail } from '../../support/mail.ts';

/** Gmail cuts what is longer. */
const MESSAGE_BYTES_MAX = 102_000;

function aPaper(changes: Partial<DigestPaper> = {}): DigestPaper {
  return {
    title: 'Attention Is All You Need',
    authors: ['Ashish Vaswani', 'Noam Shazeer', 'Niki Parmar'],
    category: 'Computation and Language',
    reason: '+41 GitHub stars in 2 days',
    abstract:
      'We propose a new simple network architecture, the Transformer. It is based on attention. '.repeat(12),
    url: 'https://papers.example.org/papers/1706.03762',
    links: [{ label: 'arXiv', url: 'https://arxiv.org/abs/1706.03762' }],
    ...changes,
  };
}

function anIssue(changes: Partial<DigestInput> = {}): DigestInput {
  return {
    masthead: 'Paperboy',
    edition: 'Trending',
    dateLong: 'Tuesday, 24 November 2026',
    dateShort: '24 Nov',
    papers: [aPaper()],
    matchingCount: 1,
    notice: null,
    terms: 'You are subscribed to trending papers, Monday to Friday at 07:00 (Europe/Berlin).',
    siteUrl: 'https://papers.example.org',
    webCopyUrl: 'https://papers.example.org/issues/abc',
    manageUrl: 'https://papers.example.org/manage/abc',
    unsubscribeUrl: 'https://papers.example.org/unsubscribe/abc',
    ...changes,
  };
}

const optIn = () =>
  renderOptIn({
    masthead: 'Paperboy',
    siteUrl: 'https://papers.example.org',
    subscription: 'Trending papers, every weekday at 07:00 (Europe/Berlin)',
    confirmUrl: 'https://papers.example.org/confirm/abc',
    validFor: '3 days',
    unsubscribeUrl: 'https://papers.example.org/unsubscribe/abc',
  });

const lostLink = () =>
  renderLostLink({
    masthead: 'Paperboy',
    siteUrl: 'https://papers.example.org',
    subscriptions: [{ words: 'Trending, daily', manageUrl: 'https://papers.example.org/manage/abc' }],
  });

test('the text part is a page one can read', () => {
  expect(
    renderDigest(
      anIssue({ papers: [aPaper(), aPaper({ title: 'Another', abstract: 'Short.', reason: null })] }),
    ).text,
  ).toMatchInlineSnapshot(`
    "                                PAPERBOY
                                    Trending
    ________________________________________________________________________
    Tuesday, 24 November 2026                                       2 papers
    ________________________________________________________________________

    1. Attention Is All You Need
       Ashish Vaswani, Noam Shazeer, Niki Parmar · Computation and Language
       Why: +41 GitHub stars in 2 days

       We propose a new simple network architecture, the Transformer. It is
       based on attention. We propose a new simple network architecture, the
       Transformer. It is based on attention. We propose a new simple
       network architecture, the Transformer. It is based on attention. We
       propose a new simple network architecture, the Transformer. It is
       based on attention. We propose a new simple network architecture, the
       Transformer. It is based on attention. We propose a new simple
       network architecture, the Transformer. It is based on attention. We
       propose a new simple network architecture, the Transformer. It is
       based on attention. We propose a new simple network architecture, the
       Transformer. It is based on attention. We propose a new simple
       network architecture, the Transformer. It is based on attention. We
       propose a new simple network architecture, the Transformer. It is
       based on attention. We propose a new simple network architecture, the
       Transformer. …

       https://papers.example.org/papers/1706.03762
       arXiv: https://arxiv.org/abs/1706.03762

    ------------------------------------------------------------------------

    2. Another
       Ashish Vaswani, Noam Shazeer, Niki Parmar · Computation and Language

       Short.

       https://papers.example.org/papers/1706.03762
       arXiv: https://arxiv.org/abs/1706.03762

    ________________________________________________________________________
    You are subscribed to trending papers, Monday to Friday at 07:00
    (Europe/Berlin).

    Change or pause:  https://papers.example.org/manage/abc
    Unsubscribe:      https://papers.example.org/unsubscribe/abc
    View online:      https://papers.example.org/issues/abc
    "
  `);
});

test('the subject says the edition, the day and the first paper', () => {
  expect(renderDigest(anIssue()).subject).toBe('Trending, 24 Nov: Attention Is All You Need');
  const two = [aPaper({ title: 'word '.repeat(40).trim() }), aPaper()];
  expect(renderDigest(anIssue({ papers: two })).subject).toMatch(
    /^Trending, 24 Nov: (?:word ?)+… and 1 more$/,
  );
  expect(renderDigest(anIssue({ papers: [] })).subject).toBe('Trending, 24 Nov: no new papers');
});

describe('fifty papers stay below what Gmail cuts, as they travel', () => {
  test.each([
    ['of common length', aPaper()],
    [
      'with very long abstracts',
      aPaper({ abstract: 'A sentence of some length, to be repeated. '.repeat(200) }),
    ],
    [
      'in Chinese',
      aPaper({
        title: '注意力'.repeat(60),
        abstract: '我们提出一种新的网络结构。'.repeat(300),
        authors: Array(40).fill('张三李四王五'),
      }),
    ],
    ['in mathematical letters', aPaper({ title: '𝔸𝕓𝕔'.repeat(70), abstract: '𝛼𝛽𝛾 = ∑ ≤ ∞ '.repeat(300) })],
    [
      'with many long names and links',
      aPaper({
        authors: Array.from({ length: 300 }, (_, place) => `Author With A Rather Long Name ${place}`),
        links: Array.from({ length: 9 }, () => ({
          label: 'Code',
          url: `https://github.com/${'a'.repeat(90)}`,
        })),
        reason: 'x'.repeat(2_000),
      }),
    ],
    [
      'all markup',
      aPaper({ title: '<"&\'>'.repeat(60), abstract: '<"&\'>'.repeat(900), reason: '<&>'.repeat(300) }),
    ],
  ])('%s', (_, paper) => {
    const mail = renderDigest(
      anIssue({ papers: Array.from({ length: 50 }, () => ({ ...paper })), matchingCount: 999 }),
    );
    const bytes = toBytes(toMime(aMail({ ...mail })));
    expect(bytes.length + 1_500).toBeLessThanOrEqual(MESSAGE_BYTES_MAX);
    expect(mail.html.match(/<h2/g)).toHaveLength(50);
  });
});

describe('nothing that comes from outside becomes markup', () => {
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'</td></table>';
  const paper = aPaper({
    title: hostile,
    authors: [hostile],
    category: hostile,
    reason: hostile,
    abstract: hostile,
    links: [
      { label: hostile, url: 'https://example.org/"onmouseover="alert(1)' },
      { label: 'x', url: 'javascript:alert(1)' },
    ],
  });
  const { html } = renderDigest(
    anIssue({ papers: [paper], edition: hostile, notice: hostile, terms: hostile }),
  );

  test('no element, no attribute, no address of another kind', () => {
    expect(html).not.toMatch(/<script|<img|onmouseover="|javascript:/i);
    expect(html.match(/<table/g)?.length).toBe(html.match(/<\/table>/g)?.length);
  });

  test('no turned direction and no control', () => {
    const turned = renderDigest(anIssue({ papers: [aPaper({ title: 'a\u202eb\u2066c\0d' })] }));
    expect(turned.html + turned.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/);
  });
});

describe.each([
  ['digest', () => renderDigest(anIssue({ notice: 'arXiv announces nothing today.' }))],
  ['opt-in mail', optIn],
  ['lost link', lostLink],
])('the %s', (_, render) => {
  const { html, text } = render();

  test('uses what Gmail, Outlook and Apple Mail show', () => {
    const [, sheet = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
    const inline = html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<!--[\s\S]*?-->/g, '');
    const clients = [
      'gmail.desktop-webmail',
      'gmail.ios',
      'gmail.android',
      'outlook.windows',
      'outlook.outlook-com',
      'outlook.macos',
      'apple-mail.macos',
      'apple-mail.ios',
    ] as const;
    const { issues } = caniemail({ clients: [...clients], html: inline });
    const failing = [...issues.errors.entries()].flatMap(([client, found]) =>
      found.map(({ title }) => `${client}: ${title}`),
    );
    // What these programs leave out, and what a reader there sees instead: text that keeps its place.
    expect(new Set(failing.filter((one) => !TOLERATED.test(one)))).toEqual(new Set());
    // The style block only adds: dark colours and narrow screens, for those that know them.
    expect(sheet).not.toMatch(/@import|url\(|position|float|display:\s*(?:flex|grid)/);
  });

  test('holds no picture, no script and nothing that is fetched', () => {
    expect(html).not.toMatch(/<img|<script|<link|src=|@import|url\(/i);
  });

  test('has a text part of lines one can read, every address on a line of its own', () => {
    for (const line of text.split('\n')) {
      if (!/https?:\/\//.test(line)) expect(line.length).toBeLessThanOrEqual(72);
      else expect(line).toMatch(/^ *(?:\w[\w ]*: +)?https?:\S+$/);
    }
  });

  test('is the same for the same input', () => {
    expect(render()).toEqual(render());
  });
});

/**
 * What is left out, each harmless here: the wish for both colour schemes (such programs recolour as they like); limits of
 * the preheader, which is hidden in Outlook by `mso-hide`; the body element, whose colour the table below it repeats.
 */
const TOLERATED =
  /^(?:[\w.-]+: color-scheme meta tag|outlook\.windows: (?:max-height property|overflow)|outlook\.macos: <body> element)$/;

describe('an abstract is shortened', () => {
  test.each([
    ['Short.', 100, 'Short.'],
    ['One sentence here. Another one follows it.', 26, 'One sentence here. …'],
    ['We follow Vaswani et al. in this. Then we go on for long.', 40, 'We follow Vaswani et al. in this. …'],
    ['See e.g. Fig. 3 for more. And then some more words come.', 30, 'See e.g. Fig. 3 for more. …'],
    ['It reaches 3.5 points more than before in all cases shown', 30, 'It reaches 3.5 points more…'],
    ['我们提出方法。它很好。然后继续写很多很多的字。', 14, '我们提出方法。它很好。 …'],
    ['Word', 1, ''],
  ])('%s at %i', (text, length, expected) => {
    expect(shortenAtSentence(text, length)).toBe(expected);
  });

  test('and never longer than asked', () => {
    for (let length = 2; length < 200; length += 7) {
      expect(shortenAtSentence('A sentence, with words. '.repeat(30), length).length).toBeLessThanOrEqual(
        length,
      );
      expect(shortenAtSentence('𝔸'.repeat(300), length).length).toBeLessThanOrEqual(length);
      expect(shortenAtSentence('𝔸'.repeat(300), length)).toMatch(/^[^\p{Cs}]*$/u);
    }
  });
});

test('lines are wrapped by what they take on a screen', () => {
  expect(
    wrap('漢字'.repeat(40))
      .split('\n')
      .every((line) => line.length <= 36),
  ).toBe(true);
  expect(
    wrap('word '.repeat(40))
      .split('\n')
      .every((line) => line.length <= 72),
  ).toBe(true);
  expect(wrap(`${'x'.repeat(100)} y`)).toBe(`${'x'.repeat(100)}\ny`);
});
