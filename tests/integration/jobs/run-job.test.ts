import { expect, test } from 'vitest';
import type { Job } from '#lib/jobs/job.ts';
import { runJob } from '#lib/jobs/run-job.ts';
import { claimSlot, listLatestRuns } from '#lib/jobs/store.ts';
import { createLog } from '#lib/log.ts';
import { seededRandom } from '#lib/random.ts';
import { freshDatabase } from '../../support/database.ts';

async function aScene() {
  const { db, clock } = await freshDatabase({ now: '2026-03-02T07:00:30Z' });
  const lines: string[] = [];
  const log = createLog({ clock, output: { write: (line) => lines.push(line) } }, 'info');
  return { deps: { db, clock, random: seededRandom(1), log }, clock, lines };
}

function aJob(run: Job['run']): Job {
  return { name: 'count', purpose: 'counts', schedule: '* * * * *', deadlineMs: 10_000, run };
}

test('three calls at once do the work of a slot once', async () => {
  const { deps } = await aScene();
  let runs = 0;
  const job = aJob(async () => {
    runs += 1;
    return { papers: 3 };
  });
  const outcomes = await Promise.all([runJob(deps, job), runJob(deps, job), runJob(deps, job)]);
  expect(runs).toBe(1);
  expect(outcomes.filter((outcome) => outcome.kind === 'ran')).toEqual([
    { kind: 'ran', counts: { papers: 3 } },
  ]);
  expect(await runJob(deps, job)).toEqual({ kind: 'already-done' });
});

test('the next slot is work anew', async () => {
  const { deps, clock } = await aScene();
  const job = aJob(async () => ({}));
  await runJob(deps, job);
  clock.set('2026-03-02T07:01:00Z');
  expect(await runJob(deps, job)).toEqual({ kind: 'ran', counts: {} });
});

test('a failed run is recorded, told, and taken up again after a pause until its attempts are used up', async () => {
  const { deps, clock, lines } = await aScene();
  const slot = new Date('2026-03-02T07:00:00Z');
  const job = aJob(() => Promise.reject(new Error('the source is down')));
  expect(await runJob(deps, job, { slot })).toEqual({ kind: 'failed', error: 'the source is down' });
  expect(await runJob(deps, job, { slot })).toEqual({ kind: 'under-way' });
  clock.set('2026-03-02T07:02:00Z');
  expect(await runJob(deps, job, { slot })).toMatchObject({ kind: 'failed' });
  clock.set('2026-03-02T07:10:00Z');
  expect(await runJob(deps, job, { slot })).toMatchObject({ kind: 'failed' });
  expect(await runJob(deps, job, { slot })).toEqual({ kind: 'already-done' });
  expect(await listLatestRuns(deps.db)).toMatchObject([
    { attempts: 3, error: 'the source is down', counts: null },
  ]);
  expect(lines.filter((line) => line.includes('job-failed'))).toHaveLength(3);
});

test('a run that was killed is taken over once its lease is over, and its late end changes nothing', async () => {
  const { deps, clock } = await aScene();
  const slot = new Date('2026-03-02T07:00:00Z');
  const killed = await claimSlot(deps.db, {
    job: 'count',
    slot,
    holder: 'killed',
    now: clock.now(),
    leaseUntil: new Date('2026-03-02T07:05:00Z'),
  });
  expect(killed).not.toBeNull();
  const job = aJob(async () => ({ papers: 1 }));
  expect(await runJob(deps, job, { slot })).toEqual({ kind: 'under-way' });
  clock.set('2026-03-02T07:06:00Z');
  expect(await runJob(deps, job, { slot })).toEqual({ kind: 'ran', counts: { papers: 1 } });
  expect(await listLatestRuns(deps.db)).toMatchObject([{ attempts: 2, counts: { papers: 1 } }]);
});

test('a run that was stopped with its process does not count as run: the slot is done after a restart', async () => {
  const { deps } = await aScene();
  const slot = new Date('2026-03-02T07:00:00Z');
  const process = new AbortController();
  const interrupted = aJob(async () => {
    process.abort();
    return { papers: 1 };
  });
  const stopped = await runJob(deps, interrupted, { slot, signal: process.signal });
  expect(stopped).toEqual({ kind: 'stopped', counts: { papers: 1 } });

  const restarted = await runJob(
    deps,
    aJob(async () => ({ papers: 2 })),
    { slot },
  );
  expect(restarted).toEqual({ kind: 'ran', counts: { papers: 2 } });
  expect(await listLatestRuns(deps.db)).toMatchObject([{ attempts: 1, error: null, counts: { papers: 2 } }]);
});
