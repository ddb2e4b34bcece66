import { expect, test } from 'vitest';
import { listViewPath, parseListView, wholeView } from '#lib/papers/list-view.ts';
import { type PaperList, parsePaperListPath } from '#lib/papers/paper-list.ts';

function list(path: string): PaperList {
  const found = parsePaperListPath(path.split('/').slice(1));
  if (found === null) throw new Error(`${path} is no list`);
  return found;
}

function read(address: string) {
  const url = new URL(address, 'http://localhost');
  return parseListView(list(url.pathname), (name) => url.searchParams.get(name));
}

test.each([
  '/date/2025-03-12',
  '/date/2025-03-12?sort=newest',
  '/week/2025-W11?sort=upvotes&category=cs.CL&code=yes',
  '/list/cs.CL?sort=trending',
  '/list/grp_physics?category=hep-th&after=hep-th%2F9901001',
  '/author/Ada%20Lovelace?after=doi%3A10.1000%2F182',
])('%s reads back', (address) => {
  expect(listViewPath(read(address))).toBe(address);
});

test.each([
  ['/list/cs.CL?sort=newest', '/list/cs.CL'],
  ['/date/2025-03-12?sort=trending&code=no', '/date/2025-03-12'],
  ['/date/2025-03-12?sort=toString&category=__proto__&after=%00', '/date/2025-03-12'],
  ['/list/cs?category=CS.cl&after=arXiv:2503.01234v3', '/list/cs?category=cs.CL&after=2503.01234'],
  ['/list/cs?after=doi:', '/list/cs'],
])('%s is as good as %s', (address, shorter) => {
  expect(listViewPath(read(address))).toBe(shorter);
});

test('a list is whole in its own order from its top', () => {
  expect(wholeView(list('/list/cs'))).toEqual({
    list: list('/list/cs'),
    sort: 'newest',
    filters: {},
    after: null,
  });
  expect(wholeView(list('/week/2025-W11')).sort).toBe('trending');
});
