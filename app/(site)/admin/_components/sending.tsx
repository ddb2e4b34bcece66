import { countOf } from '#components/ui/number.ts';
import { type Account, remainingOf } from '#lib/digest/accounting.ts';
import type { SendPause } from '#lib/digest/pace-store.ts';
import { formatMoment } from './moment.ts';

export function Sending({ pause, accounts }: { pause: SendPause | null; accounts: readonly Account[] }) {
  const remaining = accounts.reduce((sum, account) => sum + remainingOf(account), 0);
  return (
    <form action="/api/admin" method="post" className="sending">
      {pause === null ? (
        <>
          <p>Sending is on. {countOf(remaining, 'issue is', 'issues are')} still to be sent.</p>
          <button type="submit" name="act" value="pause">
            Pause sending
          </button>
        </>
      ) : (
        <>
          <p role="alert">
            <strong>Sending is paused</strong> since {formatMoment(pause.pausedAt)}: {pause.reason}
          </p>
          <button type="submit" name="act" value="resume">
            Resume
          </button>
        </>
      )}
    </form>
  );
}
