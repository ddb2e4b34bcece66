/**
 * How good the trending order is: `paperboy eval trending` over the daily star counts of the shared data. Arguments are
 * handed on, and come after it.
 *
 *   node tests/bench/trending.ts [--every DAYS] [--window day|week|month] [--worlds COUNT] [--json] …
 */
import { join } from 'node:path';
import { main } from '#lib/cli/main.ts';

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');
const STARS = join(DATA, 'stars/github-stars-daily-2024-08_2025-12.csv.gz');

process.exit(await main(['eval', 'trending', '--stars', STARS, ...process.argv.slice(2)]));
