import { type Config, toLocalUrl } from '#lib/config/parse.ts';
import { embeddedEnded, usualUrl } from '#lib/db/embedded.ts';
import { say } from '../command.ts';
import { type OpenDatabase, openDatabase } from '../open-database.ts';
import { buildSite, isBuilt } from './build-site.ts';
import { type Child, killChildren } from './child-process.ts';
import { type InstanceInput, keepWorkerRunning, startWeb, startWorker } from './processes.ts';
import { request, untilHealthy, warmUp } from './readiness.ts';
import { aborted } from './stop-signal.ts';

export type Ending = { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly reason: string };

/** What must be closed when the instance ends, for whatever reason. */
type Opened = { readonly children: Child[]; database: OpenDatabase | null };

const STOPPED: Ending = { kind: 'stopped' };
/** The embedded database ends 1.5 s after its last client leaves; a command that still uses it ends it later. */
const DATABASE_END_MS_MAX = 4_000;

/** Opens the database, makes it and the site ready, and runs web server and worker until it is to stop. */
export async function runInstance(input: InstanceInput): Promise<Ending> {
  const opened: Opened = { children: [], database: null };
  try {
    const site = await openSite(input, opened);
    return typeof site === 'string' ? toEnding(input, site) : await serveUntilStopped(input, opened, site);
  } finally {
    await Promise.all(opened.children.map((child) => child.stop()));
    // A build that was running when something else failed.
    killChildren();
    await opened.database?.close();
    if (input.config.databaseUrl === null)
      await embeddedEnded(input.config.dataDirectory, DATABASE_END_MS_MAX);
  }
}

type Site = { readonly web: Child; readonly database: OpenDatabase };

/** The web server on a database that is ready for it, or the reason there is none. */
async function openSite(input: InstanceInput, opened: Opened): Promise<Site | string> {
  const { config, root, signal, isDev } = input;
  const start = (databaseUrl: string) => {
    const web = startWeb(input, databaseUrl);
    opened.children.push(web);
    return web;
  };
  const isReady = isDev || isBuilt(root);
  // Next and the database take 2 s each to start: on a warm start they start at the same time.
  const expectedUrl = config.databaseUrl ?? usualUrl(config.dataDirectory);
  const early = isReady && expectedUrl !== null ? start(expectedUrl) : null;
  if (early !== null) void warmUp(toLocalUrl(config.host, input.port), signal);

  const database = await openDatabase(config, () =>
    say('The embedded database ended unexpectedly; it is open again.'),
  );
  opened.database = database;
  // A build needs no database.
  const [, build] = await Promise.all([
    prepareDatabase(config, database.url),
    isReady ? null : buildSite(root, signal),
  ]);
  if (signal.aborted) return 'stopped';
  if (build?.kind === 'failed') return build.reason;
  if (early !== null && database.url === expectedUrl) return { web: early, database };
  await early?.stop();
  return { web: start(database.url), database };
}

/** Applies pending migrations, and loads the sample edition into an empty database. */
async function prepareDatabase(config: Config, databaseUrl: string): Promise<void> {
  // Loaded only now: Prisma takes half a second to load, in which the web server and the database already start.
  const [{ migrate }, { loadSample }, { createRuntime }] = await Promise.all([
    import('#lib/db/migrate.ts'),
    import('#lib/ingest/load-sample.ts'),
    import('#lib/runtime.ts'),
  ]);
  const { applied } = await migrate(databaseUrl);
  if (applied.length > 0) say(`Applied ${applied.length} migrations to the database.`);
  const { db } = createRuntime({ ...config, databaseUrl });
  try {
    const count = await loadSample(db);
    if (count > 0) say(`Loaded the sample edition, ${count} papers.`);
  } finally {
    await db.$disconnect();
  }
}

async function serveUntilStopped(
  input: InstanceInput,
  opened: Opened,
  { web, database }: Site,
): Promise<Ending> {
  const { config, port, signal, claim } = input;
  const url = toLocalUrl(config.host, port);
  const webEnding = web.ended.then((end) => `The web server ended (${end.reason}).`);
  const trouble = await Promise.race([untilHealthy(url, signal), webEnding, database.lost]);
  if (signal.aborted || trouble !== null) return toEnding(input, trouble ?? 'stopped');

  claim.publish(url);
  process.stdout.write(`Paperboy is at ${url}\n`);
  // The front page is cached before its first reader comes, and before the worker competes for processor and database.
  await Promise.race([request(url), aborted(signal)]);
  const startNext = () => {
    const worker = startWorker(input, database.url);
    opened.children.push(worker);
    return worker;
  };
  const workerEnding = keepWorkerRunning(startNext, signal);
  const reason = await Promise.race([aborted(signal), webEnding, workerEnding, database.lost]);
  return toEnding(input, reason ?? 'stopped');
}

/** What ends after a stop was requested has not failed. */
function toEnding({ signal }: InstanceInput, reason: string): Ending {
  return signal.aborted ? STOPPED : { kind: 'failed', reason };
}
