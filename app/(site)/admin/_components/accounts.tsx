import { formatDayNear } from '#components/edition/dateline.ts';
import { formatCount } from '#components/ui/number.ts';
import { TableScroll } from '#components/ui/table-scroll.tsx';
import { type Account, missingOf } from '#lib/digest/accounting.ts';
import { ISSUE_STATES } from '#lib/digest/issue.ts';

/** audience = submitted + … : every edition's account, and whether it comes out even. */
export function Accounts({ accounts }: { accounts: readonly Account[] }) {
  return (
    <section>
      <h2>Editions</h2>
      {accounts.length === 0 ? (
        <p className="faded">No issue has been composed yet.</p>
      ) : (
        <TableScroll label="Editions">
          <table className="accounts">
            <thead>
              <tr>
                <th scope="col">Edition</th>
                <th scope="col">Audience</th>
                {ISSUE_STATES.map((state) => (
                  <th key={state} scope="col">
                    {state}
                  </th>
                ))}
                <th scope="col">Account</th>
              </tr>
            </thead>
            <tbody>
              {accounts.map((account) => (
                <tr key={account.editionOn}>
                  <th scope="row">{formatDayNear(account.editionOn)}</th>
                  <td>{formatCount(account.audience)}</td>
                  {ISSUE_STATES.map((state) => (
                    <td key={state} className={account.counts[state] === 0 ? 'faded' : state}>
                      {formatCount(account.counts[state])}
                    </td>
                  ))}
                  <td>{describeBalance(missingOf(account))}</td>
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
  if (missing === 0) return 'even';
  return missing > 0 ? `${missing} missing` : `${-missing} too many`;
}
