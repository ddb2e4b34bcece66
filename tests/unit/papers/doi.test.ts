import { expect, test } from 'vitest';
import { doiUrl, parseDoi } from '#lib/papers/doi.ts';

const SICI = '10.1002/(SICI)1097-0258(19980815)17:15/16<1661::AID-SIM968>3.0.CO;2-2';

test.each([
  ['10.1000/182', '10.1000/182'],
  ['doi:10.1000/182', '10.1000/182'],
  ['DOI 10.1000/182.', '10.1000/182'],
  ['https://doi.org/10.1000/182', '10.1000/182'],
  ['http://dx.doi.org/10.1000%2F182', '10.1000/182'],
  ['doi.org/10.1000/ab%23c', '10.1000/ab#c'],
  ['https://onlinelibrary.wiley.com/doi/10.1002/abc.12/full', '10.1002/abc.12'],
  ['https://example.com/article?id=10.1371/journal.pone.1&x=1', '10.1371/journal.pone.1'],
  ['10.1000%2Fab', '10.1000/ab'],
  [SICI, SICI],
  [
    '10.1002/(SICI)1097{\\textless}1661::AID{\\textgreater}3.0.CO;2-2',
    '10.1002/(SICI)1097<1661::AID>3.0.CO;2-2',
  ],
  ['10.1002/1097&lt;1661&gt;3', '10.1002/1097<1661>3'],
  ['{10.1007/978-3\\_12}', '10.1007/978-3_12'],
  ['10.1000/ab=12,3', '10.1000/ab=12,3'],
  ['10.1016/0370-2693(93)90456-x', '10.1016/0370-2693(93)90456-x'],
  ['10.1000/182).', '10.1000/182'],
])('%s is read as %s', (text, doi) => {
  expect(parseDoi(text)).toBe(doi);
});

test.each([
  '',
  '10.1/x',
  '10.1000/',
  'version 10.1000/3 of it',
  '10.1000/a b',
  '2106.12052',
  'x'.repeat(2_000),
])('%j is no DOI', (text) => {
  expect(parseDoi(text)).toBeNull();
});

test('an address of a DOI names it whole', () => {
  expect(doiUrl('10.1000/ab#12?')).toBe('https://doi.org/10.1000/ab%2312%3F');
  expect(parseDoi(doiUrl(SICI))).toBe(SICI);
});
