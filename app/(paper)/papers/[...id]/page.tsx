import type { Metadata } from 'next';
import { permanentRedirect } from 'next/navigation';
import { Missing } from '#app/_components/missing.tsx';
import { getPaper, getSurroundings } from '#app/_data/papers.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { Notice } from '#components/edition/notice.tsx';
import { absUrl } from '#lib/papers/arxiv-id.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import { paperPath } from '#lib/papers/paper.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { texToText } from '#lib/tex/tex.ts';
import { PaperPage } from './_components/paper-page.tsx';
import { type PaperAddress, parsePaperAddress } from './paper-address.ts';
import { toCitationTags, toScholarlyArticle } from './scholarly-article.ts';

/** Previews of links name no more. */
const AUTHORS_OF_PREVIEW = 10;

/** Old-style identifiers and DOIs contain a slash (hep-th/9901001), hence the catch-all segment. */
type Props = { params: Promise<{ id: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const address = parsePaperAddress((await params).id);
  if (address !== null && !address.isCanonical) return {};
  const paper = address === null ? null : await getPaper(address.registry, address.identifier);
  if (address === null || paper === null) return { title: 'Not found' };
  const path = paperPath(address);
  return describePage({
    baseUrl: getBaseUrl(),
    path,
    title: paper.titleText,
    description: paper.abstractText,
    type: 'article',
    article: {
      ...(paper.submittedAt && { publishedTime: paper.submittedAt.toISOString() }),
      ...(paper.updatedAt && { modifiedTime: paper.updatedAt.toISOString() }),
      authors: paper.authors.slice(0, AUTHORS_OF_PREVIEW).map((name) => texToText(name)),
    },
    tags: toCitationTags(paper),
    forms: {
      'application/x-bibtex': `${path}.bib`,
      'application/x-research-info-systems': `${path}.ris`,
      'application/vnd.citationstyles.csl+json': `${path}.json`,
      'text/markdown': `${path}.md`,
    },
    image: { path: `${path.replace('/papers/', '/cards/')}.png`, alt: paper.titleText },
  });
}

export default async function Page({ params }: Props) {
  const address = parsePaperAddress((await params).id);
  if (address !== null && !address.isCanonical) permanentRedirect(paperPath(address));
  const paper = address === null ? null : await getPaper(address.registry, address.identifier);
  if (paper !== null)
    return (
      <>
        <ScholarlyArticle paper={paper} />
        <PaperPage paper={paper} surroundings={await getSurroundings(paper)} />
      </>
    );
  return (
    <Missing>
      <UnknownPaper address={address} />
    </Missing>
  );
}

/** JSON holds no `<`: nothing that a paper says can end the script. */
function ScholarlyArticle({ paper }: { paper: ListedPaper }) {
  const json = JSON.stringify(toScholarlyArticle(paper, getBaseUrl() + paperPath(paper)));
  const __html = json.replaceAll('<', '\\u003c');
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html }} />;
}

/** For an identifier we have no paper of, and for what is no identifier at all (`address` is null). */
function UnknownPaper({ address }: { address: PaperAddress | null }) {
  if (address === null) {
    return (
      <Notice kicker="404" title="This is not a paper identifier">
        <p>
          Papers are addressed by their arXiv identifier, as in <code>/papers/1706.03762</code> or{' '}
          <code>/papers/hep-th/9901001</code>, or by their DOI, as in <code>/papers/doi:10.1000/182</code>.
        </p>
        <p>
          Go to <a href="/">the newest edition</a>.
        </p>
      </Notice>
    );
  }
  const { registry, identifier } = address;
  const elsewhere = registry === 'arxiv' ? absUrl(identifier) : doiUrl(identifier);
  return (
    <Notice kicker="404" title="We do not have this paper">
      <p>
        {identifier} is on none of the lists we follow. Look for it at{' '}
        <a href={elsewhere}>{registry === 'arxiv' ? 'arXiv' : 'its publisher'}</a>.
      </p>
      <p>
        Go to <a href="/">the newest edition</a>.
      </p>
    </Notice>
  );
}
