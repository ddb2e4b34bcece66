import { toLocalUrl } from '#lib/config/config.ts';
import { embeddedEnded, usualUrl } from '#lib/db/embedded.ts';
import { type OpenDatabase, openDatabase } from '../open-database.ts';
import { say } from '../print.ts';
import { buildSite } from './build-site.ts';
import { type Child, killChildren } from './child-process.ts';
import { keepWorking } from './keep-working.ts';
import { type InstanceInput, startWeb, startWorker } from './part.ts';
import { isBuilt } from './site-build.ts';
import { aborted } from './stop-signal.ts';
import { untilHealthy } from './until-healthy.ts';
import { askOnce, warmUp } from './warm-up.ts';

export type Ending = { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly reason: string };

/** What is to be closed when the instance ends, whatever it ends by. */
type Opened = { readonly children: Child[]; database: OpenDatabase | null };

const STOPPED: Ending = { kind: 'stopped' };
/** The embedded database ends 1.5 s after its last client; a command that still uses it will see it end. */
const DATABASE_END_MS_MAX = 4_000;

/** Opens the database, makes it and the site ready, and runs web server and worker until it is to stop. */
export async function runInstance(input: InstanceInput): Promise<Ending> {
  const opened: Opened = { children: [], database: null };
  try {
    const site = await openSite(input, opened);
    return typeof site === 'string' ? toEnding(input, site) : await serveUntilStopped(input, opened, site);
  } finally {
    await Promise.all(opened.children.map((child) => child.stop()));
    // A build that was under way when something else failed.
    killChildren();
    await opened.database?.close();
    if (input.config.databaseUrl === null)
      await embeddedEnded(input.config.dataDirectory, DATABASE_END_MS_MAX);
  }
}

type Site = { readonly web: Child; readonly database: OpenDatabase };

/** The web server on a database that is ready for it, or why there is none. */
async function openSite(input: InstanceInput, opened: Opened): Promise<Site | string> {
  const { config, root, signal, isDev } = input;
  const start = (databaseUrl: string) => {
    const web = startWeb(input, databaseUrl);
    opened.children.push(web);
    return web;
  };
  const isReady = isDev || isBuilt(root);
  // Next loads for as long as the database opens (2 s each): on a warm start neither waits for the other.
  const expectedUrl = config.databaseUrl ?? usualUrl(config.dataDirectory);
  const early = isReady && expectedUrl !== null ? start(expectedUrl) : null;
  if (early !== null) void warmUp(toLocalUrl(config.host, input.port), signal);

  const database = await openDatabase(config, () => say('The embedded database had died; it is open again.'));
  opened.database = database;
  // Loaded only now, since Prisma takes its time too. A build asks no database anything.
  const { prepareDatabase } = await import('./prepare-database.ts');
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
  // The front page is made before its first reader asks for it, and before the worker asks for processor and database.
  await Promise.race([askOnce(url), aborted(signal)]);
  const startNext = () => {
    const worker = startWorker(input, database.url);
    opened.children.push(worker);
    return worker;
  };
  const working = keepWorking(startNext, signal);
  const reason = await Promise.race([aborted(signal), webEnding, working, database.lost]);
  return toEnding(input, reason ?? 'stopped');
}

/** Whatever ended because it was told to stop has not failed. */
function toEnding({ signal }: InstanceInput, reason: string): Ending {
  return signal.aborted ? STOPPED : { kind: 'failed', reason };
}
