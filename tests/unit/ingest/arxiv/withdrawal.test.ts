import { expect, test } from 'vitest';
import { saysWithdrawn } from '#lib/ingest/arxiv/record.ts';
import { processorMs } from '../../../support/processor-time.ts';

test.each([
  'This paper has been withdrawn',
  'This paper has been withdrawn by the author due to a crucial sign\n  error in equation 1',
  'The paper has been withdrawn because of substantial coincidence',
  'This submission has been withdrawn by arXiv admin',
  'This submission has been withdrawn at the request of the author',
  'This article is temporarily withdrawn due to a gap',
  'This arXiv submission is hereby withdrawn',
  'This has been withdrawn by the authors.',
  'Withdrawn',
  'Withdrawn.',
  'Withdrawn due to incorrect proof',
  'withdrawn by author. arXiv admin note: text overlap',
  'WITHDRAWN by the authors',
  'Paper withdrawn: see arXiv:0801.1627',
  '12 pages. This paper has been withdrawn by the author',
  '16 pages, 17 figures This paper has been withdrawn by the author',
  '18 pages, 2 figures. Withdrawn for review and rewriting',
  '(i) Paper withdrawn. Superseded by arXiv:1801.07819',
  'arXiv admin note: submission has been withdrawn by arXiv administrators due to overlap',
  'The author has withdrawn this submission.',
  'text overlap with arXiv:1610.06743 This paper has been withdrawn by the author because',
])('%j is a withdrawal', (text) => {
  expect(saysWithdrawn(text)).toBe(true);
});

test.each([
  '',
  '27 pages, 18 figures',
  'Accepted but withdrawn from AIAA Scitech 2017',
  'This paper was withdrawn from submission to ICML',
  'This paper was withdrawn from the journal',
  'replaces arXiv:1502.01565, which has been withdrawn; 37 pages',
  'related to arXiv:1801.00539 (now withdrawn)',
  '14 pages; Theorem 2 and Lemma 1 withdrawn',
  'The appendix has been incorporated into the main body and is therefore withdrawn',
  'We would like to withdraw this paper',
  'The claim of the first version is withdrawn',
  'Published in J. Phys. Chem. B, withdrawn to comply with the policies of the ACS',
  'Withdrawn by authors after acceptance for ICCS 2013',
  'We study withdrawn drugs. Withdrawn patients were excluded.',
  'The drug was withdrawn from the market',
  'retractions, flag varieties, Grassmannians',
])('%j is none', (text) => {
  expect(saysWithdrawn(text)).toBe(false);
});

test('a hostile comment takes no time', () => {
  const spentMs = processorMs(() => {
    saysWithdrawn('this paper has been '.repeat(10_000));
    saysWithdrawn('withdrawn by the the the '.repeat(10_000));
    saysWithdrawn(`${'('.repeat(100_000)}withdrawn`);
  });
  expect(spentMs).toBeLessThan(2_000);
});
