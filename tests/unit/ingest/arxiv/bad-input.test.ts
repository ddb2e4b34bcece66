/** Feeds from hell, and pages that were cut or damaged on the way: a reported rejection or a sane record, always. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAnnouncementFeed } from '#lib/ingest/arxiv/announcement-feed.ts';
import { parseAtomResponse } from '#lib/ingest/arxiv/atom.ts';
import { parseOaiResponse } from '#lib/ingest/arxiv/oai.ts';
import type { RejectedItem } from '#lib/ingest/arxiv/record.ts';
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import { isCategory } from '#lib/papers/category.ts';
import type { PaperRecord } from '#lib/papers/paper.ts';
import { type Random, seededRandom } from '#lib/random.ts';

const DATA = process.env.PAPERBOY_DATA ?? '../shared/data';
const FEEDS = join(DATA, 'hostile/feeds');
const OAI_PAGE = join(DATA, 'api/arxiv-oai-pmh/metadata/ListRecords_data_2.xml');
const ATOM_ANSWER = join(DATA, 'api/arxiv-api-atom/arxiv_query_2025-10-17_xiv.xml');
const RSS_FEED = join(DATA, 'api/arxiv-api-atom/arxiv_rss_atom_cs.LG_2026-09-25_trimmed_paper-forge.xml');

type Outcome =
  | ReturnType<typeof parseOaiResponse>
  | ReturnType<typeof parseAtomResponse>
  | ReturnType<typeof parseAnnouncementFeed>;

/** What must hold whatever came in; returns the papers. */
function checkOutcome(outcome: Outcome): readonly PaperRecord[] {
  // Postgres takes neither NUL nor half a surrogate pair, in no field of any answer or report.
  const json = JSON.stringify(outcome);
  expect(json.isWellFormed() && !/\\u0000|\\ud[89a-f]/.test(json)).toBe(true);
  if (outcome.kind === 'retry-after') return [];
  if (outcome.kind === 'rejected') {
    expect(outcome.reason).not.toBe('');
    expect(outcome.reason.length).toBeLessThan(300);
    expect(outcome.line).toBeGreaterThan(0);
    expect(outcome.column).toBeGreaterThan(0);
    return [];
  }
  outcome.rejected.forEach(checkRejected);
  const papers = papersOf(outcome);
  papers.forEach(checkPaper);
  return papers;
}

function papersOf(
  outcome: Exclude<Outcome, { kind: 'rejected' } | { kind: 'retry-after' }>,
): readonly PaperRecord[] {
  if ('records' in outcome) return outcome.records.flatMap(({ paper }) => paper ?? []);
  return outcome.kind === 'feed' ? outcome.papers.map(({ paper }) => paper) : outcome.papers;
}

function checkRejected({ reason, identifier }: RejectedItem): void {
  expect(reason).not.toBe('');
  expect(reason.length + (identifier?.length ?? 0)).toBeLessThan(600);
}

function checkPaper(paper: PaperRecord): void {
  expect(parseArxivId(paper.identifier)).toEqual({ id: paper.identifier, version: null });
  expect(paper.title.trim()).not.toBe('');
  expect(paper.title).not.toMatch(/\n/);
  for (const category of paper.categories)
    expect(isCategory(category) || /^[a-z-]+\.[A-Za-z-]+$/.test(category)).toBe(true);
  for (const instant of [
    paper.submittedAt,
    paper.updatedAt,
    ...paper.versions.map((one) => one.submittedAt),
  ]) {
    expect(instant === null || (instant.getUTCFullYear() >= 1980 && instant.getUTCFullYear() <= 2100)).toBe(
      true,
    );
  }
  for (const { url } of paper.links) expect(url).toMatch(/^https?:\/\/[\w-]+\./);
}

