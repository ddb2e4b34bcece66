import { formatDayLong } from '#components/edition/dateline.ts';
import { countOf } from '#components/ui/number.ts';
import { describeTopics, type Subscription } from '#lib/subscriptions/subscription.ts';

type Props = {
  issues: readonly {
    id: number;
    subscriptionId: number | null;
    editionOn: string;
    paperKeys: readonly number[];
    path: string;
  }[];
  subscriptions: readonly Subscription[];
};

export function PastIssues({ issues, subscriptions }: Props) {
  const names = new Map(subscriptions.map((one) => [one.id, describeTopics(one)]));
  return (
    <section>
      <h2>Past issues</h2>
      {issues.length === 0 ? (
        <p className="faded">None has been sent yet.</p>
      ) : (
        <ul className="archive">
          {issues.map((issue) => (
            <li key={issue.id}>
              <a href={issue.path}>{formatDayLong(issue.editionOn)}</a>
              <span className="faded">
                {names.get(issue.subscriptionId ?? 0)}, {countOf(issue.paperKeys.length, 'paper', 'papers')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
