import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { listSampleMails } from '#app/_data/sample-mails.ts';

export const metadata: Metadata = { title: 'Mail previews', robots: { index: false } };

/** Every kind of mail with sample data: its text part here, its HTML part as a page of its own. */
export default async function MailPreviewsPage() {
  const mails = await listSampleMails();
  if (mails === null) return <Missing />;
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8" data-hides-invitation>
      <h1 className="text-title">Mail previews</h1>
      <p className="standfirst">
        Every e-mail Paperboy sends, with sample data. Messages that were written are in the{' '}
        <a href="/outbox">outbox</a>.
      </p>
      {mails.map(({ name, title, subject, text }) => (
        <section key={name} aria-labelledby={name}>
          <h2 className="ruled-heading" id={name}>
            {title}
          </h2>
          <p className="text-faded">Subject: {subject}</p>
          <p className="buttons">
            <a href={`/outbox/preview/${name}`}>HTML, light</a>
            <a href={`/outbox/preview/${name}?theme=dark`}>HTML, dark</a>
          </p>
          <details>
            <summary className="disclosure">Text part</summary>
            <pre className="my-4 overflow-x-auto leading-[1.55] whitespace-pre-wrap">{text}</pre>
          </details>
        </section>
      ))}
    </div>
  );
}
