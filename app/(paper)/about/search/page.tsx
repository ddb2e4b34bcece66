import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { SyntaxTable } from '#components/search/syntax-table.tsx';
import { RERANK_DEPTH } from '#lib/search/statement.ts';
import { B, K1, PAIR_WEIGHT } from '#lib/search/weighting.ts';
import { quality } from './_components/quality.ts';
import { QualityTable } from './_components/quality-table.tsx';

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/about/search',
    title: 'How search works',
    description: 'The query language, the formula behind the order of results, and how to measure both.',
    type: 'article',
  });
}

export default function SearchMethodPage() {
  return (
    <div className="prose mx-auto max-w-[46rem] pt-[clamp(1.2rem,3vw,2.2rem)] pb-8">
      <h1 className="text-banner">How search works</h1>
      <p className="standfirst mt-3 mb-3.5">
        One query is a page, a feed, an answer for programs and a digest. It is read the same way in all four.
      </p>
      <h2>The language</h2>
      <SyntaxTable />
      <h2>The order</h2>
      <p>
        Papers are ranked by BM25 over title and abstract, with k1 = {K1} and b = {B}; a word in the title
        counts twice, and English words count in every inflection. The {RERANK_DEPTH} best are looked at more
        closely: papers that have all the words come first, words that stand side by side as they were asked
        add {PAIR_WEIGHT} times the weight of the rarer one, and what is new or has upvotes is preferred by a
        twentieth at most. <code>sort:relevance</code> does without that preference.
      </p>
      <p>
        On a Postgres with the extension pg_textsearch its BM25 index finds the candidates. On any other the
        papers with the rarest words are scored one by one, by the same formula. Exact phrases are looked up
        in the text itself: where their words are common, in the thousand best papers by those words, and
        else, or where few of these have the phrase, in all.
      </p>
      <p>
        Totals are exact up to a thousand papers and estimated beyond. What the results can be narrowed to is
        counted among the thousand best, or, where a word is so common that a thousand are not nearly all,
        among the three hundred best.
      </p>
      <p>
        A word that no paper has is read as the one that is meant most likely. A query that finds nothing is
        loosened, and the page says what it did without.
      </p>
      <QualityTable rows={quality} />
    </div>
  );
}
