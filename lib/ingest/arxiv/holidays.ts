/**
 * Evenings on which arXiv makes no announcement that the week would have, as its help page lists them
 * (https://info.arxiv.org/help/availability.html, "On Deferred Mailings"; the lists of 2024 and 2025 from the page's
 * history in github.com/arXiv/arxiv-docs, the names from arXiv's own table in github.com/arXiv/arxiv-base,
 * arxiv/db/arxiv_holidays_seed.sql). arXiv lists them year by year, in the course of the year before or even later,
 * and states no rule, so none is guessed here.
 *
 * A date names the submission deadline that is skipped, and with it the announcement that follows: a Friday's is made
 * on Sunday evening. Checked against which listings exist: after Thursday 2025-06-19 none is dated Friday 06-20,
 * after Friday 2026-06-19 none is dated Monday 06-22.
 */
export const HOLIDAYS: readonly (readonly [skippedOn: string, name: string])[] = [
  ['2024-01-15', 'Martin Luther King Jr. Day'],
  ['2024-05-22', 'arXiv staff retreat'],
  ['2024-06-19', 'Juneteenth'],
  ['2024-07-04', 'Independence Day'],
  ['2024-09-02', 'Labor Day'],
  ['2024-10-08', 'arXiv staff retreat'],
  ['2024-11-28', 'Thanksgiving'],
  ['2024-12-25', 'winter holidays'],
  ['2024-12-26', 'winter holidays'],
  ['2024-12-31', 'winter holidays'],
  ['2025-01-01', "New Year's Day"],
  ['2025-01-20', 'Martin Luther King Jr. Day'],
  ['2025-06-19', 'Juneteenth'],
  ['2025-07-06', 'Independence Day, observed'],
  ['2025-09-01', 'Labor Day'],
  ['2025-11-27', 'Thanksgiving'],
  ['2025-12-25', 'Christmas Day'],
  ['2025-12-30', 'arXiv holiday'],
  ['2026-01-01', "New Year's Day"],
  ['2026-01-19', 'Martin Luther King Jr. Day'],
  ['2026-06-19', 'Juneteenth'],
  ['2026-07-03', 'Independence Day, observed'],
  ['2026-09-07', 'Labor Day'],
  ['2026-11-26', 'Thanksgiving'],
  ['2026-12-25', 'winter holidays'],
  ['2026-12-29', 'winter holidays'],
  ['2026-12-31', 'winter holidays'],
];

/** The years whose list is complete: outside them a holiday looks like an ordinary day. */
export const HOLIDAY_YEARS = { first: 2024, last: 2026 } as const;
