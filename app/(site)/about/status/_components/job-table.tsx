import type { JobState } from '#app/_data/status.ts';
import { TableScroll } from '#components/ui/table-scroll.tsx';

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** The recurring work, when it was last done, and what came of it. */
export function JobTable({ jobs, now }: { jobs: readonly JobState[]; now: Date }) {
  return (
    <section>
      <h2>The work behind it</h2>
      <p className="faded">
        Times are UTC; it is <time dateTime={now.toISOString()}>{TIME.format(now)}</time>.
      </p>
      <TableScroll label="The work behind it">
        <table className="jobs">
          <thead>
            <tr>
              <th scope="col">Work</th>
              <th scope="col">Last time</th>
              <th scope="col">What came of it</th>
              <th scope="col">Next time</th>
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
  if (latest.error !== null) return latest.endedAt === null ? 'failed, and is tried again' : 'failed';
  if (latest.endedAt === null) return 'under way';
  const counts = Object.entries(latest.counts ?? {}).filter(([, count]) => count > 0);
  return counts.length === 0 ? 'nothing new' : counts.map(([what, count]) => `${count} ${what}`).join(', ');
}
