/** What the search field's script makes of answers and of its storage. It runs in Node as it does in a browser. */
import { beforeEach, expect, test } from 'vitest';

const kept = new Map<string, string>();
Object.assign(globalThis, {
  addEventListener: () => {},
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  },
});

const script = (name: string) => import(new URL(`../../../public/reader/${name}.js`, import.meta.url).href);
const {
  toSuggestions,
  toRecent,
}: {
  toSuggestions: (answer: unknown) => { kind: string; text: string; href: string }[];
  toRecent: (text: string) => { href: string };
} = await script('suggestion');
const state: {
  listSearches: () => string[];
  rememberSearch: (text: string) => void;
  forgetSearches: () => void;
} = await script('state');

beforeEach(() => kept.clear());

test('suggestions are taken as they come', () => {
  const suggestions = [
    { kind: 'author', text: 'Ada Lovelace', href: '/search?q=au%3A%22Ada+Lovelace%22' },
    { kind: 'title', text: 'On <b>Engines</b>', href: '/papers/1706.03762' },
  ];
  expect(toSuggestions({ suggestions })).toEqual(suggestions);
});

test.each([
  [null],
  ['<script>'],
  [{ suggestions: 'all' }],
  [{ suggestions: [null, 1, 'x', {}] }],
  [{ suggestions: [{ kind: 'query', text: 'a', href: 'javascript:alert(1)' }] }],
  [{ suggestions: [{ kind: 'query', text: 'a', href: '//example.org' }] }],
  [{ suggestions: [{ kind: 'query', text: 'a', href: '/\\\\example.org' }] }],
  [{ suggestions: [{ kind: 'query', text: 'a', href: 'https://example.org/' }] }],
  [{ suggestions: [{ kind: 'constructor', text: 'a', href: '/' }] }],
  [{ suggestions: [{ kind: 'forget', text: 'a', href: '/' }] }],
  [{ suggestions: [{ kind: 'query', text: '', href: '/' }] }],
  [{ suggestions: [{ kind: 'query', text: { toString: 'x' }, href: '/' }] }],
])('%j offers nothing', (answer) => {
  expect(toSuggestions(answer)).toEqual([]);
});

test('what was searched leads to the same search', () => {
  const { href } = toRecent('"a b" & c=d #e');
  expect(new URL(href, 'http://papers.test').searchParams.get('q')).toBe('"a b" & c=d #e');
});

test('the last searches are remembered once each, the newest first, and can be forgotten', () => {
  for (const text of ['a', 'b', 'a', ' c ']) state.rememberSearch(text);
  expect(state.listSearches()).toEqual(['c', 'a', 'b']);
  for (let n = 0; n < 50; n += 1) state.rememberSearch(`search ${n}`);
  expect(state.listSearches()).toHaveLength(8);
  state.rememberSearch('x'.repeat(1000));
  expect(state.listSearches()[0]).toBe('search 49');
  state.forgetSearches();
  expect(state.listSearches()).toEqual([]);
});

test.each(['nonsense', '{"a":1}', '"x"', '[1,null,{},["x"],"\\ud800","\\u0000",""]', 'null'])(
  'a storage of %s holds at most texts',
  (stored) => {
    kept.set('paperboy:searches', stored);
    for (const text of state.listSearches()) expect(text).toMatch(/^\S+$/);
  },
);
