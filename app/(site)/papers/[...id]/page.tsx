import type { Metadata } from 'next';
import { permanentRedirect } from 'next/navigation';
import { getPaper } from '#app/_data/papers.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { Missing } from '#app/missing.tsx';
import { paperPath } from '#lib/papers/paper.ts';
import { PaperPage } from './_components/paper-page.tsx';
import { UnknownPaper } from './_components/unknown-paper.tsx';
import { parsePaperAddress } from './paper-address.ts';

/** As of the day's page. */
export const revalidate = 60;
export const generateStaticParams = () => [];

/** Old-style identifiers and DOIs contain a slash (hep-th/9901001), hence the catch-all segment. */
type Props = { params: Promise<{ id: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const address = parsePaperAddress((await params).id);
  if (address !== null && !address.isCanonical) return {};
  const paper = address === null ? null : await getPaper(address.archive, address.identifier);
  if (address === null || paper === null) return { title: 'Not found' };
  return describePage({
    baseUrl: getBaseUrl(),
    path: paperPath(address),
    title: paper.titleText,
    description: paper.abstractText,
    type: 'article',
    forms: {
      'text/markdown': `${paperPath(address)}.md`,
      'application/x-bibtex': `${paperPath(address)}.bib`,
      'application/x-research-info-systems': `${paperPath(address)}.ris`,
      'application/vnd.citationstyles.csl+json': `${paperPath(address)}.json`,
    },
    image: { path: `${paperPath(address).replace('/papers/', '/cards/')}.png`, alt: paper.titleText },
  });
}

export default async function Page({ params }: Props) {
  const address = parsePaperAddress((await params).id);
  if (address !== null && !address.isCanonical) permanentRedirect(paperPath(address));
  const paper = address === null ? null : await getPaper(address.archive, address.identifier);
  if (paper !== null) return <PaperPage paper={paper} />;
  return (
    <Missing>
      <UnknownPaper address={address} />
    </Missing>
  );
}
