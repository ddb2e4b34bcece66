import type { ReactNode } from 'react';
import { RunningHead } from './masthead.tsx';

/** A page that has one thing to say. */
export function Notice({ kicker, title, children }: { kicker?: string; title: string; children: ReactNode }) {
  return (
    <>
      <RunningHead />
      <main id="content" className="notice">
        {kicker !== undefined && <p className="kicker">{kicker}</p>}
        <h1>{title}</h1>
        {children}
      </main>
    </>
  );
}
