/** Workers of the digest, killed at random instants and started again, while the tallies are looked at. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#lib/db/client.ts';
import { listTallies } from '#lib/digest/status-store.ts';
import { isBalanced } from '#lib/digest/tally.ts';
import { seededRandom } from '#lib/random.ts';
import type { DigestProcessPlan } from './digest-process.ts';
import type { ScriptedRelay } from './scripted-relay.ts';

const FILE = join(import.meta.dirname, 'digest-process.ts');

export type KillReport = {
  readonly kills: number;
  /** Killed while issues were being sent. */
  readonly killsWhileSending: number;
  readonly balancedAtEveryRestart: boolean;
  readonly submitted: number;
  readonly uncertain: number;
  /** Connections of killed workers, added up: each may leave one issue uncertain. */
  readonly uncertainAllowed: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly repeatedPapers: number;
  readonly unfinished: number;
};

function startWorker(plan: DigestProcessPlan): Promise<ChildProcess> {
  const child = spawn(process.execPath, [FILE, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`a worker ended by itself (${code})`)));
  });
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Two workers over the issues that `db` has due, killed `kills` times; then they may end. */
export async function killSenders(
  { db, relay }: { db: Db; relay: ScriptedRelay },
  plan: DigestProcessPlan & {
    kills: number;
    seed: number;
    withinMs: number;
    onKill?: (kills: number) => void;
  },
): Promise<Omit<KillReport, 'repeatedPapers'>> {
  const random = seededRandom(plan.seed);
  const workers = await Promise.all([startWorker(plan), startWorker(plan)]);
  let balanced = true;
  let killsWhileSending = 0;
  for (let kills = 0; kills < plan.kills; kills += 1) {
    await sleep(random.fraction() * plan.withinMs);
    const place = random.fraction() < 0.5 ? 0 : 1;
    const before = relay.taken.length;
    await kill(workers[place] as ChildProcess);
    balanced &&= (await listTallies(db, 10)).every(isBalanced);
    workers[place] = await startWorker(plan);
    if (relay.taken.length > before) killsWhileSending += 1;
    plan.onKill?.(kills + 1);
  }
  const unfinished = await untilFinished(db);
  await Promise.all(workers.map(kill));
  const [tally] = await listTallies(db, 1);
  balanced &&= tally !== undefined && isBalanced(tally);
  return {
    kills: plan.kills,
    killsWhileSending,
    balancedAtEveryRestart: balanced,
    submitted: tally?.counts.submitted ?? 0,
    uncertain: tally?.counts.uncertain ?? 0,
    uncertainAllowed: plan.kills * plan.connections,
    duplicates: relay.taken.length - new Set(relay.taken.map(({ messageId }) => messageId)).size,
    lost: await countLost(db, relay),
    unfinished,
  };
}

/** Issues that nobody finished within ten minutes; deferred ones wait for their time, which is no loss. */
async function untilFinished(db: Db): Promise<number> {
  let left = Number.POSITIVE_INFINITY;
  for (let second = 0; second < 600 && left > 0; second += 1) {
    left = await db.issue.count({ where: { state: { in: ['due', 'submitting'] } } });
    if (left > 0) await sleep(1_000);
  }
  return left;
}

/** Called submitted, and never seen by the relay. */
async function countLost(db: Db, relay: ScriptedRelay): Promise<number> {
  const seen = new Set(relay.taken.map(({ messageId }) => messageId.split('@')[0]));
  const issues = await db.issue.findMany({ where: { state: 'submitted' }, select: { id: true } });
  return issues.filter(({ id }) => !seen.has(`issue.${id.toString(36)}`)).length;
}

/** Papers that a reader got in more than one message. */
export function countRepeats(relay: ScriptedRelay): number {
  const had = new Map<string, Set<string>>();
  let repeats = 0;
  for (const { to, papers } of relay.taken) {
    const known = had.get(to) ?? new Set();
    had.set(to, known);
    for (const paper of papers) {
      if (known.has(paper)) repeats += 1;
      known.add(paper);
    }
  }
  return repeats;
}
