/**
 * The site as the benchmarks need it: the build of the current sources, the sample edition in a database of its own, the
 * web server on a free port, and `next start` of the same build beside it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite, isBuilt } from '#lib/cli/instance/build-site.ts';
import { openDatabase } from '#lib/cli/open-database.ts';
import { parseConfig } from '#lib/config/parse.ts';
import { createDb } from '#lib/db/client.ts';
import { embeddedEnded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { loadSample } from '#lib/ingest/load-sample.ts';
import { findNewestDay } from '#lib/papers/store.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { ROOT, startNext, startWeb } from './web-server.ts';

const SECRET = 'the-secret-of-the-benchmark';

export type Site = {
  readonly url: string;
  /** Where `next start` serves the same. */
  readonly nextUrl: string;
  /** The day of the sample edition. */
  readonly day: string;
  readonly database: CountingProxy;
  /** Drops all cached pages, as an ingest does. */
  readonly clearCache: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function startSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const config = parseConfig({ PAPERBOY_DIR: folder }, ROOT);
  if (Array.isArray(config)) throw new Error('The settings of the benchmark are wrong.');
  const opened = await openDatabase(config);
  const day = await loadEdition(opened.url);
  if (!isBuilt(ROOT)) {
    const build = await buildSite(ROOT, new AbortController().signal);
    if (build.kind === 'failed') throw new Error(build.reason);
  }
  const database = await startCountingProxy(opened.url);
  const settings = { PAPERBOY_DIR: folder, DATABASE_URL: database.url, CRON_SECRET: SECRET };
  const web = await startWeb('localhost', settings);
  const next = await startNext('localhost', settings).catch(async (error: unknown) => {
    await web.stop();
    throw error;
  });
  const { url } = web;
  const clearCache = async () => {
    const headers = { authorization: `Bearer ${SECRET}` };
    const { status } = await fetch(`${url}/api/papers-changed`, { method: 'POST', headers });
    if (status !== 204) throw new Error(`The cache was not cleared: ${status}.`);
  };
  const stop = async () => {
    await Promise.all([web.stop(), next.stop()]);
    database.close();
    await opened.close();
    await embeddedEnded(folder, 10_000);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, nextUrl: next.url, day, database, clearCache, stop };
}

async function loadEdition(databaseUrl: string): Promise<string> {
  await migrate(databaseUrl);
  const db = createDb(databaseUrl);
  await loadSample(db);
  const day = await findNewestDay(db);
  await db.$disconnect();
  if (day === null) throw new Error('The sample edition was not loaded.');
  return day;
}
