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
      <h2 className="ruled-heading">Past issues</h2>
      {issues.length === 0 ? (
        <p className="text-faded">No issue has been sent yet.</p>
      ) : (
        <ul className="mt-3">
          {issues.map((issue) => (
            <li
              key={issue.id}
              className="grid gap-x-6 border-b border-hairline py-2 sm:grid-cols-[minmax(14rem,18rem)_1fr]"
            >
              <a href={issue.path}>{formatDayLong(issue.editionOn)}</a>
              <span className="text-faded">
                {names.get(issue.subscriptionId ?? 0)}, {countOf(issue.paperKeys.length, 'paper', 'papers')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
