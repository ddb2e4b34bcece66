import { formatDayNear } from '#components/edition/dateline.ts';
import type { BouncedMailbox, UncertainIssue } from '#lib/digest/status-store.ts';
import type { DomainRest } from '#lib/mail/sending/pace-store.ts';
import { formatMoment } from './moment.ts';

export function Uncertain({ issues }: { issues: readonly UncertainIssue[] }) {
  return (
    <section>
      <h2>Uncertain issues</h2>
      <p className="faded">
        They were on their way when the connection or the worker ended. They may have arrived; sending one
        again may bring it twice.
      </p>
      <ul className="rows">
        {issues.map((issue) => (
          <li key={issue.id}>
            <span>
              {issue.address}, {formatDayNear(issue.editionOn)}
            </span>
            <span className="faded">{issue.reply}</span>
            <form action="/api/admin" method="post" className="buttons">
              <input type="hidden" name="issue" value={issue.id} />
              <button type="submit" name="act" value="again">
                Send again
              </button>
              <button type="submit" name="act" value="leave">
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
      <h2>Deferred, by domain</h2>
      <ul className="rows">
        {domains.map(({ domain, count, reply }) => (
          <li key={domain}>
            <span>
              {domain}: {count}
            </span>
            <span className="faded">{reply}</span>
          </li>
        ))}
        {rests.map(({ domain, restUntil, faults }) => (
          <li key={`rest ${domain}`}>
            <span>{domain} rests</span>
            <span className="faded">
              until {formatMoment(restUntil)}, having asked for it {faults} times in a row
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
      <h2>What came back</h2>
      <ul className="rows">
        {events.map((event) => (
          <li key={`${event.address} ${event.kind} ${event.at.toISOString()}`}>
            <span>
              {event.address}: {event.provider === 'operator' ? 'to be mailed again' : event.kind}
              {event.isSuppressed && ', suppressed'}
            </span>
            <span className="faded">
              {formatMoment(event.at)}, {event.provider}. {event.detail}
            </span>
            {event.isSuppressed && event.kind !== 'complaint' && (
              <form action="/api/admin" method="post" className="buttons">
                <input type="hidden" name="address" value={event.address} />
                <button type="submit" name="act" value="lift">
                  Mail again
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {events.length === 0 && <p>Nothing.</p>}
    </section>
  );
}
