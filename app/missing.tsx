import { notFound } from 'next/navigation';
import { type ReactNode, Suspense } from 'react';
import NotFoundPage from './not-found.tsx';

/**
 * Answers 404 with `children` as the page. A bare `notFound()` answers with an empty document that only script can
 * fill; thrown within a boundary it sets the status alone, and what the boundary falls back to is there to be read.
 */
export function Missing({ children = <NotFoundPage /> }: { children?: ReactNode }) {
  return (
    <Suspense fallback={children}>
      <NotFound />
    </Suspense>
  );
}

function NotFound(): never {
  notFound();
}
