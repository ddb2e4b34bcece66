/**
 * The composition root: builds the things that reach out of the process (clock, chance, log, database), each when it
 * is first used and once. Verbs take what they need of it as their `deps`.
 */

import { type Config, formatMistakes, readConfig } from '#lib/config/parse.ts';
import { type FetchDeps, toUserAgent } from '#lib/http/fetch-body.ts';
import { createSharedRateLimiter } from '#lib/http/rate-limiter-store.ts';
import { findValidators, recordValidators } from '#lib/http/store.ts';
import { createTransport, type Transport } from '#lib/mail/sending/transport.ts';
import packageJson from '../package.json' with { type: 'json' };
import { type Clock, systemClock, systemSleep } from './clock.ts';
import { createDb, type Db } from './db/client.ts';
import { createLog, type Log } from './log.ts';
import { readMailIdentity } from './mail/identity-store.ts';
import type { MailIdentity } from './mail/message.ts';
import { type Random, systemRandom } from './random.ts';

export type Runtime = {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly db: Db;
  /** The way out to sources: paced over all processes on this database, with its memory of answers. */
  readonly fetch: FetchDeps;
  /** The way out of mail; the same one each time. */
  transport(): Promise<Transport>;
  /** Who this instance is to mail systems; its secret is made when first asked for. */
  identity(): Promise<MailIdentity>;
};

/** The database is `config.databaseUrl`'s, connected to when first queried; using it throws where that is null. */
export function createRuntime(config: Config): Runtime {
  const clock = systemClock;
  let db: Db | undefined;
  let fetch: FetchDeps | undefined;
  let transport: Promise<Transport> | undefined;
  let identity: Promise<MailIdentity> | undefined;
  const runtime: Runtime = {
    config,
    clock,
    random: systemRandom,
    log: createLog({ clock, output: process.stderr }, config.logLevel),
    get db() {
      db ??= createDb(requireDatabaseUrl(config));
      return db;
    },
    get fetch() {
      fetch ??= createFetch(runtime);
      return fetch;
    },
    transport() {
      transport ??= createTransport(config.mail);
      return transport;
    },
    identity() {
      identity ??= readMailIdentity(runtime, config);
      return identity;
    },
  };
  return runtime;
}

/** arXiv's terms: one request in three seconds, over all machines (https://info.arxiv.org/help/api/tou.html). */
const ARXIV_INTERVAL_MS = 3_000;

/** What its keys allow; without one, callers share a quota (https://www.semanticscholar.org/product/api). */
const SEMANTIC_SCHOLAR_INTERVAL_MS = 1_000;

function createFetch({ config, clock, random, db }: Runtime): FetchDeps {
  const arxivHosts = new Set(
    [config.arxivOaiUrl, config.arxivApiUrl, config.arxivFeedUrl].map((url) => new URL(url).host),
  );
  const semanticScholarHost = new URL(config.semanticScholarUrl).host;
  const intervalMsOf = (host: string) => {
    if (arxivHosts.has(host)) return ARXIV_INTERVAL_MS;
    return host === semanticScholarHost ? SEMANTIC_SCHOLAR_INTERVAL_MS : 0;
  };
  return {
    clock,
    random,
    sleep: systemSleep,
    rateLimiter: createSharedRateLimiter({ db, clock, random, sleep: systemSleep }, intervalMsOf),
    memory: {
      find: (url) => findValidators(db, url),
      record: (url, validators) => recordValidators(db, url, { ...validators, fetchedAt: clock.now() }),
    },
    userAgent: toUserAgent(
      packageJson.version,
      [config.contact].filter((contact) => contact !== null),
    ),
  };
}

function requireDatabaseUrl(config: Config): string {
  if (config.databaseUrl !== null) return config.databaseUrl;
  throw new Error(
    'DATABASE_URL is not set; npm start and npm run dev open the embedded database and set it.',
  );
}

/** Of a process whose environment says everything: the web's. The command line opens its own. */
function readRuntime(): Runtime {
  const config = readConfig(process.cwd());
  if (Array.isArray(config)) throw new Error(formatMistakes(config));
  return createRuntime(config);
}

// On globalThis: a development server loads this module anew at every change, and each load would open a pool.
const shared: typeof globalThis & { paperboyRuntime?: Runtime } = globalThis;

function current(): Runtime {
  shared.paperboyRuntime ??= readRuntime();
  return shared.paperboyRuntime;
}

/** This process's own; nothing is read or opened before it is used. */
export const runtime: Runtime = {
  get config() {
    return current().config;
  },
  get clock() {
    return current().clock;
  },
  get random() {
    return current().random;
  },
  get log() {
    return current().log;
  },
  get db() {
    return current().db;
  },
  get fetch() {
    return current().fetch;
  },
  transport: () => current().transport(),
  identity: () => current().identity(),
};
