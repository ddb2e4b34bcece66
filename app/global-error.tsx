'use client';

import './globals.css';
import ErrorPage from './error.tsx';

/** As error.tsx, where even the layout failed: it brings its own document. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <head>
        <title>This page failed to load · Paperboy</title>
      </head>
      <body>
        <ErrorPage error={error} />
      </body>
    </html>
  );
}
