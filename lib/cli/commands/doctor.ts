import { Resolver } from 'node:dns/promises';
import { accessSync, constants, mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import pg from 'pg';
import { type Config, listSettings } from '#lib/config/parse.ts';
import { listPending } from '#lib/db/migrate.ts';
import { listFailingHosts } from '#lib/http/rate-limiter-store.ts';
import { setOfCategory } from '#lib/ingest/arxiv/subject-categories.ts';
import type { Coverage, CoverageState } from '#lib/ingest/coverage.ts';
import { listRecentCoverage } from '#lib/ingest/list-coverage.ts';
import { listLatestRuns } from '#lib/jobs/store.ts';
import { describeError } from '#lib/log.ts';
import { checkSendingDomain, type ResolveTxt } from '#lib/mail/check-sending-domain.ts';
import { findStoredSecret, readSecretFile } from '#lib/mail/identity-store.ts';
import { parseSmtpUrl } from '#lib/mail/sending/smtp-target.ts';
import { toDay } from '#lib/papers/day.ts';
import { findNewestDay } from '#lib/papers/store.ts';
import { createRuntime, type Runtime } from '#lib/runtime.ts';
import { DAY_MS } from '#lib/time.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run } from '../command.ts';
import { findInstance } from '../instance/claim-instance.ts';
import { openDatabase } from '../open-database.ts';

export function defineDoctor(command: Command, run: Run): void {
  command.option('--json', JSON_OPTION, false).action(run(examine));
}

/** One line of the answer. `warn`: works, but needs attention. */
type Finding = {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
};

/** Longer than lists pause over weekends and holidays. */
const EDITION_DAYS_MAX = 7;
/** An instance whose newest papers are older than this does not do its work. */
const EDITION_DAYS_BROKEN = 30;
const POSTGRES_VERSION_MIN = 15;
const RESPONSE_MS_MAX = 5_000;

/** Checks everything an instance needs; fails if something does not work. */
async function examine({ config }: Context, flags: { json: boolean }): Promise<ExitCode> {
  const database = await examineDatabase(config);
  const findings: Finding[] = [
    { name: 'node', state: 'ok', detail: process.version },
    ...listSettings().map(({ name, value }) => ({ name, state: 'ok' as const, detail: value })),
    examineFolder(config.dataDirectory),
    ...database.findings,
    await examineWeb(config),
    ...(await examineMail(config)),
  ];
  const hasFailed = findings.some(({ state }) => state === 'fail');
  answer(flags.json, { ok: !hasFailed, findings, days: database.days }, formatFindings(findings));
  return hasFailed ? EXIT.failed : EXIT.ok;
}

function examineFolder(folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return { name: 'data folder', state: 'ok', detail: folder };
  } catch (error) {
    return { name: 'data folder', state: 'fail', detail: describeError(error) };
  }
}

type DatabaseFindings = { findings: Finding[]; days: readonly Coverage[] };

async function examineDatabase(config: Config): Promise<DatabaseFindings> {
  try {
    const database = await openDatabase(config);
    try {
      const pending = await listPending(database.url);
      const findings: Finding[] = toPostgresFindings(await inspectPostgres(database.url), config);
      if (pending.length > 0) {
        findings.push({ name: 'migrations', state: 'warn', detail: `pending: ${pending.join(', ')}` });
        return { findings, days: [] };
      }
      findings.push({ name: 'migrations', state: 'ok', detail: 'all applied' });
      const papers = await examinePapers(config, database.url);
      return { findings: [...findings, ...papers.findings], days: papers.days };
    } finally {
      await database.close();
    }
  } catch (error) {
    return { findings: [{ name: 'database', state: 'fail', detail: describeError(error) }], days: [] };
  }
}

function toPostgresFindings(
  postgres: Awaited<ReturnType<typeof inspectPostgres>>,
  config: Config,
): Finding[] {
  const kind = config.databaseUrl === null ? 'embedded' : 'by DATABASE_URL';
  const extensions = postgres.extensions.length === 0 ? 'none' : postgres.extensions.join(', ');
  return [
    {
      name: 'database',
      state: postgres.major >= POSTGRES_VERSION_MIN ? 'ok' : 'fail',
      detail: `Postgres ${postgres.version}, ${kind}`,
    },
    { name: 'extensions', state: 'ok', detail: `available: ${extensions}` },
    postgres.extensions.includes('pg_textsearch')
      ? { name: 'search', state: 'ok', detail: 'ranked with pg_textsearch (BM25)' }
      : {
          name: 'search',
          state: 'warn',
          detail: 'plain: this server has no pg_textsearch, so ranking is slower and less exact',
        },
  ];
}

async function examinePapers(config: Config, databaseUrl: string): Promise<DatabaseFindings> {
  const runtime = createRuntime({ ...config, databaseUrl });
  try {
    const edition = await examineEdition(runtime);
    const { findings, days } = await examineSources(runtime);
    return { findings: [edition, await examineMailSecret(runtime), ...findings], days };
  } finally {
    await runtime.db.$disconnect();
  }
}

async function examineEdition({ db, clock }: Runtime): Promise<Finding> {
  const newest = await findNewestDay(db);
  if (newest === null) return { name: 'newest edition', state: 'warn', detail: 'there are no papers yet' };
  const days = Math.round((Date.parse(toDay(clock.now())) - Date.parse(newest)) / DAY_MS);
  const state = days > EDITION_DAYS_BROKEN ? 'fail' : days > EDITION_DAYS_MAX ? 'warn' : 'ok';
  return { name: 'newest edition', state, detail: `${newest}, ${days} days old` };
}

