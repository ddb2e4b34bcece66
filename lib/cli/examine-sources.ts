/** What `doctor` says of the sources: which days are whole, who cannot be reached, what is no category. */
import type { Config } from '#lib/config/config.ts';
import { listFailingHosts } from '#lib/http/store.ts';
import { setOfCategory } from '#lib/ingest/arxiv/subject-categories.ts';
import type { Coverage, CoverageState } from '#lib/ingest/coverage.ts';
import { listRecentCoverage } from '#lib/ingest/list-coverage.ts';
import { listLatestRuns } from '#lib/jobs/store.ts';
import type { Runtime } from '#lib/runtime.ts';
import type { Finding } from './finding.ts';

const DAYS = 30;
const TROUBLED: ReadonlySet<CoverageState> = new Set(['partial', 'upstream-late', 'missed']);

export async function examineSources(runtime: Runtime): Promise<{ findings: Finding[]; days: Coverage[] }> {
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
        detail: `${host.failures} failures in a row: ${host.lastError ?? 'no answer'}`,
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
