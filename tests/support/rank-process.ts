/** One run of the ranking as a process of its own, to be killed: `node rank-process.ts DATABASE_URL AS_OF`. */
import { systemClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { rankPapers } from '#lib/ranking/rank-papers.ts';

const [databaseUrl, asOf] = process.argv.slice(2);
if (databaseUrl === undefined || asOf === undefined)
  throw new Error('Usage: rank-process.ts DATABASE_URL AS_OF');
const db = createDb(databaseUrl, 2);
process.stdout.write('begins\n');
await rankPapers({ db, clock: systemClock }, new Date(asOf));
await db.$disconnect();
