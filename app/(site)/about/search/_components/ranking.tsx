/** What lib/search does, in words; the constants are those of weighting.ts and statement.ts. */
export function Ranking() {
  return (
    <>
      <section>
        <h2>What decides the order</h2>
        <p>
          Words are weighed by BM25: a word counts the more, the fewer papers have it, and the more often it
          stands in a short text. A word in the title counts twice. Words are compared by their stems, so that{' '}
          <em>models</em> finds <em>model</em>; a phrase in quotation marks is not. Of the best hundred those
          with all the words come first, words that stand side by side in the query as in the paper add to the
          score, and what is new or much noted gains a twentieth at most. <code>sort:relevance</code> does
          without that last part.
        </p>
        <p>
          The other orders are plain: by date of submission, by upvotes, and by what is{' '}
          <a href="/about/ranking">rising</a> this week.
        </p>
      </section>
      <section>
        <h2>Never silently nothing</h2>
        <p>
          A word that no paper here has is read as the one most like it that papers do have, and the page says
          which. Where nothing has all that was asked for, conditions are left out one by one, and the page
          names them. Feeds and digests do neither: they wait for the paper that was asked for.
        </p>
      </section>
      <section>
        <h2>Two ways through the database</h2>
        <p>
          Everything is found by Postgres. Where it has the extension <code>pg_textsearch</code>, as the
          embedded one does, a BM25 index gives the best thousand; otherwise the words are looked up in an
          index of Postgres’s own, and the same formula scores the papers that have them. Phrases, fields and
          conditions are decided by Postgres’s own index either way, and a paper is found from the moment it
          is recorded. Totals are exact to a thousand.
        </p>
      </section>
    </>
  );
}
