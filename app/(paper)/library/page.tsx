import type { Metadata } from 'next';

export const metadata: Metadata = {
  title: 'Your library',
  description: 'Papers saved in this browser.',
  robots: { index: false },
};

/** What was saved is in the reader's browser, and so the list is made there (public/reader/library.js). */
export default function LibraryPage() {
  return (
    <>
      <div className="mx-auto max-w-[46rem] py-[clamp(1.5rem,4vw,3rem)]">
        <h1 className="text-[clamp(2.2rem,6vw,3.4rem)]/[1.05] tracking-[-0.018em]">Your library</h1>
        <p className="mt-[0.6rem] mb-[1.4rem] font-italic text-[1.1rem] text-pretty text-faded italic">
          Papers you saved. The list is stored only in this browser: there is no account, and nothing is sent
          to us. Export it to back it up or to move it to another browser.
        </p>
        <div id="library" className="min-h-[60vh]">
          <noscript>
            <p>The library needs JavaScript, because it is stored in your browser.</p>
          </noscript>
        </div>
      </div>
      <script type="module" src="/reader/library.js" />
    </>
  );
}
