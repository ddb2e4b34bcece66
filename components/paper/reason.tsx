import { TableScroll } from '#components/ui/table-scroll.tsx';
import { formatReason, toArithmetic } from '#lib/ranking/explanation.ts';
import type { TrendingScore } from '#lib/ranking/trending.ts';
import { Sparkline, type SparklineSeries } from './sparkline.tsx';

/** Why a paper has its rank: in words, as a sparkline and, on request, in figures. */
export function Reason({ score, series }: { score: TrendingScore; series: readonly SparklineSeries[] }) {
  const [first] = score.parts;
  const line = series.find(({ kind }) => kind === first?.kind);
  return (
    <div className="mt-2 text-note">
      <p className="flex flex-wrap items-center gap-x-3.5 gap-y-1 tabular-nums">
        {line !== undefined && <Sparkline {...line} />}
        <span>{formatReason(score)}</span>
      </p>
      <details>
        <summary className="disclosure">Why is this here?</summary>
        <Arithmetic score={score} />
      </details>
    </div>
  );
}

/** From the points back to the observations, so that a narrow screen shows the result first. */
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
      <table className="ruled-table mt-1.5 mb-2 text-[0.82rem] whitespace-nowrap [&_td:nth-child(2)]:text-accent">
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
                <span className="block text-faded">{row.reading}</span>
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
              Not observed yet
              <span className="block text-faded">expected value</span>
            </th>
            <td>{expectedContribution}</td>
            <td colSpan={rest} />
          </tr>
        </tbody>
        <tfoot className="border-t border-rule">
          <tr>
            <th scope="row">Score</th>
            <td>{total}</td>
            <td colSpan={rest} />
          </tr>
        </tfoot>
      </table>
      <p className="text-faded">
        Rates are per day of attention. <a href="/about/ranking">What the columns mean</a>
      </p>
    </TableScroll>
  );
}
