import { formatReason, toArithmetic } from '#lib/ranking/explanation.ts';
import type { TrendingScore } from '#lib/ranking/trending.ts';
import { Sparkline, type SparklineSeries } from './sparkline.tsx';

/** Why a paper stands where it stands: in words, in a line, and, for who asks, in figures. */
export function Reason({ score, series }: { score: TrendingScore; series: readonly SparklineSeries[] }) {
  const [first] = score.parts;
  const line = series.find(({ kind }) => kind === first?.kind);
  return (
    <div className="reason">
      <p className="reason-words">
        {line !== undefined && <Sparkline {...line} />}
        <span>{formatReason(score)}</span>
      </p>
      <details className="why">
        <summary>Why is this here?</summary>
        <Arithmetic score={score} />
      </details>
    </div>
  );
}

function Arithmetic({ score }: { score: TrendingScore }) {
  const { rows, expectedContribution, score: total } = toArithmetic(score);
  return (
    <div className="table-scroll">
      <table className="arithmetic">
        <thead>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col">Observed</th>
            <th scope="col">Expected</th>
            <th scope="col">Known</th>
            <th scope="col">Rate</th>
            <th scope="col">Age</th>
            <th scope="col">Usual</th>
            <th scope="col">Stands out</th>
            <th scope="col">Weight</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">
                {row.label}
                <span className="reading">{row.reading}</span>
              </th>
              <td>{row.observed}</td>
              <td>{row.expected}</td>
              <td>{row.known}</td>
              <td>{row.rate}</td>
              <td>{row.fade}</td>
              <td>{row.usual}</td>
              <td>{row.prominence}</td>
              <td>{row.weight}</td>
              <td>{row.contribution}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={9}>
              Signals not seen yet, as they are to be expected
            </th>
            <td>{expectedContribution}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={9}>
              Score
            </th>
            <td>{total}</td>
          </tr>
        </tfoot>
      </table>
      <p className="faded">
        Rates are per day of attention. <a href="/about/ranking">What the columns mean</a>
      </p>
    </div>
  );
}
