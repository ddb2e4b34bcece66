import { formatDayNear } from '#components/edition/dateline.ts';
import { formatCount } from '#components/ui/number.ts';
import { TableScroll } from '#components/ui/table-scroll.tsx';
import { ISSUE_STATES, type IssueState } from '#lib/digest/issue.ts';
import { missingOf, type Tally } from '#lib/digest/tally.ts';

const FAILURES: ReadonlySet<IssueState> = new Set(['rejected', 'uncertain']);

/** audience = submitted + …: each edition's tally, and whether it balances. */
export function Tallies({ tallies }: { tallies: readonly Tally[] }) {
  return (
    <section>
      <h2 className="ruled-heading">Editions</h2>
      {tallies.length === 0 ? (
        <p className="text-faded">No issue has been composed yet.</p>
      ) : (
        <TableScroll label="Editions">
          <table className="ruled-table w-full text-[0.9rem] whitespace-nowrap *:*:*:not-first:text-end">
            <thead>
              <tr>
                <th scope="col">Edition</th>
                <th scope="col">Audience</th>
                {ISSUE_STATES.map((state) => (
                  <th key={state} scope="col">
                    {state}
                  </th>
                ))}
                <th scope="col">Balance</th>
              </tr>
            </thead>
            <tbody>
              {tallies.map((tally) => (
                <tr key={tally.editionOn}>
                  <th scope="row">{formatDayNear(tally.editionOn)}</th>
                  <td>{formatCount(tally.audience)}</td>
                  {ISSUE_STATES.map((state) => (
                    <td
                      key={state}
                      className={
                        tally.counts[state] === 0 ? 'text-faded' : FAILURES.has(state) ? 'text-accent' : ''
                      }
                    >
                      {formatCount(tally.counts[state])}
                    </td>
                  ))}
                  <td>{describeBalance(missingOf(tally))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </section>
  );
}

function describeBalance(missing: number): string {
  if (missing === 0) return 'balanced';
  return missing > 0 ? `${missing} missing` : `${-missing} too many`;
}
