import type { ReactNode } from 'react';
import { PageFrame } from '#components/edition/page-frame.tsx';

/** Pages for one person: never shared, and with React in the browser for whoever needs it. */
export default function DeskLayout({ children }: { children: ReactNode }) {
  return <PageFrame>{children}</PageFrame>;
}
