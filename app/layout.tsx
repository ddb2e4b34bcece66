import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Colophon } from '#components/ui/colophon.tsx';
import { EARLY_SCRIPT } from './early-script.ts';
import { FALLBACK_FONTS } from './fallback-fonts.ts';
import { display, extended, italic, text } from './fonts.ts';
import './globals.css';
import { SITE_NAME } from './metadata.ts';

/** Pages are rendered for each request: a build has no database, and server/ or any other cache in front shares them. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: SITE_NAME, template: `%s · ${SITE_NAME}` },
  applicationName: SITE_NAME,
  formatDetection: { telephone: false, address: false, email: false },
};

/** The paper's own colours (globals.css), for the browser's frame. */
export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f0' },
    { media: '(prefers-color-scheme: dark)', color: '#161412' },
  ],
};

const FONTS = [display, text, italic, extended].map((font) => font.variable).join(' ');

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // EARLY_SCRIPT writes the reader's settings on this element, which the server does not know.
    <html lang="en" className={FONTS} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: EARLY_SCRIPT }} />
        <style dangerouslySetInnerHTML={{ __html: FALLBACK_FONTS }} />
        <script type="module" src="/reader/reader.js" />
        {/* No paint before the page's head is complete: its parts are centred, and would move as they arrive. */}
        <link rel="expect" href="#head" {...{ blocking: 'render' }} />
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title={SITE_NAME}
          href="/opensearch.xml"
        />
      </head>
      <body>
        <a
          className="absolute top-2 z-1 -translate-y-[200%] bg-ink px-4 py-2 text-paper hover:text-paper focus:translate-y-0 print:hidden"
          href="#content"
        >
          Skip to content
        </a>
        {children}
        <Colophon />
      </body>
    </html>
  );
}
