import { TableScroll } from '#components/ui/table-scroll.tsx';
import type { Quality } from './quality.ts';

const PATH_NAME: Readonly<Record<Quality['path'], string>> = { bm25: 'BM25 index', plain: 'Postgres alone' };

/** What others reach on the same collection (nDCG@10), with where that is to be read. */
const PUBLISHED: Readonly<Record<Quality['collection'], string>> = {
  SciFact: '0.679, BM25 of Anserini (BEIR, Thakur et al. 2021)',
  Cranfield: '0.510, BM25 of SQLite FTS5 with Porter’s stems, measured by us',
};

export function QualityTable({ rows }: { rows: readonly Quality[] }) {
  return (
    <section>
      <h2>How well it finds</h2>
      <p>
        Collections of abstracts, with questions and the papers that people judged to answer them, are loaded
        into a database of their own and searched by the very code of this page. nDCG@10 is 1 where the ten
        first papers are the best ten in the best order; recall@100 is the share of the good papers among the
        first hundred.
      </p>
      <TableScroll label="How well it finds">
        <table className="ruled-table mt-3.5 mb-2 w-full text-[0.88rem]">
          <thead>
            <tr>
              <th scope="col">Collection</th>
              <th scope="col">By</th>
              <th scope="col">nDCG@10</th>
              <th scope="col">Plain BM25</th>
              <th scope="col">MAP</th>
              <th scope="col">Recall@100</th>
              <th scope="col">Others’ nDCG@10</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.collection} ${row.path}`}>
                <th scope="row">
                  {row.collection}, {row.queries} questions
                </th>
                <td>{PATH_NAME[row.path]}</td>
                <td>{row.ndcg10.toFixed(3)}</td>
                <td>{row.baselineNdcg10.toFixed(3)}</td>
                <td>{row.map.toFixed(3)}</td>
                <td>{row.recall100.toFixed(3)}</td>
                <td>{PUBLISHED[row.collection]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p>
        Try it on any collection of the same form:{' '}
        <code>npm run paperboy -- eval search DIR --json --path bm25</code>
      </p>
    </section>
  );
}
