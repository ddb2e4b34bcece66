import { accessSync, constants, mkdirSync } from 'node:fs';
import { type Config, listSettings } from '#lib/config/config.ts';
import { listPending } from '#lib/db/migrate.ts';
import type { Coverage } from '#lib/ingest/coverage.ts';
import { describeError } from '#lib/log.ts';
import { toDay } from '#lib/papers/day.ts';
import { findNewestDay } from '#lib/papers/store.ts';
import { createRuntime, type Runtime } from '#lib/runtime.ts';
import { DAY_MS } from '#lib/time.ts';
import type { Context } from './command.ts';
import { examineMail } from './examine-mail.ts';
import { examineSources } from './examine-sources.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Finding } from './finding.ts';
import { inspectPostgres } from './inspect-postgres.ts';
import { findInstance } from './instance/instance.ts';
import { openDatabase } from './open-database.ts';
import { answer } from './print.ts';

/** Lists pause over weekends and holidays; a week without a paper is more than that. */
const EDITION_DAYS_MAX = 7;
const POSTGRES_VERSION_MIN = 15;
const ANSWER_MS_MAX = 5_000;

/** Looks at everything an instance needs and says how it is; fails when something does not work. */
export async function examine({ config }: Context, options: { isJson: boolean }): Promise<ExitCode> {
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
  answer(options.isJson, { ok: !hasFailed, findings, days: database.days }, formatFindings(findings));
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
  ];
}

async function examinePapers(config: Config, databaseUrl: string): Promise<DatabaseFindings> {
  const runtime = createRuntime({ ...config, databaseUrl });
  try {
    const edition = await examineEdition(runtime);
    const { findings, days } = await examineSources(runtime);
    return { findings: [edition, ...findings], days };
  } finally {
    await runtime.db.$disconnect();
  }
}

async function examineEdition({ db, clock }: Runtime): Promise<Finding> {
  const newest = await findNewestDay(db);
  if (newest === null) return { name: 'newest edition', state: 'warn', detail: 'there are no papers yet' };
  const days = Math.round((Date.parse(toDay(clock.now())) - Date.parse(newest)) / DAY_MS);
  const state = days > EDITION_DAYS_MAX ? 'warn' : 'ok';
  return { name: 'newest edition', state, detail: `${newest}, ${days} days old` };
}

async function examineWeb(config: Config): Promise<Finding> {
  const instance = findInstance(config.dataDirectory);
  if (instance === null)
    return { name: 'web', state: 'warn', detail: 'no instance runs on this data folder' };
  if (instance.url === null) return { name: 'web', state: 'warn', detail: 'an instance is starting' };
  try {
    const response = await fetch(`${instance.url}/api/health`, {
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    await response.body?.cancel();
    const detail = `${instance.url} answers with status ${response.status}`;
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
