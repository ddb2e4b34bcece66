/** Built for the benchmark of pages alone (next.config.ts): a day's page made once, at build, of a recorded edition. */
import { readFileSync } from 'node:fs';
import type { Metadata } from 'next';
import type { ComponentProps } from 'react';
import { EditionPage } from '#app/(site)/date/[day]/_components/edition-page.tsx';
import { describePage } from '#app/metadata.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { countOf } from '#components/ui/number.ts';

export const dynamic = 'error';

function readPage(): ComponentProps<typeof EditionPage> {
  return JSON.parse(readFileSync(process.env.PAPERBOY_BENCH ?? '', 'utf8'));
}

export function generateMetadata(): Metadata {
  const { edition } = readPage();
  const long = formatDayLong(edition.day);
  const titles = edition.papers.map((paper) => paper.titleText).join(' · ');
  return describePage({
    baseUrl: 'http://localhost:3000',
    path: `/date/${edition.day}`,
    title: long,
    description: `${countOf(edition.total, 'paper', 'papers')} of ${long}. ${titles}`,
    type: 'website',
  });
}

export default function StaticDayPage() {
  return <EditionPage {...readPage()} />;
}
