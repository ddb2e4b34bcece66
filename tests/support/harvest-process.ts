/**
 * A harvest as a process of its own, to be killed: `node harvest-process.ts DATABASE_URL OAI_URL`. It is 8 March 2023,
 * the day after the recorded pages; its turns are those that all processes share, but short.
 */
import { fixedClock, systemSleep } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { createSharedRateLimiter } from '#lib/http/rate-limiter-store.ts';
import { harvestArxiv } from '#lib/ingest/harvest-arxiv.ts';
import { systemRandom } from '#lib/random.ts';

const INTERVAL_MS = 5;
/** How long the turn of one that was killed keeps the next one waiting. */
const LEASE_MS = 300;

const [databaseUrl, baseUrl] = process.argv.slice(2);
if (databaseUrl === undefined || baseUrl === undefined)
  throw new Error('Usage: harvest-process.ts DATABASE_URL OAI_URL');
const db = createDb(databaseUrl, 2);
const clock = fixedClock('2023-03-08T04:00:00Z');
const paced = { db, clock, random: systemRandom, sleep: systemSleep };
const rateLimiter = createSharedRateLimiter(paced, () => INTERVAL_MS, LEASE_MS);
const report = await harvestArxiv(
  { db, fetch: { ...paced, rateLimiter, userAgent: 'Paperboy/test' } },
  { baseUrl, set: null, metadataPrefix: 'oai_dc', since: '2023-03-07' },
);
await db.$disconnect();
process.exit(report.isComplete ? 0 : 1);
