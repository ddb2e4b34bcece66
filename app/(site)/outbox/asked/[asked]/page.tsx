import type { Metadata } from 'next';
import { getOutbox } from '#app/_data/outbox.ts';
import { Missing } from '#app/missing.tsx';
import { RunningHead } from '#components/edition/masthead.tsx';

/** Made for each reader and moment (proxy.ts): app/kept-pages.ts keeps none of these. */
export const revalidate = 1;
export const generateStaticParams = () => [];
export const metadata: Metadata = { title: 'Outbox', robots: { index: false } };

export default async function OutboxPage() {
  const messages = await getOutbox();
  if (messages === null) return <Missing />;
  return (
    <>
      <RunningHead />
      <main id="content" className="subscribe-page">
        <h1>Outbox</h1>
        <p className="standfirst">
          No mail relay is configured, so mail goes no further than this page, which only this machine can
          open. Set SMTP_URL to send it.
        </p>
        {messages.length === 0 ? (
          <p>
            Nothing has been written yet. <a href="/subscribe">Subscribe</a>, and the first letter is here.
          </p>
        ) : (
          <ul className="archive outbox">
            {messages.map(({ name, to, subject, date }) => (
              <li key={name}>
                <a href={`/outbox/${name}`}>{subject}</a>
                <span className="faded">
                  {to}, {date}
                </span>
              </li>
            ))}
          </ul>
        )}
      </main>
    </>
  );
}
