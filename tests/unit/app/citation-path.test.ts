import { expect, test } from 'vitest';
import { toCitationPath } from '#app/citations/citation-path.ts';

test.each([
  ['/papers/2503.11731.bib', '', '/citations/bib/2503.11731'],
  ['/papers/hep-th/9901001.md', 'application/x-bibtex', '/citations/md/hep-th/9901001'],
  ['/papers/2503.11731', 'text/html;q=0.1, application/x-bibtex', '/citations/bib/2503.11731'],
  ['/papers/2503.11731', 'application/vnd.citationstyles.csl+json', '/citations/json/2503.11731'],
  ['/papers/2503.11731', 'text/html,application/json,*/*', null],
  ['/papers/', 'text/markdown', null],
  ['/papers/2503.11731.exe', '', null],
])('%s for who accepts %j is %s', (path, accept, inside) => {
  expect(toCitationPath(path, accept)).toBe(inside);
});
