import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { RunningHead } from '#components/edition/masthead.tsx';
import { SyntaxTable } from '#components/search/syntax-table.tsx';
import { quality } from '../_components/quality.ts';
import { QualityTable } from '../_components/quality-table.tsx';
import { Ranking } from '../_components/ranking.tsx';

/** One page under one address (next.config.ts); the parameter leaves it to the server, which knows the site's own address. */
export const revalidate = 86_400;
export const generateStaticParams = () => [];

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/about/search',
    title: 'How searching works',
    description:
      'The language of queries, what decides the order of the papers found, and how well they are found when tested.',
    type: 'article',
  });
}

export default function AboutSearchPage() {
  return (
    <>
      <RunningHead />
      <main id="content" className="method">
        <h1>How searching works</h1>
        <p className="standfirst">
          One language for <a href="/search">the page</a>, <a href="/feeds">feeds</a>,{' '}
          <a href="/subscribe">digests by e-mail</a> and <a href="/about/api">programs</a>: the same words
          find the same papers everywhere.
        </p>
        <section>
          <h2>What one can ask</h2>
          <SyntaxTable />
          <p>
            Conditions side by side must all hold; plain words need not, but papers with all of them come
            first. Every text is a query: what makes no sense in it is read the most sensible way, and the
            page says so, with its place. “Searched for” gives the one normal form of what was understood.
          </p>
        </section>
        <Ranking />
        {quality.length > 0 && <QualityTable rows={quality} />}
      </main>
    </>
  );
}
