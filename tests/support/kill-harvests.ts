/** Harvests killed at random instants, one after another on one database, and what they leave behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#lib/db/client.ts';
import { seededRandom } from '#lib/random.ts';
import { type ArxivReplay, listOf, recordedPages, repage, startArxivReplay } from './arxiv-replay.ts';
import { dumpPapers } from './dump-papers.ts';

const FILE = join(import.meta.dirname, 'harvest-process.ts');

export type KillReport = {
  /** Processes that got `kill -9` in the middle of a harvest. */
  readonly kills: number;
  /** Whether every database that killed and resumed harvests completed is that of an undisturbed one. */
  readonly equal: boolean;
  readonly papers: number;
  /** Databases completed: each time one is, it is compared and emptied. */
  readonly harvests: number;
  readonly requests: number;
  readonly pages: number;
};

export type KillPlan = {
  readonly kills: number;
  readonly seed: number;
  /** How many of the recorded records, on pages of how many. */
  readonly records: number;
  readonly pageRecords: number;
  /** A process is killed at a random instant up to this long after its first request. */
  readonly withinMs: number;
};

export async function killHarvests(database: { db: Db; url: string }, plan: KillPlan): Promise<KillReport> {
  const pages = repage(recordedPages(), plan.records, plan.pageRecords);
  const server = await startArxivReplay({ oai: listOf(pages) });
  try {
    await harvestToTheEnd(database, server);
    const undisturbed = await hashOf(database.db);
    const papers = await database.db.paper.count();
    const { fraction } = seededRandom(plan.seed);
    let harvests = 0;
    let kills = 0;
    let equal = true;
    await empty(database.db);
    while (kills < plan.kills) {
      const isKilled = await harvestUntil(database, server, fraction() * plan.withinMs);
      if (isKilled) kills += 1;
      if (isKilled && kills < plan.kills) continue;
      if (isKilled) await harvestToTheEnd(database, server);
      harvests += 1;
      equal = equal && (await hashOf(database.db)) === undisturbed;
      await empty(database.db);
    }
    return { kills, equal, papers, harvests, requests: server.requests.length, pages: pages.length };
  } finally {
    await server.close();
  }
}

/** True when it was killed, false when it had completed before. */
async function harvestUntil(
  { url }: { url: string },
  server: ArxivReplay,
  delayMs: number,
): Promise<boolean> {
  const before = server.requests.length;
  const child = startHarvest(url, server);
  const ended = once(child, 'exit');
  while (server.requests.length === before && child.exitCode === null) await sleep(2);
  await Promise.race([ended, sleep(delayMs)]);
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`A harvest ended with code ${code}.`);
  return signal === 'SIGKILL';
}

async function harvestToTheEnd({ url }: { url: string }, server: ArxivReplay): Promise<void> {
  const [code] = await once(startHarvest(url, server), 'exit');
  if (code !== 0) throw new Error(`The undisturbed harvest ended with code ${code}.`);
}

function startHarvest(url: string, server: ArxivReplay): ChildProcess {
  return spawn(process.execPath, [FILE, url, server.oaiUrl], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function hashOf(db: Db): Promise<string> {
  const dump = await dumpPapers(db);
  return createHash('sha256')
    .update(JSON.stringify([...dump]))
    .digest('hex');
}

async function empty(db: Db): Promise<void> {
  await db.$executeRaw`TRUNCATE paper, harvest RESTART IDENTITY CASCADE`;
}
