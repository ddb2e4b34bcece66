import { countOf } from '#components/ui/number.ts';
import { remainingOf, type Tally } from '#lib/digest/tally.ts';
import type { SendPause } from '#lib/mail/sending/pace-store.ts';
import { formatMoment } from './moment.ts';

export function Sending({ pause, tallies }: { pause: SendPause | null; tallies: readonly Tally[] }) {
  const remaining = tallies.reduce((sum, tally) => sum + remainingOf(tally), 0);
  return (
    <form
      action="/api/admin"
      method="post"
      className="my-4 flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2"
    >
      {pause === null ? (
        <>
          <p>Sending is on. {countOf(remaining, 'issue is', 'issues are')} still to be sent.</p>
          <button type="submit" className="text-button" name="act" value="pause">
            Pause sending
          </button>
        </>
      ) : (
        <>
          <p role="alert">
            <strong>Sending is paused</strong> since {formatMoment(pause.pausedAt)}: {pause.reason}
          </p>
          <button type="submit" className="text-button" name="act" value="resume">
            Resume
          </button>
        </>
      )}
    </form>
  );
}
