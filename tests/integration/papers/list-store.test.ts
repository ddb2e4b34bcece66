import { expect, test } from 'vitest';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { parseSubject } from '#lib/papers/category.ts';
import { findNeighbourLists, findNeighbourPapers, listPapers } from '#lib/papers/list-store.ts';
import { LIST_SORTS } from '#lib/papers/list-view.ts';
import { type PaperList, paperListPath } from '#lib/papers/paper-list.ts';
import { findPaper } from '#lib/papers/store.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

const NOON = new Date('2026-03-02T12:00:00Z');

type Fields = Parameters<typeof anItem>[0];

async function record(db: Db, items: Fields[]): Promise<void> {
  await recordPapers(db, { source: 'huggingface', recordedAt: NOON, items: items.map(anItem) });
}

function subject(code: string): PaperList & { kind: 'subject' } {
  const found = parseSubject(code);
  if (found === null) throw new Error(`${code} is no subject`);
  return { kind: 'subject', subject: found, day: null };
}

const on = (listedOn: string, position: number | null = null) => ({ listing: { listedOn, position } });
const upvotes = (value: number) => ({
  observations: [{ kind: 'upvotes' as const, value, observedAt: NOON }],
});

async function identifiers(db: Db, list: PaperList, rest: Partial<Parameters<typeof listPapers>[2]> = {}) {
  const page = await listPapers(db, list, { sort: 'newest', limit: 50, ...rest });
  return page.papers.map((paper) => paper.identifier);
}

test('a subject lists its papers newest first, each once, by archive, group and either name of a twin', async () => {
  const { db } = await freshDatabase();
  await record(db, [
    { identifier: '2603.00001', categories: ['cs.CL', 'cs.NA'], ...on('2026-03-02') },
    { identifier: '2603.00002', categories: ['hep-th'], ...on('2026-03-03') },
    { identifier: '2603.00003', categories: ['cs.CL'], ...on('2026-03-04') },
    { identifier: '2603.00004', categories: ['cs.CL'] },
    { identifier: '9903.00005', categories: ['cs.CL'], submittedAt: new Date('1999-03-02T23:00:00Z') },
  ]);
  await record(db, [{ identifier: '2603.00001', categories: ['cs.CL', 'cs.NA'], ...on('2026-03-05') }]);

  expect(await identifiers(db, subject('cs.CL'))).toEqual(['2603.00003', '2603.00001', '9903.00005']);
  expect(await identifiers(db, { ...subject('cs.CL'), day: '1999-03-02' })).toEqual(['9903.00005']);
  expect(await identifiers(db, subject('math'))).toEqual(['2603.00001']);
  expect(await identifiers(db, subject('cs.NA'))).toEqual(['2603.00001']);
  expect(await identifiers(db, subject('grp_physics'))).toEqual(['2603.00002']);
  expect(await identifiers(db, { ...subject('cs'), day: '2026-03-02' })).toEqual(['2603.00001']);
  expect(await identifiers(db, { ...subject('cs'), day: '2026-03-05' })).toEqual([]);
  expect(await identifiers(db, { ...subject('cs.CL'), day: '2026-03-04' })).toHaveLength(1);
});

test('a subject follows its papers: to an earlier day, to a told day, out of a category', async () => {
  const { db } = await freshDatabase();
  const at = (listedOn: string, isEstimated = false) => ({ listing: { listedOn, isEstimated } });
  await record(db, [{ categories: ['cs.CL'], ...at('2026-03-04', true) }]);
  expect(await identifiers(db, { ...subject('cs.CL'), day: '2026-03-04' })).toHaveLength(1);
  await record(db, [{ categories: ['cs.CL'], ...at('2026-03-06') }]);
  expect(await identifiers(db, { ...subject('cs.CL'), day: '2026-03-06' })).toHaveLength(1);
  await record(db, [{ categories: ['cs.CL'], ...at('2026-03-02') }]);
  expect(await identifiers(db, { ...subject('cs.CL'), day: '2026-03-02' })).toHaveLength(1);

  const item = anItem({ categories: ['cs.LG'] });
  await recordPapers(db, { source: 'arxiv', recordedAt: NOON, items: [item] });
  expect(await identifiers(db, subject('cs.CL'))).toEqual([]);
  expect(await identifiers(db, subject('cs.LG'))).toEqual(['2603.00001']);
});

