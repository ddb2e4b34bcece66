import type { Metadata } from 'next';
import { describeEdition, EditionPage } from '#app/_components/edition-page.tsx';
import { NoEditionYet } from '#app/_components/no-edition-yet.tsx';
import { getEdition, getNewestDay } from '#app/_data/papers.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { PageFrame } from '#components/edition/page-frame.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const day = await getNewestDay();
  return day === null ? {} : describeEdition(await getEdition(day), { path: '/', title: SITE_NAME });
}

/** The newest edition. */
export default async function NewestEditionPage() {
  const day = await getNewestDay();
  if (day !== null) return <EditionPage edition={await getEdition(day)} />;
  return (
    <PageFrame>
      <NoEditionYet />
    </PageFrame>
  );
}
