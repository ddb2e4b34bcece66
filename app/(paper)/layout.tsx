import type { ReactNode } from 'react';
import { PageFrame } from '#components/edition/page-frame.tsx';

/** Reading pages: server/ sends them without Next’s runtime, so nothing here runs in the browser but public/reader. */
export default function PaperLayout({ children }: { children: ReactNode }) {
  return <PageFrame>{children}</PageFrame>;
}
