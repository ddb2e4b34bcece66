import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { getStatus, type JobState } from '#app/_data/status.ts';
import { describePage } from '#app/metadata.ts';
import { TableScroll } from '#components/ui/table-scroll.tsx';
import { CoverageCalendar } from './_components/coverage-calendar.tsx';

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/about/status',
    title: 'Is the paper complete?',
    description: 'What arXiv announced on each of the last 30 days, and what of it is here.',
    type: 'website',
  });
}

export default async function StatusPage() {
  const { days, jobs, failingHosts, now } = await getStatus();
  return (
    <div className="mx-auto max-w-[60rem] pt-6 pb-12">
      <h1 className="text-title">Is the paper complete?</h1>
      <p className="standfirst">
        What arXiv announced on each of the last {days.length} days, and what of it is here.
      </p>
      <CoverageCalendar days={days} />
      {failingHosts.length > 0 && (
        <section>
          <h2 className="ruled-heading">Sources that cannot be reached</h2>
          <ul>
            {failingHosts.map((host) => (
              <li key={host.host}>
                {host.host}: {host.lastError ?? 'no answer'} ({host.failures} times in a row)
              </li>
            ))}
          </ul>
        </section>
      )}
      <JobTable jobs={jobs} now={now} />
    </div>
  );
}

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** The recurring jobs: last run, its result and next run. */
function JobTable({ jobs, now }: { jobs: readonly JobState[]; now: Date }) {
  return (
    <section>
      <h2 className="ruled-heading">Scheduled jobs</h2>
      <p className="text-faded">
        Times are in UTC; it is now <time dateTime={now.toISOString()}>{TIME.format(now)}</time>.
      </p>
      <TableScroll label="Scheduled jobs">
        <table className="ruled-table w-full text-[0.9rem]">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Last run</th>
              <th scope="col">Result</th>
              <th scope="col">Next run</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.name}>
                <th scope="row">{job.purpose}</th>
                <td>{job.latest === null ? 'not yet' : TIME.format(job.latest.beganAt)}</td>
                <td>{outcomeOf(job)}</td>
                <td>{TIME.format(job.nextAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </section>
  );
}

function outcomeOf({ latest }: JobState): string {
  if (latest === null) return '';
  if (latest.error !== null) return latest.endedAt === null ? 'failed, will be retried' : 'failed';
  if (latest.endedAt === null) return 'running';
  const counts = Object.entries(latest.counts ?? {}).filter(([, count]) => count > 0);
  return counts.length === 0 ? 'nothing new' : counts.map(([what, count]) => `${count} ${what}`).join(', ');
}
