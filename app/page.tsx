import type { Metadata } from 'next';
import { describeEdition, EditionPage } from '#app/_components/edition-page.tsx';
import { getEdition, getNewestDay } from '#app/_data/papers.ts';
import { SITE_NAME } from '#app/metadata.ts';
import { Notice } from '#components/edition/notice.tsx';
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

/** The home page of an instance that has no papers, for the person who has just set it up. */
function NoEditionYet() {
  return (
    <Notice title="No paper has come out yet">
      <p>
        The database is empty. Bring in the papers of the day, in the folder where Paperboy is installed, with
      </p>
      <pre>
        <code>npm run paperboy -- ingest huggingface</code>
      </pre>
      <p>and this page shows them at once. To see what else there is, and what may be wrong:</p>
      <pre>
        <code>{'npm run paperboy -- --help\nnpm run paperboy -- doctor'}</code>
      </pre>
    </Notice>
  );
}
