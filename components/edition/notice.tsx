import type { ReactNode } from 'react';

/** A page that has one thing to say. */
export function Notice({ kicker, title, children }: { kicker?: string; title: string; children: ReactNode }) {
  return (
    <div className="notice">
      {kicker !== undefined && <p className="kicker">{kicker}</p>}
      <h1>{title}</h1>
      {children}
    </div>
  );
}
