/** SQLite's FTS5 over the same papers: what the speed of search is measured against. */
import { DatabaseSync } from 'node:sqlite';
import type { Db } from '#lib/db/client.ts';

export async function openSqlite(db: Db): Promise<DatabaseSync> {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(`CREATE VIRTUAL TABLE paper USING fts5(title, abstract, tokenize = 'porter unicode61')`);
  const insert = sqlite.prepare('INSERT INTO paper (rowid, title, abstract) VALUES (?, ?, ?)');
  sqlite.exec('BEGIN');
  for (let from = 0; ; ) {
    const rows = await db.$queryRaw<{ key: number; title: string; abstract: string }[]>`
      SELECT key, title_text AS title, abstract_text AS abstract FROM paper WHERE key > ${from} ORDER BY key LIMIT 5000`;
    for (const { key, title, abstract } of rows) insert.run(key, title, abstract);
    const last = rows.at(-1);
    if (last === undefined) break;
    from = last.key;
  }
  sqlite.exec('COMMIT');
  sqlite.exec(`INSERT INTO paper (paper) VALUES ('optimize')`);
  return sqlite;
}

export function timeSqlite(sqlite: DatabaseSync, titles: readonly string[]): number[] {
  const search = sqlite.prepare(
    'SELECT rowid, bm25(paper, 2.0, 1.0) AS score FROM paper WHERE paper MATCH ? ORDER BY score LIMIT 20',
  );
  return titles.map((title) => {
    const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
    const beganMs = performance.now();
    search.all(words.map((word) => `"${word}"`).join(' OR '));
    return performance.now() - beganMs;
  });
}
