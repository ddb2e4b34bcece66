import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Missing } from '#app/_components/missing.tsx';
import { getAdminToken, getConsole } from '#app/_data/digest.ts';
import { isSession, SESSION_COOKIE } from '#app/api/_http/session.ts';
import type { SearchParams } from '#app/search-params.ts';
import { countOf } from '#components/ui/number.ts';
import { remainingOf, type Tally } from '#lib/digest/tally.ts';
import type { SendPause } from '#lib/mail/sending/pace-store.ts';
import { Bounces, Deferrals, Uncertain } from './_components/lists.tsx';
import { formatMoment } from './_components/moment.ts';
import { SentChart } from './_components/sent-chart.tsx';
import { Tallies } from './_components/tallies.tsx';

export const metadata: Metadata = { title: 'The digest', robots: { index: false }, referrer: 'same-origin' };

type Props = { searchParams: SearchParams };

/** The operator's page. Without ADMIN_TOKEN there is none. */
export default async function AdminPage({ searchParams }: Props) {
  const token = getAdminToken();
  if (token === null) return <Missing />;
  if (!isSession((await cookies()).get(SESSION_COOKIE)?.value, token)) {
    const { outcome } = await searchParams;
    return <Login isWrong={outcome === 'wrong-token'} />;
  }
  const { tallies, pause, rests, deferredDomains, uncertain, events, days } = await getConsole();
  return (
    <div className="mx-auto max-w-[60rem] pt-6 pb-12" data-hides-invitation>
      <h1 className="text-title">The digest</h1>
      <Sending pause={pause} tallies={tallies} />
      <SentChart days={days} />
      <Tallies tallies={tallies} />
      <Uncertain issues={uncertain} />
      <Deferrals domains={deferredDomains} rests={rests} />
      <Bounces events={events} />
    </div>
  );
}

function Login({ isWrong }: { isWrong: boolean }) {
  return (
    <div className="notice">
      <h1>For the operator</h1>
      {isWrong && (
        <p className="remark" role="alert">
          That is not the token.
        </p>
      )}
      <form action="/api/admin/login" method="post" className="max-w-96" data-hides-invitation>
        <label className="field">
          ADMIN_TOKEN
          <input
            type="password"
            className="text-field"
            name="token"
            required
            autoComplete="current-password"
          />
        </label>
        <button type="submit" className="main-button mt-4">
          Open
        </button>
      </form>
    </div>
  );
}

function Sending({ pause, tallies }: { pause: SendPause | null; tallies: readonly Tally[] }) {
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
