import { TableScroll } from '#components/ui/table-scroll.tsx';
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

/** From the points back to what was seen, so that a narrow screen shows first what one looks for. */
const COLUMNS = [
  'Points',
  'Weight',
  'Stands out',
  'Rate',
  'Age',
  'Usual',
  'Observed',
  'Expected',
  'Known',
] as const;

function Arithmetic({ score }: { score: TrendingScore }) {
  const { rows, expectedContribution, score: total } = toArithmetic(score);
  const rest = COLUMNS.length - 1;
  return (
    <TableScroll label="The arithmetic">
      <table className="arithmetic">
        <thead>
          <tr>
            <th scope="col">Signal</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">
                {row.label}
                <span className="reading">{row.reading}</span>
              </th>
              <td>{row.contribution}</td>
              <td>{row.weight}</td>
              <td>{row.prominence}</td>
              <td>{row.rate}</td>
              <td>{row.fade}</td>
              <td>{row.usual}</td>
              <td>{row.observed}</td>
              <td>{row.expected}</td>
              <td>{row.known}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              Not seen yet
              <span className="reading">as is to be expected</span>
            </th>
            <td>{expectedContribution}</td>
            <td colSpan={rest} />
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Score</th>
            <td>{total}</td>
            <td colSpan={rest} />
          </tr>
        </tfoot>
      </table>
      <p className="faded">
        Rates are per day of attention. <a href="/about/ranking">What the columns mean</a>
      </p>
    </TableScroll>
  );
}
