import { formatDayNear } from '#components/edition/dateline.ts';
import type { BouncedMailbox, UncertainIssue } from '#lib/digest/status-store.ts';
import type { DomainRest } from '#lib/mail/sending/pace-store.ts';
import { formatMoment } from './moment.ts';

const ROW =
  'grid items-baseline gap-x-6 gap-y-1 border-b border-hairline py-1.5 text-note sm:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_auto]';

export function Uncertain({ issues }: { issues: readonly UncertainIssue[] }) {
  return (
    <section>
      <h2 className="ruled-heading">Uncertain issues</h2>
      <p className="text-faded">
        The connection or the worker ended while these were being sent. They may have arrived; sending one
        again may deliver it twice.
      </p>
      <ul className="mt-2.5">
        {issues.map((issue) => (
          <li key={issue.id} className={ROW}>
            <span>
              {issue.address}, {formatDayNear(issue.editionOn)}
            </span>
            <span className="text-faded">{issue.reply}</span>
            <form action="/api/admin" method="post" className="buttons">
              <input type="hidden" name="issue" value={issue.id} />
              <button type="submit" className="text-button" name="act" value="again">
                Send again
              </button>
              <button type="submit" className="text-button" name="act" value="leave">
                Leave
              </button>
            </form>
          </li>
        ))}
      </ul>
      {issues.length === 0 && <p>None.</p>}
    </section>
  );
}

export function Deferrals(props: {
  domains: readonly { domain: string; count: number; reply: string }[];
  rests: readonly DomainRest[];
}) {
  const { domains, rests } = props;
  return (
    <section>
      <h2 className="ruled-heading">Deferred, by domain</h2>
      <ul className="mt-2.5">
        {domains.map(({ domain, count, reply }) => (
          <li key={domain} className={ROW}>
            <span>
              {domain}: {count}
            </span>
            <span className="text-faded">{reply}</span>
          </li>
        ))}
        {rests.map(({ domain, restUntil, faults }) => (
          <li key={`rest ${domain}`} className={ROW}>
            <span>{domain} is paused</span>
            <span className="text-faded">
              until {formatMoment(restUntil)}, after {faults} refusals in a row
            </span>
          </li>
        ))}
      </ul>
      {domains.length + rests.length === 0 && <p>None.</p>}
    </section>
  );
}

export function Bounces({ events }: { events: readonly BouncedMailbox[] }) {
  return (
    <section>
      <h2 className="ruled-heading">Bounces and complaints</h2>
      <ul className="mt-2.5">
        {events.map((event) => (
          <li key={`${event.address} ${event.kind} ${event.at.toISOString()}`} className={ROW}>
            <span>
              {event.address}: {event.provider === 'operator' ? 'to be mailed again' : event.kind}
              {event.isSuppressed && ', suppressed'}
            </span>
            <span className="text-faded">
              {formatMoment(event.at)}, {event.provider}. {event.detail}
            </span>
            {event.isSuppressed && event.kind !== 'complaint' && (
              <form action="/api/admin" method="post" className="buttons">
                <input type="hidden" name="address" value={event.address} />
                <button type="submit" className="text-button" name="act" value="lift">
                  Mail again
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {events.length === 0 && <p>None.</p>}
    </section>
  );
}
