import { expect, test } from 'vitest';
import { readStarHistories } from '#lib/ranking/evaluation/star-history.ts';

async function* lines(...rows: string[]) {
  yield* rows;
}

test('rows are gathered by repository, whatever the order of rows and columns', async () => {
  const found = await readStarHistories(
    lines('stars,repo,date', '5,a/b,2025-01-02', '900,c/d,2025-01-01', '3,a/b,2025-01-01'),
  );
  expect(found).toMatchObject({ rowCount: 3, skippedCount: 0 });
  expect(found.histories).toEqual([
    { repository: 'a/b', timesMs: [Date.UTC(2025, 0, 2), Date.UTC(2025, 0, 1)], stars: [5, 3] },
    { repository: 'c/d', timesMs: [Date.UTC(2025, 0, 1)], stars: [900] },
  ]);
});

test('a file with a byte order mark and carriage returns reads the same', async () => {
  const found = await readStarHistories(lines('\uFEFFdate,repo,stars\r', '2025-01-01,a/b,3\r', ''));
  expect(found.histories).toHaveLength(1);
  expect(found.skippedCount).toBe(0);
});

test.each([
  '2025-01-01,,3',
  'yesterday,a/b,3',
  '2025-13-01,a/b,3',
  '2025-01-01,a/b,many',
  '2025-01-01,a/b',
  'x',
])('the row "%s" is skipped and counted', async (row) => {
  const found = await readStarHistories(lines('date,repo,stars', row, '2025-01-01,a/b,3'));
  expect(found).toMatchObject({ rowCount: 2, skippedCount: 1 });
  expect(found.histories).toHaveLength(1);
});

test('a header without the columns is refused by name', async () => {
  await expect(readStarHistories(lines('date,repository,stars', '2025-01-01,a/b,3'))).rejects.toThrow(
    /"date,repository/,
  );
});
