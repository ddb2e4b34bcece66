'use client';

/** Shown in place of a page that failed. Next fills it in by script, the one page of ours that needs any. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main id="content" className="notice">
      <p className="kicker">500</p>
      <h1>The press has stopped</h1>
      <p>This page could not be made just now. The fault is ours, and it is in the log.</p>
      {error.digest !== undefined && (
        <p>
          Its number there is <code>{error.digest}</code>.
        </p>
      )}
      <p>
        <button type="button" onClick={() => location.reload()}>
          Try again
        </button>
        , or go to <a href="/">the newest edition</a>.
      </p>
    </main>
  );
}
