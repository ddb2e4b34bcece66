import type { Metadata } from 'next';
import { RunningHead } from '#components/edition/masthead.tsx';

export const metadata: Metadata = {
  title: 'Your library',
  description: 'Papers saved in this browser.',
  robots: { index: false },
};

/** As all pages that are kept: without Next's own script. */
export const revalidate = 3600;

/** What was saved is in the reader's browser, and so the list is made there (public/reader/library.js). */
export default function LibraryPage() {
  return (
    <>
      <RunningHead />
      <main id="content" className="library-page">
        <h1>Your library</h1>
        <p className="standfirst">
          Papers you saved, kept in this browser alone: no account, nothing sent to us. Export them to keep
          them safe or to take them elsewhere.
        </p>
        <div id="library">
          <noscript>
            <p>The library needs JavaScript, because only your browser knows what is in it.</p>
          </noscript>
        </div>
      </main>
      <script type="module" src="/reader/library.js" />
    </>
  );
}
