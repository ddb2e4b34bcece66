import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type AnnouncementFeed,
  FEED_ENTRIES_MAX,
  parseAnnouncementFeed,
} from '#lib/ingest/arxiv/announcement-feed.ts';
import { announcementDayOf, isAnnouncementDay } from '#lib/ingest/arxiv/calendar.ts';
import { describeRejection } from '#lib/ingest/xml.ts';

const RECORDED = join(
  process.env.PAPERBOY_DATA ?? '../shared/data',
  'api/arxiv-api-atom/arxiv_rss_atom_cs.LG_2026-09-25_trimmed_paper-forge.xml',
);

type Fields = {
  id?: string;
  type?: string;
  pubDate?: string;
  title?: string;
  description?: string;
  rest?: string;
};

function item(fields: Fields = {}): string {
  const { id = '2203.01250v3', type = 'new', pubDate = 'Fri, 25 Sep 2026 00:00:00 -0400' } = fields;
  const announceType = type === '' ? '' : `<arxiv:announce_type>${type}</arxiv:announce_type>`;
  return `<item><title>${fields.title ?? 'Mass concentration'}</title><link>https://arxiv.org/abs/${id.replace(/v\d+$/, '')}</link>
    <description>${fields.description ?? `arXiv:${id} Announce Type: ${type} \nAbstract: We consider $\\int_{\\mathbb{R}}u$.`}</description>
    <guid isPermaLink="false">oai:arXiv.org:${id}</guid><category>math.AP</category><category>math.OC</category>
    ${pubDate === '' ? '' : `<pubDate>${pubDate}</pubDate>`}${announceType}
    <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
    <dc:creator>Antonin Monteil (CEREMADE, Inria), Paul Pegon</dc:creator>${fields.rest ?? ''}</item>`;
}

const rss = (
  items: string,
  pubDate = '<pubDate>Fri, 25 Sep 2026 00:00:00 -0400</pubDate>',
) => `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
<channel><title>math.AP, math.OC updates on arXiv.org</title><link>http://rss.arxiv.org/rss/math.AP+math.OC</link>
<description>math.AP, math.OC updates on the arXiv.org e-print archive.</description>
<atom:link href="http://rss.arxiv.org/rss/math.AP+math.OC" rel="self" type="application/rss+xml"/>
<lastBuildDate>Fri, 25 Sep 2026 04:00:11 +0000</lastBuildDate>${pubDate}
<skipDays><day>Saturday</day><day>Sunday</day></skipDays>${items}</channel></rss>`;

function parse(body: string | Uint8Array): AnnouncementFeed {
  const outcome = parseAnnouncementFeed(body);
  if (outcome.kind === 'rejected') throw new Error(describeRejection(outcome));
  if (outcome.kind === 'retry-after') throw new Error('retry after');
  return outcome;
}

test('an item of RSS is a paper, announced', () => {
  const rest =
    '<arxiv:DOI>10.5802/jep.257</arxiv:DOI><arxiv:journal_reference>Tome 11 (2024)</arxiv:journal_reference>';
  expect(parse(rss(item({ rest }))).papers).toEqual([
    {
      kind: 'new',
      version: 3,
      announcedOn: '2026-09-25',
      position: 0,
      paper: {
        registry: 'arxiv',
        identifier: '2203.01250',
        title: 'Mass concentration',
        abstract: 'We consider $\\int_{\\mathbb{R}}u$.',
        authors: ['Antonin Monteil', 'Paul Pegon'],
        categories: ['math.AP', 'math.OC'],
        primaryCategory: 'math.AP',
        submittedAt: null,
        updatedAt: null,
        comment: null,
        journalReference: 'Tome 11 (2024)',
        doi: '10.5802/jep.257',
        license: 'http://creativecommons.org/licenses/by/4.0/',
        isWithdrawn: false,
        keywords: [],
        versions: [],
        links: [],
      },
    },
  ]);
});

test.each([
  ['new', 'new'],
  ['cross', 'cross-list'],
  ['replace', 'replacement'],
  ['replace-cross', 'replacement'],
])('announce type %s is a %s', (type, kind) => {
  expect(parse(rss(item({ type }))).papers.map((one) => one.kind)).toEqual([kind]);
});

test('the announce type may stand in the description alone', () => {
  const description = 'arXiv:2203.01250v3 Announce Type: replace-cross \nAbstract: We.';
  const [announced] = parse(rss(item({ type: '', description }))).papers;
  expect(announced).toMatchObject({ kind: 'replacement', paper: { abstract: 'We.' } });
});

test('a feed tells its day, its categories and the days it skips', () => {
  expect(parse(rss(''))).toEqual({
    kind: 'feed',
    announcedOn: '2026-09-25',
    categories: ['math.AP', 'math.OC'],
    papers: [],
    rejected: [],
    skipDays: ['Saturday', 'Sunday'],
    isCut: false,
    error: null,
  });
});

test.each([
  ['Fri, 25 Sep 2026 00:00:00 -0400', '2026-09-25'],
  ['Fri, 25 Sep 2026 03:59:59 GMT', '2026-09-24'],
  ['Wed, 14 Jan 2026 00:00:00 -0500', '2026-01-14'],
])('what is dated %s is listed on %s', (pubDate, day) => {
  expect(parse(rss(item({ pubDate }))).papers[0]?.announcedOn).toBe(day);
});

