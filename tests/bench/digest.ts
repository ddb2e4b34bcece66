/**
 * How fast the digest is composed and sent, ledger included: issues for 100,000 subscriptions with 500 distinct
 * queries, then 20,000 of them, each its own, into Postfix's smtp-sink, beside what smtp-source reaches into the same
 * sink with messages of the same size. Again with DKIM (RSA-2048).
 *
 *   node tests/bench/digest.ts [--subscriptions 100000] [--queries 500] [--messages 20000] [--workers 2] [--json]
 *
 * Composing and sending are done by processes of their own, started as `npm start` starts its worker, so that their
 * memory is a worker's. Prints one JSON line; fails where an issue would hold no papers. Without Postfix's programs only composing is measured.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WORKER_NODE_ARGS } from '#lib/cli/instance/processes.ts';
import { systemClock } from '#lib/clock.ts';
import { createDkimKeys } from '#lib/mail/sending/dkim-store.ts';
import { toDay } from '#lib/papers/day.ts';
import { fillPapers, fillSubscriptions, openInstance, SUBJECTS } from '../support/digest-instance.ts';
import type { DigestProcessPlan } from '../support/digest-process.ts';
import { freePort } from '../support/native-postgres.ts';
import { startRelay } from '../support/scripted-relay.ts';

const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '100000' },
    queries: { type: 'string', default: '500' },
    messages: { type: 'string', default: '20000' },
    workers: { type: 'string', default: '2' },
    json: { type: 'boolean', default: true },
  },
});
const WORKER = join(import.meta.dirname, '../support/digest-process.ts');
const CONNECTIONS = 20;
const SINK = '/usr/sbin/smtp-sink';
const SOURCE = '/usr/sbin/smtp-source';
const subscriptions = Number(values.subscriptions);
const queries = Number(values.queries);
const messages = Math.min(Number(values.messages), subscriptions);
const workers = Number(values.workers);

const directory = mkdtempSync(join(tmpdir(), 'paperboy-bench-digest-'));
const instance = await openInstance(directory);
const { db } = instance;
const now = systemClock.now();
await fillPapers(db, toDay(now), 1_000);
await fillSubscriptions(db, {
  count: subscriptions,
  dueAt: new Date(now.getTime() - 60_000),
  addressOf: (reader) => `reader${reader}@d${reader % 200}.example`,
  // Each leaves out another phrase: no two are the same, and each has some hundred papers.
  queryOf: (reader) => `${SUBJECTS[reader % 10]} -"paper ${(reader % queries) + 1}"`,
  papersMax: 10,
});

const compose = await measureCompose();
const sending =
  existsSync(SINK) && existsSync(SOURCE) ? await measureSending() : { skipped: 'no Postfix here' };
console.log(
  JSON.stringify({
    bench: 'digest',
    compose,
    ...sending,
    databasePeakRssMb: peakRssMb(instance.databasePid),
  }),
);
await instance.close();
rmSync(directory, { recursive: true, force: true });
process.exit(0);

async function measureCompose() {
  const plan = { ...planOf('smtp://127.0.0.1:9', null), composeMost: subscriptions };
  const { composed, seconds, peakRssMb } = await runWorker<{ composed: number }>(plan);
  const [ledger] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM issue_paper`;
  const papersPerIssue = Number(((ledger?.count ?? 0) / composed).toFixed(1));
  if (!(papersPerIssue > 0)) throw new Error('The issues hold no papers: what was measured means nothing.');
  return {
    issues: composed,
    distinctQueries: queries,
    papersPerIssue,
    seconds: Number(seconds.toFixed(1)),
    perSecond: Math.round(composed / seconds),
    composerPeakRssMb: peakRssMb,
  };
}

async function measureSending() {
  await db.$executeRaw`UPDATE issue SET send_at = now() + interval '1 day'`;
  const bytes = await messageBytes();
  const port = await freePort();
  const sink = spawn(
    SINK,
    [...(process.getuid?.() === 0 ? ['-u', 'postfix'] : []), `127.0.0.1:${port}`, '1024'],
    {
      stdio: 'ignore',
    },
  );
  await sleep(500);
  try {
    const source = sourceRate(port, bytes);
    const plain = await send(port, null);
    const keys = join(directory, 'dkim');
    await createDkimKeys(keys, 'example.org', 'bench');
    const signed = await send(port, { dkimDirectory: keys, selector: 'bench', domain: 'example.org' });
    const sourceAgain = sourceRate(port, bytes);
    const reference = Math.max(source, sourceAgain);
    return {
      messageBytes: bytes,
      smtpSourcePerSecond: [source, sourceAgain],
      plain: { ...plain, ratio: Number((plain.perSecond / reference).toFixed(3)) },
      dkim: { ...signed, ratio: Number((signed.perSecond / reference).toFixed(3)) },
    };
  } finally {
    sink.kill('SIGTERM');
  }
}

/** Of one of our messages, as it travels. */
async function messageBytes(): Promise<number> {
  const relay = await startRelay({ keepSource: true });
  await release(1);
  await runWorker<{ submitted: number }>(planOf(relay.url, null));
  await relay.close();
  if (relay.taken[0]?.papers.length === 0) throw new Error('The mail holds no papers.');
  return Buffer.byteLength(relay.taken[0]?.source ?? '');
}

function sourceRate(port: number, bytes: number): number {
  const beganMs = performance.now();
  const args = [
    '-s',
    String(CONNECTIONS),
    '-m',
    String(messages),
    '-l',
    String(bytes),
    '-f',
    'a@example.org',
  ];
  const { status } = spawnSync(SOURCE, [...args, '-t', 'b@example.org', `127.0.0.1:${port}`]);
  if (status !== 0) throw new Error(`smtp-source ended with ${status}`);
  return Math.round(messages / ((performance.now() - beganMs) / 1_000));
}

/** Lets the next `count` issues go. */
async function release(count: number): Promise<void> {
  await db.$executeRaw`
    UPDATE issue SET send_at = now() - interval '1 second' WHERE id IN (
      SELECT id FROM issue WHERE state = 'due' AND send_at > now() ORDER BY id LIMIT ${count})`;
}

async function send(port: number, dkim: DigestProcessPlan['dkim']) {
  await release(messages);
  const plan = planOf(`smtp://127.0.0.1:${port}`, dkim);
  const reports = await Promise.all(
    Array.from({ length: workers }, () => runWorker<{ submitted: number }>(plan)),
  );
  const seconds = Math.max(...reports.map((report) => report.seconds));
  const submitted = reports.reduce((sum, report) => sum + report.submitted, 0);
  return {
    submitted,
    workers,
    seconds: Number(seconds.toFixed(1)),
    perSecond: Math.round(submitted / seconds),
    workerPeakRssMb: Math.max(...reports.map((report) => report.peakRssMb)),
  };
}

function planOf(smtpUrl: string, dkim: DigestProcessPlan['dkim']): DigestProcessPlan {
  const pace = { connections: CONNECTIONS, perSecond: 1_000_000, leaseMs: 60_000 };
  return { url: instance.url, smtpUrl, ...pace, isEndless: false, dkim };
}

type Cost = { seconds: number; peakRssMb: number };

function runWorker<Report>(plan: DigestProcessPlan): Promise<Report & Cost> {
  const args = [...WORKER_NODE_ARGS, WORKER, JSON.stringify(plan)];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      const line = output.trim().split('\n').at(-1) ?? '';
      if (code === 0) resolve(JSON.parse(line));
      else reject(new Error(`a worker ended with ${code}`));
    });
  });
}

function peakRssMb(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/status`)) return null;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1_024);
}
