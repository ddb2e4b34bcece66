import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { getStatus } from '#app/_data/status.ts';
import { describePage } from '#app/metadata.ts';
import { CoverageCalendar } from './_components/coverage-calendar.tsx';
import { JobTable } from './_components/job-table.tsx';

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
