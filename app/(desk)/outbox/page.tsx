import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getOutbox } from '#app/_data/outbox.ts';

export const metadata: Metadata = { title: 'Outbox', robots: { index: false } };

export default async function OutboxPage() {
  const messages = await getOutbox();
  if (messages === null) return <Missing />;
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8" data-hides-invitation>
      <h1 className="text-title">Outbox</h1>
      <p className="standfirst">
        No mail relay is configured, so mail is stored here instead of being sent. Only this machine can open
        this page. Set SMTP_URL to send mail. See also{' '}
        <a href="/outbox/preview">previews of every kind of mail</a>.
      </p>
      {messages.length === 0 ? (
        <p>
          There are no messages yet. <a href="/subscribe">Subscribe</a> to get the first one.
        </p>
      ) : (
        <ul className="mt-3">
          {messages.map(({ name, to, subject, date }) => (
            <li
              key={name}
              className="grid gap-x-6 border-b border-hairline py-2 sm:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]"
            >
              <a href={`/outbox/${name}`}>{subject}</a>
              <span className="text-faded">
                {to}, {date}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