test('every order walks a list page by page without loss or repetition, ties included', async () => {
  const { db } = await freshDatabase();
  const items = Array.from({ length: 23 }, (_, index) => ({
    identifier: `2603.${String(index).padStart(5, '0')}`,
    categories: ['cs.CL'],
    authors: ['Ada Lovelace'],
    ...on(`2026-03-0${2 + (index % 3)}`, index % 4 === 0 ? null : index % 5),
    ...(index % 2 === 0 ? upvotes(index % 6) : {}),
  }));
  await record(db, items);
  await db.$executeRaw`INSERT INTO paper_link SELECT key, 'repository', 'https://github.com/a/b', 'abstract' FROM paper`;
  const lists: PaperList[] = [
    { kind: 'day', day: '2026-03-03' },
    { kind: 'week', week: '2026-W10' },
    { kind: 'month', month: '2026-03' },
    subject('cs'),
    { ...subject('cs.CL'), day: '2026-03-02' },
    { kind: 'author', name: 'Ada Lovelace' },
  ];
  for (const list of lists)
    for (const sort of LIST_SORTS) {
      const filters = { subject: subject('cs.CL').subject, hasCode: true };
      const whole = await identifiers(db, list, { sort, filters });
      const walked: string[] = [];
      for (let more = true; more; ) {
        const identifier = walked.at(-1);
        const after = identifier === undefined ? null : { registry: 'arxiv' as const, identifier };
        const page = await listPapers(db, list, { sort, filters, after, limit: 4 });
        expect(page.total, paperListPath(list)).toBe(whole.length);
        walked.push(...page.papers.map((paper) => paper.identifier));
        more = page.hasMore;
      }
      expect(walked, `${paperListPath(list)} ${sort}`).toEqual(whole);
      expect(new Set(walked).size).toBe(whole.length);
    }
  expect(await identifiers(db, { kind: 'month', month: '2026-03' }, { sort: 'newest' })).toHaveLength(23);
});

test('sorts: upvotes, then the place in the list; newest by day; trending by the window of a week', async () => {
  const { db } = await freshDatabase();
  await record(db, [
    { identifier: '2603.00001', ...on('2026-03-02', 1) },
    { identifier: '2603.00002', ...on('2026-03-02', 0) },
    { identifier: '2603.00003', ...on('2026-03-02', 2), ...upvotes(3) },
    { identifier: '2603.00004', ...on('2026-03-03', 0), ...upvotes(1) },
  ]);
  const week: PaperList = { kind: 'week', week: '2026-W10' };
  const [three, four, two, one] = ['2603.00003', '2603.00004', '2603.00002', '2603.00001'];
  expect(await identifiers(db, week, { sort: 'upvotes' })).toEqual([three, four, two, one]);
  expect(await identifiers(db, week, { sort: 'trending' })).toEqual([three, four, two, one]);
  expect(await identifiers(db, week)).toEqual([four, three, two, one]);
  expect(await identifiers(db, week, { filters: { hasCode: true } })).toEqual([]);
});

test('an author’s list holds papers that no list has named, last; a paper unknown to the list begins it anew', async () => {
  const { db } = await freshDatabase();
  await record(db, [
    { identifier: '2603.00001', authors: ['Ada Lovelace', 'Grace Hopper'] },
    { identifier: '2603.00002', authors: ['Ada Lovelace'], ...on('2026-03-02') },
    { identifier: '2603.00003', authors: ['Ada  Lovelace'], ...on('2026-03-02') },
  ]);
  const ada: PaperList = { kind: 'author', name: 'Ada Lovelace' };
  expect(await identifiers(db, ada)).toEqual(['2603.00002', '2603.00001']);
  const after = { registry: 'arxiv' as const, identifier: '2603.00003' };
  expect(await identifiers(db, ada, { after })).toEqual(['2603.00002', '2603.00001']);
});

test('neighbours are the nearest lists that hold papers', async () => {
  const { db } = await freshDatabase();
  await record(db, [
    { identifier: '2603.00001', categories: ['cs.CL'], ...on('2026-01-02') },
    { identifier: '2603.00002', categories: ['hep-th'], ...on('2026-03-02') },
    { identifier: '2603.00003', categories: ['cs.CL'], ...on('2026-05-04') },
  ]);
  const paths = async (list: PaperList) => {
    const { previous, next } = await findNeighbourLists(db, list);
    return [previous, next].map((found) => found && paperListPath(found));
  };
  expect(await paths({ kind: 'day', day: '2026-03-02' })).toEqual(['/date/2026-01-02', '/date/2026-05-04']);
  expect(await paths({ kind: 'week', week: '2026-W10' })).toEqual(['/week/2026-W01', '/week/2026-W19']);
  expect(await paths({ kind: 'month', month: '2026-05' })).toEqual(['/month/2026-03', null]);
  expect(await paths({ ...subject('cs'), day: '2026-05-04' })).toEqual(['/list/cs/2026-01-02', null]);
  expect(await paths(subject('cs'))).toEqual([null, null]);
});

test('a paper has the neighbours of its place in a list, and none beyond the ends', async () => {
  const { db } = await freshDatabase();
  const identifiersInOrder = ['2503.00001', '2503.00002', '2503.00003'];
  await record(
    db,
    identifiersInOrder.map((identifier, at) => ({ identifier, ...on('2025-03-03', at) })),
  );
  const day: PaperList = { kind: 'day', day: '2025-03-03' };
  const papers = await Promise.all(
    identifiersInOrder.map((identifier) => findPaper(db, 'arxiv', identifier)),
  );
  const neighbours = await Promise.all(
    papers.map((paper) => findNeighbourPapers(db, day, 'upvotes', paper!.key)),
  );
  expect(
    neighbours.map(({ previous, next }) => [previous?.identifier ?? null, next?.identifier ?? null]),
  ).toEqual([
    [null, '2503.00002'],
    ['2503.00001', '2503.00003'],
    ['2503.00002', null],
  ]);
});
