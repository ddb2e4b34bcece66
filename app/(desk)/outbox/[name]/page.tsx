import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getOutboxMessage } from '#app/_data/outbox.ts';

export const metadata: Metadata = { title: 'A message', robots: { index: false }, referrer: 'same-origin' };

type Props = { params: Promise<{ name: string }> };

/** The text part with its links; the HTML part is a page of its own, as a mail program would show it. */
export default async function OutboxMessagePage({ params }: Props) {
  const { name } = await params;
  const message = await getOutboxMessage(name);
  if (message === null) return <Missing />;
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8" data-hides-invitation>
      <p className="kicker">
        To {message.to}, {message.date}
      </p>
      <h1 className="text-title">{message.subject}</h1>
      <p className="buttons mt-6">
        <a className="main-button" href={`/outbox/${name}/html`}>
          Show the HTML part
        </a>
        <a href="/outbox">Outbox</a>
      </p>
      <pre className="my-6 overflow-x-auto leading-[1.55] whitespace-pre-wrap" data-part="text">
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
        <summary className="inline-block py-1 underline decoration-accent underline-offset-[0.2em]">
          Headers
        </summary>
        <pre className="my-6 overflow-x-auto leading-[1.55] whitespace-pre-wrap">{message.head}</pre>
      </details>
    </div>
  );
}
