/**
 * The site as the benchmarks need it: a build with their pages (`PAPERBOY_BENCH`, next.config.ts), the sample edition in a
 * database of its own, and the web server on a free port, with `next start` of the same beside it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { hashSources } from '#lib/cli/instance/build-site.ts';
import { openDatabase } from '#lib/cli/open-database.ts';
import { childEnvironment, parseConfig } from '#lib/config/parse.ts';
import { createDb } from '#lib/db/client.ts';
import { embeddedEnded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { loadSample } from '#lib/ingest/load-sample.ts';
import { countCategoriesOfList, listPapers } from '#lib/papers/list-store.ts';
import type { PaperList } from '#lib/papers/paper-list.ts';
import { findNeighbourDays, findNewestDay } from '#lib/papers/store.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { NEXT, ROOT, startNext, startWeb } from './web-server.ts';

const STAMP = join(ROOT, 'tests/bench/.next/paperboy-sources');
const SECRET = 'the-secret-of-the-benchmark';

export type Site = {
  readonly url: string;
  /** Where `next start` serves the same. */
  readonly nextUrl: string;
  /** The day of the sample edition. */
  readonly day: string;
  readonly database: CountingProxy;
  /** Makes every kept page void, as an ingest does. */
  readonly forgetPages: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function startSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const config = parseConfig({ PAPERBOY_DIR: folder }, ROOT);
  if (Array.isArray(config)) throw new Error('The settings of the benchmark are wrong.');
  const kept = await openDatabase(config);
  const snapshot = join(folder, 'edition.json');
  const day = await bringEdition(kept.url, snapshot);

  const variables = { NODE_ENV: 'production' as const, PAPERBOY_BENCH: snapshot, PAPERBOY_DIR: folder };
  await buildIfStale(childEnvironment(variables));
  const database = await startCountingProxy(kept.url);
  const settings = { ...variables, DATABASE_URL: database.url, CRON_SECRET: SECRET };
  const web = await startWeb('localhost', settings);
  const next = await startNext('localhost', settings).catch(async (error: unknown) => {
    await web.stop();
    throw error;
  });
  const { url } = web;
  const forgetPages = async () => {
    const authorization = `Bearer ${SECRET}`;
    const { status } = await fetch(`${url}/api/papers-changed`, {
      method: 'POST',
      headers: { authorization },
    });
    if (status !== 204) throw new Error(`The pages were not forgotten: ${status}.`);
  };
  const stop = async () => {
    await Promise.all([web.stop(), next.stop()]);
    database.close();
    await kept.close();
    await embeddedEnded(folder, 10_000);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, nextUrl: next.url, day, database, forgetPages, stop };
}

/** Loads the sample edition, and records what its page is made of, so that the static one is made of the same. */
async function bringEdition(databaseUrl: string, file: string): Promise<string> {
  await migrate(databaseUrl);
  const db = createDb(databaseUrl);
  await loadSample(db);
  const day = await findNewestDay(db);
  if (day === null) throw new Error('The sample edition was not loaded.');
  const list: PaperList = { kind: 'day', day };
  const { papers, total } = await listPapers(db, list, { sort: 'trending', limit: 100 });
  const categories = await countCategoriesOfList(db, list, 14);
  const neighbours = await findNeighbourDays(db, day);
  await db.$disconnect();
  const edition = { day, papers, total, page: 1, pages: 1, newest: day, ...neighbours };
  writeFileSync(file, JSON.stringify({ edition, categories, gap: null }));
  return day;
}

async function buildIfStale(environment: NodeJS.ProcessEnv): Promise<void> {
  const hash = hashSources(ROOT);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  process.stderr.write('Building the site for the benchmark …\n');
  const build = spawn(process.execPath, [NEXT, 'build'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, failed] = await Promise.all([text(build.stdout), text(build.stderr), once(build, 'exit')]);
  if (build.exitCode !== 0) throw new Error(`The site could not be built:\n${said}${failed}`);
  writeFileSync(STAMP, hash);
}