/** A replica of an earlier version may have signed links with a secret of its own, which are invalid now. */
async function examineMailSecret({ db, config }: Runtime): Promise<Finding> {
  const name = 'mail secret';
  if (config.mail.secret !== null)
    return { name, state: 'ok', detail: 'MAIL_SECRET; must be the same on every machine' };
  const [stored, file] = await Promise.all([findStoredSecret(db), readSecretFile(config.dataDirectory)]);
  return file !== null && stored !== null && file !== stored
    ? {
        name,
        state: 'warn',
        detail:
          'the file mail-secret in the data folder differs from the database; links signed with it are invalid',
      }
    : { name, state: 'ok', detail: 'in the database' };
}

async function examineWeb(config: Config): Promise<Finding> {
  const instance = findInstance(config.dataDirectory);
  if (instance === null)
    return { name: 'web', state: 'warn', detail: 'no instance runs on this data folder' };
  if (instance.url === null) return { name: 'web', state: 'warn', detail: 'an instance is starting' };
  try {
    const response = await fetch(`${instance.url}/api/health`, {
      signal: AbortSignal.timeout(RESPONSE_MS_MAX),
    });
    await response.body?.cancel();
    const detail = `${instance.url} responds with status ${response.status}`;
    return { name: 'web', state: response.ok ? 'ok' : 'fail', detail };
  } catch (error) {
    return { name: 'web', state: 'fail', detail: `${instance.url}: ${describeError(error)}` };
  }
}

function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .map(({ name, state, detail }) => `${state.padEnd(4)}  ${name.padEnd(width)}  ${detail}`)
    .join('\n');
}

type Postgres = {
  /** For example `18.0`. */
  readonly version: string;
  readonly major: number;
  /** Extensions that Paperboy can use and this server has, installed or not. */
  readonly extensions: readonly string[];
};

const USEFUL_EXTENSIONS = ['pg_textsearch', 'pg_trgm', 'unaccent', 'vector'];
const CONNECT_MS_MAX = 10_000;

/** Throws if the server cannot be reached. */
async function inspectPostgres(url: string): Promise<Postgres> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS_MAX });
  await client.connect();
  try {
    const version = await client.query<{ server_version: string }>('SHOW server_version');
    const available = await client.query<{ name: string }>(
      'SELECT name FROM pg_available_extensions WHERE name = ANY($1) ORDER BY name',
      [USEFUL_EXTENSIONS],
    );
    const text = version.rows[0]?.server_version ?? '';
    return {
      version: text,
      major: Number.parseInt(text, 10),
      extensions: available.rows.map(({ name }) => name),
    };
  } finally {
    await client.end();
  }
}

const DAYS = 30;
const TROUBLED: ReadonlySet<CoverageState> = new Set(['partial', 'upstream-late', 'missed']);

async function examineSources(runtime: Runtime): Promise<{ findings: Finding[]; days: Coverage[] }> {
  const [days, hosts, runs] = await Promise.all([
    listRecentCoverage(runtime, DAYS),
    listFailingHosts(runtime.db),
    listLatestRuns(runtime.db),
  ]);
  const findings: Finding[] = [
    examineCategories(runtime.config),
    summarise(days),
    ...days
      .filter((day) => TROUBLED.has(day.state))
      .map((day): Finding => ({ name: day.day, state: 'warn', detail: day.sentence })),
    ...hosts.map(
      (host): Finding => ({
        name: host.host,
        state: 'warn',
        detail: `${host.failures} failures in a row: ${host.lastError ?? 'no response'}`,
      }),
    ),
    ...runs.flatMap((run): Finding[] =>
      run.error === null ? [] : [{ name: `job ${run.job}`, state: 'warn', detail: run.error }],
    ),
  ];
  return { findings, days };
}

function examineCategories(config: Config): Finding {
  const unknown = config.arxivCategories.filter((category) => setOfCategory(category) === null);
  return unknown.length === 0
    ? { name: 'categories', state: 'ok', detail: config.arxivCategories.join(' ') }
    : { name: 'categories', state: 'warn', detail: `arXiv has no ${unknown.join(', ')}` };
}

function summarise(days: readonly Coverage[]): Finding {
  const counts = new Map<CoverageState, number>();
  for (const { state } of days) counts.set(state, (counts.get(state) ?? 0) + 1);
  const words = [...counts].map(([state, count]) => `${count} ${state.replaceAll('-', ' ')}`);
  return { name: `arXiv, ${DAYS} days`, state: 'ok', detail: words.join(', ') };
}

const DNS_MS_MAX = 3_000;

/** Makes no DNS requests if mail does not leave this machine. */
async function examineMail(config: Config): Promise<Finding[]> {
  const { mail } = config;
  if (mail.smtpUrl === null) {
    return [{ name: 'mail', state: 'ok', detail: `not sent: written to ${mail.outboxDirectory}` }];
  }
  const { host, port } = parseSmtpUrl(mail.smtpUrl);
  const isHttps = config.baseUrl.startsWith('https:');
  return [
    { name: 'mail', state: 'ok', detail: `submitted to ${host}:${port}, from ${mail.from}` },
    isHttps
      ? { name: 'unsubscribe links', state: 'ok', detail: 'https, as one-click unsubscribe requires' }
      : {
          name: 'unsubscribe links',
          state: 'warn',
          detail: 'BASE_URL is not https, so mailbox providers ignore them',
        },
    ...(await checkSendingDomain({ resolveTxt }, mail)),
  ];
}

const resolveTxt: ResolveTxt = (name) => new Resolver({ timeout: DNS_MS_MAX, tries: 1 }).resolveTxt(name);
