import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { evaluation } from '#app/(paper)/about/ranking/_components/evaluation.ts';
import { Formula } from '#app/(paper)/about/ranking/_components/formula.tsx';
import { ReplayTables } from '#app/(paper)/about/ranking/_components/replay-tables.tsx';
import { SimulationTable } from '#app/(paper)/about/ranking/_components/simulation-table.tsx';
import { FORMULA_NAMES } from '#lib/ranking/evaluation/formula-names.ts';

test('the page tells the figures of the evaluation beside it, of every formula', () => {
  const { replay } = evaluation;
  const markup = renderToStaticMarkup(
    <>
      <Formula />
      <ReplayTables />
      <SimulationTable />
    </>,
  );
  expect(markup).not.toMatch(/NaN|undefined|Infinity/);
  for (const table of [replay?.tuned, replay?.heldOut, replay?.all])
    for (const name of FORMULA_NAMES) expect(markup).toContain(table?.formulas[name].ndcg.toFixed(3));
  expect(markup.match(/<table\b/g)).toHaveLength(6);
});
