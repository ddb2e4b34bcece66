import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { type JobsDeps, listJobs } from '#lib/jobs/list-jobs.ts';

test('vercel.json calls every job on its own schedule', () => {
  const unused = (): never => {
    throw new Error('listing jobs asks nothing of the outside');
  };
  const outside = new Proxy({}, { get: unused });
  const deps = { db: outside, fetch: outside, config: {}, clock: systemClock } as unknown as JobsDeps;
  const jobs = listJobs(deps).map(({ name, schedule }) => ({ path: `/api/cron/${name}`, schedule }));
  const { crons } = JSON.parse(readFileSync(new URL('../../../vercel.json', import.meta.url), 'utf8'));
  expect(crons).toEqual(jobs);
});
