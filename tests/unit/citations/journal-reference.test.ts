import { expect, test } from 'vitest';
import { parseJournalReference } from '#lib/citations/citation.ts';

test.each([
  ['Phys.Rev. D59 (1999) 105006', 'Phys.Rev.', 'D59', null, '105006', 1999],
  ['J. Phys. A: Math. Gen. 36 (2003) 1-20', 'J. Phys. A: Math. Gen.', '36', null, '1-20', 2003],
  ['Phys. Rev. Lett. 90, 012345 (2003)', 'Phys. Rev. Lett.', '90', null, '012345', 2003],
  ['Nature 521 (7553), 436-444 (2015)', 'Nature', '521', '7553', '436-444', 2015],
  ['Astrophys.J.588:331-341,2003', 'Astrophys.J.', '588', null, '331-341', 2003],
  ['Neural Networks, vol. 12, no. 3, pp. 1--20, 1999', 'Neural Networks', '12', '3', '1-20', 1999],
])('%s', (text, journal, volume, issue, page, year) => {
  expect(parseJournalReference(text)).toEqual({ journal, volume, issue, page, year });
});

test.each([
  'Proc. of the 5th Workshop on Things, Paris, 2003',
  'Phys. Rev. D59 (1999) 1; Erratum-ibid. D60 (2000) 2',
  'to appear',
  'PhD thesis, MIT, 2001',
  '',
  `${'J. Phys. '.repeat(50)} 1 (2000) 1`,
  `${' '.repeat(5000)}A`,
])('%s stays whole', (text) => {
  expect(parseJournalReference(text)).toBeNull();
});
