import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { quality } from '#app/(paper)/about/search/_components/quality.ts';
import { QualityTable } from '#app/(paper)/about/search/_components/quality-table.tsx';

test('the page tells the figures of the evaluation beside it, of both ways', () => {
  const markup = renderToStaticMarkup(<QualityTable rows={quality} />);
  expect(quality.map(({ collection, path }) => `${collection} ${path}`).sort()).toEqual([
    'Cranfield bm25',
    'Cranfield plain',
    'SciFact bm25',
    'SciFact plain',
  ]);
  for (const { ndcg10, baselineNdcg10, map, recall100 } of quality)
    for (const figure of [ndcg10, baselineNdcg10, map, recall100])
      expect(markup).toContain(`<td>${figure.toFixed(3)}</td>`);
  expect(markup).not.toMatch(/NaN|undefined/);
});
