/**
 * Daily star counts from a CSV with a header line, such as EvanLi/Github-Ranking publishes:
 * `date,repo,stars,forks,…`, one row per day and repository, in any order. Columns are found by name.
 *
 * Such lists hold survivors only (the top 100 per language), start when a repository is already large, and have gaps of
 * up to 77 days; replay.ts says how that is dealt with.
 */
export type StarHistory = {
  readonly repository: string;
  /** As in the file; sorted and cleaned where it is read (curve.ts). */
  readonly timesMs: readonly number[];
  readonly stars: readonly number[];
};

export type StarHistories = {
  readonly histories: readonly StarHistory[];
  readonly rowCount: number;
  /** Rows without a date, a repository or a count. */
  readonly skippedCount: number;
};

/** Ten years of 10,000 repositories; a file beyond that is not read to its end. */
const ROWS_MAX = 40_000_000;

/** Reads the lines of such a file as they come. Throws when the header lacks a column. */
export async function readStarHistories(lines: AsyncIterable<string>): Promise<StarHistories> {
  const histories = new Map<string, { repository: string; timesMs: number[]; stars: number[] }>();
  const dates = new Map<string, number>();
  let columns: Columns | null = null;
  let rowCount = 0;
  let skippedCount = 0;
  for await (const line of lines) {
    if (columns === null) {
      columns = columnsOf(line);
      continue;
    }
    if (line === '') continue;
    if (rowCount === ROWS_MAX) throw new Error(`more than ${ROWS_MAX} rows of star counts`);
    rowCount += 1;
    const row = rowOf(line, columns, dates);
    if (row === null) {
      skippedCount += 1;
      continue;
    }
    let history = histories.get(row.repository);
    if (history === undefined) {
      history = { repository: row.repository, timesMs: [], stars: [] };
      histories.set(row.repository, history);
    }
    history.timesMs.push(row.timeMs);
    history.stars.push(row.stars);
  }
  return { histories: [...histories.values()], rowCount, skippedCount };
}

type Columns = { readonly date: number; readonly repo: number; readonly stars: number };
type Row = { readonly repository: string; readonly timeMs: number; readonly stars: number };

function columnsOf(header: string): Columns {
  const names = header
    .replace(/^\uFEFF/, '')
    .trim()
    .split(',');
  const columns = { date: names.indexOf('date'), repo: names.indexOf('repo'), stars: names.indexOf('stars') };
  const missing = Object.entries(columns).find(([, index]) => index < 0);
  if (missing !== undefined)
    throw new Error(`no column named ${missing[0]} in the header "${header.slice(0, 100)}"`);
  return columns;
}

/** `dates` remembers what was parsed: a file has few days and many rows. */
function rowOf(line: string, columns: Columns, dates: Map<string, number>): Row | null {
  const cells = line.trimEnd().split(',');
  const date = cells[columns.date] ?? '';
  const repository = cells[columns.repo] ?? '';
  const stars = cells[columns.stars] ?? '';
  let timeMs = dates.get(date);
  if (timeMs === undefined) {
    timeMs = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
    dates.set(date, timeMs);
  }
  if (Number.isNaN(timeMs) || repository === '' || !/^-?\d+$/.test(stars)) return null;
  return { repository, timeMs, stars: Number(stars) };
}
