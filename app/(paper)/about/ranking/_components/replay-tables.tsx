import { TableScroll } from '#components/ui/table-scroll.tsx';
import { BASELINE_LABEL } from '#lib/ranking/evaluation/baselines.ts';
import { FORMULA_NAMES, type FormulaName } from '#lib/ranking/evaluation/formula-names.ts';
import type { ReplayTable } from '#lib/ranking/evaluation/replay.ts';
import { evaluation } from './evaluation.ts';

const percent = (share: number) => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)} %`;

export function labelOf(name: FormulaName): string {
  return name === 'paperboy' ? 'Paperboy' : BASELINE_LABEL[name];
}

/** How the formula fared when the past was replayed: figures of the command named on the page. */
export function ReplayTables() {
  const { replay, horizonDays, heldOutFrom, rows } = evaluation;
  if (replay === null || replay.all === null) return null;
  return (
    <section>
      <h2>Does it foresee anything?</h2>
      <p>
        On each of {replay.all.dayCount} days every formula ranked{' '}
        {Math.round(replay.candidatesPerDay).toLocaleString('en-GB')} repositories by what was known then; the
        order was then compared with the stars they gained in the {horizonDays} days that followed. The data
        are {rows.all.toLocaleString('en-GB')} daily counts of GitHub stars, August 2024 to December 2025
        (EvanLi/Github-Ranking, MIT).
      </p>
      <Table
        title={`Days from ${heldOutFrom} on: no constant was set by them, though they were looked at while the form was sought`}
        table={replay.heldOut}
      />
      <Table title={`Days before ${heldOutFrom}, by which constants were set`} table={replay.tuned} />
      <Table title="All days" table={replay.all} />
      <p className="text-faded">
        nDCG and precision are of the first 20; Kendall’s tau is over all; age is the median of the first 20;
        churn is how much of the order changes from day to day (1 − rank-biased overlap). Made by{' '}
        <code>paperboy eval trending --stars FILE.csv.gz --write replay.json</code>.
      </p>
    </section>
  );
}

function Table({ title, table }: { title: string; table: ReplayTable | null }) {
  if (table === null) return null;
  const { bestBaseline, relative, lostShare, formulas } = table;
  return (
    <>
      <TableScroll label={title}>
        <table className="ruled-table mt-3.5 mb-2 w-full text-[0.88rem]">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">nDCG</th>
              <th scope="col">Precision</th>
              <th scope="col">Kendall’s tau</th>
              <th scope="col">Age, days</th>
              <th scope="col">Churn</th>
            </tr>
          </thead>
          <tbody>
            {FORMULA_NAMES.map((name) => (
              <tr key={name} {...(name === 'paperboy' && { className: 'bg-wash font-semibold' })}>
                <th scope="row">{labelOf(name)}</th>
                <td>{formulas[name].ndcg.toFixed(3)}</td>
                <td>{formulas[name].precision.toFixed(3)}</td>
                <td>{formulas[name].kendallTau.toFixed(3)}</td>
                <td>{formulas[name].ageDays.toFixed(0)}</td>
                <td>{formulas[name].churn.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p>
        nDCG against the best of the others, {labelOf(bestBaseline)}:{' '}
        <strong>{percent(relative.mean)}</strong> (95 % interval {percent(relative.low)} to{' '}
        {percent(relative.high)}, by block bootstrap). On {Math.round(100 * lostShare)} % of the days that one
        was ahead.
      </p>
    </>
  );
}
