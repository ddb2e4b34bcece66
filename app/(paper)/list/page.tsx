import type { Metadata } from 'next';
import { getVolumeOfSubjects } from '#app/_data/lists.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { FolioLine } from '#components/edition/folio.tsx';
import { SubjectIndex } from './_components/subject-index.tsx';

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/list',
    title: 'Subjects',
    description: 'Every category that arXiv files papers under, and how many of them are here.',
    type: 'website',
  });
}

export default async function SubjectsPage() {
  return (
    <div className="*:[section:first-of-type]:*:[h2]:border-t-0">
      <FolioLine title="Subjects" previous={null} next={null} label="" />
      <SubjectIndex volume={await getVolumeOfSubjects()} />
    </div>
  );
}
