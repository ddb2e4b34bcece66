import type { Metadata } from 'next';
import { getOutboxMessage } from '#app/_data/outbox.ts';
import { Missing } from '#app/missing.tsx';
import { RunningHead } from '#components/edition/masthead.tsx';

/** Made for each reader and moment (proxy.ts): app/kept-pages.ts keeps none of these. */
export const revalidate = 1;
export const generateStaticParams = () => [];
export const metadata: Metadata = { title: 'A message', robots: { index: false }, referrer: 'same-origin' };

type Props = { params: Promise<{ name: string }> };

/** The text part with its links; the HTML part is a page of its own, as a mail program would show it. */
export default async function OutboxMessagePage({ params }: Props) {
  const { name } = await params;
  const message = await getOutboxMessage(name);
  if (message === null) return <Missing />;
  return (
    <>
      <RunningHead />
      <main id="content" className="subscribe-page">
        <p className="kicker">
          To {message.to}, {message.date}
        </p>
        <h1>{message.subject}</h1>
        <p className="buttons">
          <a className="main-button" href={`/outbox/${name}/html`}>
            As a mail program shows it
          </a>
          <a href="/outbox">All of the outbox</a>
        </p>
        <pre className="mail-text">
          {message.text.split(/(https?:\/\/[^\s<>]+)/).map((piece, place) =>
            place % 2 === 1 ? (
              // A text has no keys of its own, and never changes.
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text are told apart by their place
              <a key={place} href={piece}>
                {piece}
              </a>
            ) : (
              piece
            ),
          )}
        </pre>
        <details>
          <summary>Its head</summary>
          <pre className="mail-text">{message.head}</pre>
        </details>
      </main>
    </>
  );
}
