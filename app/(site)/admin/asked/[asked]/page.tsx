import type { Metadata } from 'next';
import { getAdminToken, getConsole } from '#app/_data/digest.ts';
import { isSession, SESSION_COOKIE } from '#app/api/admin/session.ts';
import { readAsked } from '#app/asked.ts';
import { Missing } from '#app/missing.tsx';
import { RunningHead } from '#components/edition/masthead.tsx';
import { Bounces, Deferrals, Uncertain } from '../../_components/lists.tsx';
import { Sending } from '../../_components/sending.tsx';
import { SentChart } from '../../_components/sent-chart.tsx';
import { Tallies } from '../../_components/tallies.tsx';

/** Made for each reader and moment (proxy.ts): app/kept-pages.ts keeps none of these. */
export const revalidate = 1;
export const generateStaticParams = () => [];
export const metadata: Metadata = { title: 'The digest', robots: { index: false }, referrer: 'same-origin' };

type Props = { params: Promise<{ asked: string }> };

/** The operator's page. Without ADMIN_TOKEN there is none. */
export default async function AdminPage({ params }: Props) {
  const token = getAdminToken();
  if (token === null) return <Missing />;
  const asked = readAsked((await params).asked);
  if (!isSession(asked.get(SESSION_COOKIE) ?? undefined, token)) {
    return <Login isWrong={asked.get('outcome') === 'wrong-token'} />;
  }
  const { tallies, pause, rests, deferredDomains, uncertain, events, days } = await getConsole();
  return (
    <>
      <RunningHead />
      <main id="content" className="mx-auto max-w-[60rem] pt-6 pb-12" data-hides-invitation>
        <h1 className="text-title">The digest</h1>
        <Sending pause={pause} tallies={tallies} />
        <SentChart days={days} />
        <Tallies tallies={tallies} />
        <Uncertain issues={uncertain} />
        <Deferrals domains={deferredDomains} rests={rests} />
        <Bounces events={events} />
      </main>
    </>
  );
}

function Login({ isWrong }: { isWrong: boolean }) {
  return (
    <>
      <RunningHead />
      <main id="content" className="notice">
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
      </main>
    </>
  );
}