test('an item without a date has its feed’s, and is rejected where that has none', () => {
  expect(parse(rss(item({ pubDate: '' }))).papers[0]?.announcedOn).toBe('2026-09-25');
  const undated = rss(item({ pubDate: '' }), '').replace(/<lastBuildDate>.*<\/lastBuildDate>/, '');
  expect(parse(undated)).toMatchObject({ announcedOn: null, papers: [], rejected: [{ position: 0 }] });
});

test('the feed of a weekend is empty, and says whose day it is', () => {
  const weekend = parse(rss('', '<pubDate>Sat, 26 Sep 2026 00:00:00 -0400</pubDate>'));
  expect(weekend).toMatchObject({ announcedOn: '2026-09-26', papers: [] });
  expect(isAnnouncementDay(weekend.announcedOn!)).toBe(false);
});

test('the day of a feed is the day of the calendar', () => {
  expect(announcementDayOf(new Date('2026-09-25T04:00:11Z'))).toBe(parse(rss('')).announcedOn);
});

test('a bad item is reported with its place and costs no other', () => {
  const items = [
    item(),
    item({ id: 'nonsense', description: 'Nothing' }),
    item({ type: 'absonly' }),
    item({ type: '', description: 'Nothing' }),
    item({ title: '' }),
    item({ description: 'arXiv:2203.01251v3 Announce Type: new \nAbstract: We.' }),
    item({ id: 'hep-th/9901001v2' }),
  ];
  const { papers, rejected } = parse(rss(items.join('')));
  expect(papers.map(({ paper, position }) => [paper.identifier, position])).toEqual([
    ['2203.01250', 0],
    ['hep-th/9901001', 6],
  ]);
  expect(rejected.map(({ position, reason }) => [position, reason])).toEqual([
    [1, 'no identifier of arXiv'],
    [2, 'announce type absonly'],
    [3, 'announce type missing'],
    [4, 'no title'],
    [5, 'its identifiers differ from each other'],
  ]);
  expect(rejected[0]?.identifier).toBe('oai:arXiv.org:nonsense');
});

test('a feed as long as arXiv makes them may be cut', () => {
  const items = Array.from({ length: FEED_ENTRIES_MAX }, (_, index) =>
    item({ id: `2609.${String(10_000 + index)}v1` }),
  );
  expect(parse(rss(items.join(''))).isCut).toBe(true);
  expect(parse(rss(items.slice(1).join(''))).isCut).toBe(false);
});

test('a request that arXiv did not understand is answered in its words', () => {
  const body = rss('')
    .replace('math.AP, math.OC updates on arXiv.org', 'Feed error for query: https://rss.arxiv.org/rss/cs.QQ')
    .replace(/<description>.*<\/description>/, "<description>Bad subject class 'QQ'.</description>");
  expect(parse(body)).toMatchObject({ error: "Bad subject class 'QQ'.", papers: [] });
});

test('Atom says the same', () => {
  const body = `<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
    <id>http://rss.arxiv.org/atom/cs.ai+q-bio.NC</id><title>cs.AI, q-bio.NC updates on arXiv.org</title>
    <updated>2026-01-14T05:00:11.600500+00:00</updated><entry><id>oai:arXiv.org:2601.00001v1</id><title>T</title>
    <updated>2026-01-14T05:00:11.600680+00:00</updated><link href="https://arxiv.org/abs/2601.00001" rel="alternate"/>
    <summary>arXiv:2601.00001v1 Announce Type: cross \nAbstract: A.</summary><category term="stat.ML"/><category term="cs.AI"/>
    <published>2026-01-14T00:00:00-05:00</published><arxiv:announce_type>cross</arxiv:announce_type>
    <dc:creator>A. One, B. Two</dc:creator></entry></feed>`;
  expect(parse(body)).toMatchObject({
    announcedOn: '2026-01-14',
    categories: ['cs.ai', 'q-bio.NC'],
    papers: [
      {
        kind: 'cross-list',
        version: 1,
        announcedOn: '2026-01-14',
        paper: { abstract: 'A.', authors: ['A. One', 'B. Two'], categories: ['stat.ML', 'cs.AI'] },
      },
    ],
  });
});

test.each([
  ['a web page', '<html><body/></html>', '<html> is no feed'],
  ['RSS without a channel', '<rss version="2.0"/>', '<rss> is no feed'],
  ['a cut feed', rss(item()).slice(0, -40), 'unclosed tag'],
])('%s is rejected', (_, body, reason) => {
  expect(parseAnnouncementFeed(body)).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining(reason),
  });
});

test.skipIf(!existsSync(RECORDED))(
  `a recorded feed is read whole (skipped where ${RECORDED} is absent)`,
  () => {
    const recorded = parse(readFileSync(RECORDED));
    expect(recorded).toMatchObject({ announcedOn: '2026-09-25', categories: ['cs.LG'], rejected: [] });
    expect(
      recorded.papers.map(({ paper, kind, version, announcedOn }) => [
        paper.identifier,
        kind,
        version,
        announcedOn,
      ]),
    ).toEqual([
      ['2609.28553', 'new', 1, '2026-09-25'],
      ['2402.10149', 'cross-list', 3, '2026-09-25'],
      ['2401.08875', 'replacement', 3, '2026-09-25'],
    ]);
    expect(recorded.papers[0]?.paper).toMatchObject({
      doi: '10.1109/MAPR72750.2026.11685822',
      primaryCategory: 'cs.LG',
      license: 'http://creativecommons.org/licenses/by/4.0/',
    });
    expect(recorded.papers[1]?.paper.primaryCategory).toBe('hep-ph');
  },
);
