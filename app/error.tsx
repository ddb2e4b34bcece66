'use client';

/** Shown in place of a page that failed. Next fills it in by script, the one page of ours that needs any. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main id="content" className="notice">
      <p className="kicker">500</p>
      <h1>This page failed to load</h1>
      <p>The fault is on our side, and it has been logged.</p>
      {error.digest !== undefined && (
        <p>
          The number of the error is <code>{error.digest}</code>.
        </p>
      )}
      <p>
        <button type="button" className="border-b border-accent" onClick={() => location.reload()}>
          Try again
        </button>
        , or go to <a href="/">the newest edition</a>.
      </p>
    </main>
  );
}
