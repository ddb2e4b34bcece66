import { formatDayNear } from '#components/edition/dateline.ts';
import { formatCount } from '#components/ui/number.ts';
import { TableScroll } from '#components/ui/table-scroll.tsx';
import { ISSUE_STATES } from '#lib/digest/issue.ts';
import { missingOf, type Tally } from '#lib/digest/tally.ts';

/** audience = submitted + …: each edition's tally, and whether it balances. */
export function Tallies({ tallies }: { tallies: readonly Tally[] }) {
  return (
    <section>
      <h2>Editions</h2>
      {tallies.length === 0 ? (
        <p className="faded">No issue has been composed yet.</p>
      ) : (
        <TableScroll label="Editions">
          <table className="tallies">
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
                    <td key={state} className={tally.counts[state] === 0 ? 'faded' : state}>
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
