import type { ReactNode } from 'react';
import { RunningHead } from './masthead.tsx';

/** The head and the main part of every page but the front pages and the search, which bring their own. */
export function PageFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <RunningHead />
      <main id="content">{children}</main>
    </>
  );
}
