import { expect, test } from 'vitest';
import { describeInterface } from '#app/api/v1/interface.ts';
import { toSearchJson } from '#app/api/v1/search/answer.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { aListedPaper } from '../../support/builders.ts';

const description = JSON.parse(JSON.stringify(describeInterface('http://papers.test')));

type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
};

/** Names of members that the one has and the other does not. */
function differences(value: unknown, schema: Schema, path: string): string[] {
  const named =
    schema.$ref === undefined ? schema : description.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (Array.isArray(value)) return value.flatMap((one) => differences(one, named.items ?? {}, `${path}[]`));
  if (value === null || typeof value !== 'object' || named.properties === undefined) return [];
  const given = Object.keys(value);
  return [
    ...given.filter((name) => !(name in named.properties)).map((name) => `${path}.${name} is not described`),
    ...(named.required ?? [])
      .filter((name: string) => !given.includes(name))
      .map((name: string) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]) =>
      differences(member, named.properties[name] ?? {}, `${path}.${name}`),
    ),
  ];
}

test('an answer is what its description says', () => {
  const piece = [{ text: 'graphs', isMatch: true }];
  const { query, warnings } = parseQuery('"graphs');
  const answer = {
    query,
    warnings,
    searched: query,
    normalForm: '"graphs"',
    sort: 'relevance' as const,
    corrections: [{ from: 'grpahs', to: 'graphs' }],
    didYouMean: null,
    dropped: ['in 2025'],
    results: [{ paper: aListedPaper({ signals: { upvotes: 3 } }), title: piece, passage: piece }],
    total: 1,
    isTotalExact: true,
    facets: [
      {
        kind: 'year' as const,
        facets: [{ name: '2025', papers: 1, query: 'graphs date:2025', isChosen: false }],
      },
    ],
    nextCursor: 'WzEsMl0',
  };
  const json: unknown = JSON.parse(
    JSON.stringify(
      toSearchJson({ text: '"graphs', sort: null, cursor: null, limit: 1 }, answer, 'http://papers.test'),
    ),
  );
  expect(warnings).toHaveLength(1);
  expect(differences(json, { $ref: '#/components/schemas/SearchAnswer' }, 'answer')).toEqual([]);
});

test('what it refers to is there', () => {
  const names = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  );
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(description.components.schemas).toHaveProperty(String(name));
});
