import type { ReactNode } from 'react';

/** The heading over a section of stories, between two rules. */
export function SectionHeading({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <h2
      id={id}
      className="mt-5 border-y border-t-4 border-double border-rule py-1 text-center text-2xl/[1.3] [&_a]:inline-block [&_a]:no-underline [&_a:hover]:underline"
    >
      {children}
    </h2>
  );
}
