/** What the reader's scripts make of whatever stands in the storage. They run in Node as they do in a browser. */
import { beforeEach, expect, test } from 'vitest';

const kept = new Map<string, string>();
let isForbidden = false;
Object.assign(globalThis, {
  addEventListener: () => {},
  localStorage: {
    getItem: (name: string) => {
      if (isForbidden) throw new DOMException('denied', 'SecurityError');
      return kept.get(name) ?? null;
    },
    setItem: (name: string, value: string) => {
      if (isForbidden) throw new DOMException('denied', 'SecurityError');
      kept.set(name, value);
    },
  },
});

type State = {
  SAVED_MAX: number;
  addSaved: (papers: readonly object[]) => number;
  getSettings: () => object;
  isId: (id: unknown) => boolean;
  isRead: (id: string) => boolean;
  listRead: () => string[];
  listSaved: () => { id: string; title: string; savedAt: string }[];
  markRead: (ids: readonly string[], isNowRead: boolean) => void;
  save: (paper: object) => void;
  setSettings: (changes: object) => void;
  unsave: (id: string) => void;
};

const state: State = await import(new URL('../../../public/reader/state.js', import.meta.url).href);
const aSaved = (id: string) => ({
  id,
  title: `Title of ${id}`,
  authors: 'A. B.',
  savedAt: '2025-03-12T00:00:00.000Z',
});

beforeEach(() => {
  kept.clear();
  isForbidden = false;
});

test.each(['1706.03762', 'hep-th/9901001', 'doi:10.1000/182', 'doi:10.1002/(sici)1097%3B2'])(
  '%s names a paper',
  (id) => {
    expect(state.isId(id)).toBe(true);
  },
);

test.each([
  '',
  '../../etc',
  'a/../b',
  '//example.org',
  '/x',
  'a b',
  '"><script>',
  'x'.repeat(301),
  7,
  null,
  {},
  ['1706.03762'],
])('%j names none', (id) => {
  expect(state.isId(id)).toBe(false);
});

test.each(['{', 'null', '7', '"x"', '[null, 1, {}, {"id": 3}]', '{"length": 5}', '[[[]]]'])(
  'a storage of %s is an empty library with settings as at first',
  (text) => {
    for (const name of ['saved', 'read', 'settings']) kept.set(`paperboy:${name}`, text);
    expect(state.listSaved()).toEqual([]);
    expect(state.listRead()).toEqual([]);
    expect(state.getSettings()).toEqual({
      theme: 'auto',
      size: 'normal',
      abstracts: 'set',
      hideRead: false,
      keys: true,
    });
  },
);

test('settings are those there are to choose from, and no others', () => {
  kept.set(
    'paperboy:settings',
    '{"theme": "dark", "size": "constructor", "abstracts": ["full"], "hideRead": 1, "keys": false}',
  );
  expect(state.getSettings()).toEqual({
    theme: 'dark',
    size: 'normal',
    abstracts: 'set',
    hideRead: false,
    keys: false,
  });
  state.setSettings({ abstracts: 'full' });
  expect(state.getSettings()).toMatchObject({ theme: 'dark', abstracts: 'full' });
});

test('a paper is saved once, newest first, and taken off again', () => {
  state.save(aSaved('1706.03762'));
  state.save(aSaved('hep-th/9901001'));
  state.save(aSaved('1706.03762'));
  expect(state.listSaved().map(({ id }) => id)).toEqual(['1706.03762', 'hep-th/9901001']);
  state.unsave('1706.03762');
  expect(state.listSaved().map(({ id }) => id)).toEqual(['hep-th/9901001']);
});

test('an import adds what is new, up to a bound, and keeps what was there', () => {
  state.save(aSaved('1706.03762'));
  const many = Array.from({ length: state.SAVED_MAX + 10 }, (_, at) =>
    aSaved(`2501.${String(at).padStart(5, '0')}`),
  );
  expect(state.addSaved([aSaved('1706.03762'), ...many])).toBe(state.SAVED_MAX - 1);
  expect(state.listSaved()).toHaveLength(state.SAVED_MAX);
  expect(state.listSaved().some(({ id }) => id === '1706.03762')).toBe(true);
});

test('where storage is forbidden, things are remembered until the page is left', () => {
  isForbidden = true;
  state.markRead(['1706.03762'], true);
  expect(state.isRead('1706.03762')).toBe(true);
  state.markRead(['1706.03762'], false);
  expect(state.isRead('1706.03762')).toBe(false);
});
