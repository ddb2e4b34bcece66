import { expect, test } from 'vitest';
import { parseEtag, parseRepository } from '#lib/signals/github-source.ts';

const parse = (fields: object) => parseRepository(JSON.stringify(fields));

test('a repository is its name, its stars and its forks', () => {
  expect(parse({ full_name: 'Ada/Engine.js', stargazers_count: 42, forks_count: 0, size: 'x' })).toEqual({
    name: 'ada/engine.js',
    stars: 42,
    forks: 0,
  });
});

test.each([-1, 2_147_483_648, 1e300, 4.5, '42', null, undefined, [], {}, true])(
  'a count of %j is none, and costs no other',
  (count) => {
    expect(parse({ full_name: 'ada/engine', stargazers_count: count, forks_count: 7 })).toEqual({
      name: 'ada/engine',
      stars: null,
      forks: 7,
    });
  },
);

test('the largest number that the database holds is a count', () => {
  expect(parse({ stargazers_count: 2_147_483_647 })?.stars).toBe(2_147_483_647);
});

test.each([
  undefined,
  null,
  5,
  '',
  'engine',
  'ada/',
  '/engine',
  'ada/..',
  'ada/engine/tree',
  '-ada/x',
  'ä/x',
  "a'/x",
  'a\0/x',
])('%j is no name', (name) => {
  expect(parse({ full_name: name, stargazers_count: 1, forks_count: 1 })?.name).toBe(null);
});

test.each(['', 'null', '[]', '5', '"x"', '<html>', '{"stargazers_count": 4', '[{"stargazers_count": 4}]'])(
  'the body %j is no repository',
  (body) => {
    expect(parseRepository(body)).toBe(null);
  },
);

test.each([
  ['"abc"', '"abc"'],
  ['W/"abc"', 'W/"abc"'],
  ['abc', null],
  ['"a\nb"', null],
  ['"ä"', null],
  [`"${'x'.repeat(201)}"`, null],
  [null, null],
])('the validator %j is kept as %j', (etag, kept) => {
  expect(parseEtag(etag)).toBe(kept);
});