test.skipIf(!existsSync(FEEDS))(
  `all hostile feeds end in a rejection or in rejected entries, soon (skipped where ${FEEDS} is absent)`,
  { timeout: 120_000 },
  () => {
    const files = readdirSync(FEEDS, { recursive: true, withFileTypes: true })
      .filter((found) => found.isFile())
      .map((found) => join(found.parentPath, found.name));
    expect(files).toHaveLength(1_062);
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const source of [bytes, bytes.toString('utf8'), bytes.toString('latin1')]) {
        for (const parse of [parseAtomResponse, parseAnnouncementFeed, parseOaiResponse]) {
          // None of them is about a paper of arXiv.
          expect(checkOutcome(parse(source)), file).toEqual([]);
        }
      }
    }
  },
);

const recordings: readonly (readonly [name: string, file: string, parse: (body: Uint8Array) => Outcome])[] = [
  ['an OAI page', OAI_PAGE, parseOaiResponse],
  ['an Atom answer', ATOM_ANSWER, parseAtomResponse],
  ['an announcement feed', RSS_FEED, parseAnnouncementFeed],
];

/** A part of the page small enough to be parsed a thousand times: its first records, and its end. */
function load(file: string): Buffer {
  const text = readFileSync(file, 'utf8');
  const twentieth = text.split('</record>', 20).join('</record>');
  return Buffer.from(
    text.includes('</ListRecords>') ? `${twentieth}</record></ListRecords></OAI-PMH>` : text,
  );
}

for (const [name, file, parse] of recordings) {
  const skipped = `(skipped where ${file} is absent)`;

  test.skipIf(!existsSync(file))(
    `${name} that was cut anywhere is rejected as a whole ${skipped}`,
    { timeout: 120_000 },
    () => {
      const whole = load(file);
      expect(checkOutcome(parse(whole)).length).toBeGreaterThan(0);
      const random = seededRandom(1);
      for (let round = 0; round < 150; round += 1) {
        const end = Math.floor(random.fraction() * (whole.length - 10));
        expect(parse(whole.subarray(0, end)).kind, `cut at ${end}`).toBe('rejected');
      }
    },
  );

  test.skipIf(!existsSync(file))(
    `${name} with flipped bits is rejected, or its papers are sane and none is lost unreported ${skipped}`,
    { timeout: 120_000 },
    () => {
      const whole = load(file);
      const count = checkOutcome(parse(whole)).length;
      const random = seededRandom(2);
      let rejections = 0;
      for (let round = 0; round < FLIP_ROUNDS; round += 1) {
        const flips = 1 + Math.floor(random.fraction() * 3);
        const outcome = parse(flipBits(whole, flips, random));
        const papers = checkOutcome(outcome);
        if (outcome.kind === 'rejected') rejections += 1;
        else if (outcome.kind !== 'retry-after') {
          expect(papers.length, `round ${round}`).toBeLessThanOrEqual(count);
          expect(papers.length + outcome.rejected.length, `round ${round}`).toBeGreaterThanOrEqual(
            count - flips,
          );
        }
      }
      expect(rejections).toBeGreaterThan(0);
      expect(rejections).toBeLessThan(FLIP_ROUNDS);
    },
  );
}

const FLIP_ROUNDS = 400;

function flipBits(whole: Buffer, flips: number, random: Random): Buffer {
  const damaged = Buffer.from(whole);
  for (let flip = 0; flip < flips; flip += 1) {
    const at = Math.floor(random.fraction() * damaged.length);
    damaged[at]! ^= 1 << Math.floor(random.fraction() * 8);
  }
  return damaged;
}

test('a page of random bytes is rejected', () => {
  const random = seededRandom(3);
  for (let round = 0; round < 200; round += 1) {
    const bytes = Buffer.from(random.token(1 + Math.floor(random.fraction() * 2_000)), 'base64url');
    expect(parseOaiResponse(bytes).kind).toBe('rejected');
    expect(parseAtomResponse(Buffer.concat([Buffer.from('<feed>'), bytes])).kind).toBe('rejected');
  }
});
