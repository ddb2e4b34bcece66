/** The interface for programs, described for programs (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0). */
import { SIGNAL_KINDS } from '#lib/papers/paper.ts';
import { QUERY_CHARS_MAX } from '#lib/query/parser.ts';
import { SEARCH_SORTS } from '#lib/search/search-address.ts';
import { LIMIT_DEFAULT, LIMIT_MAX } from './search/parameters.ts';

const text = { type: 'string' } as const;
const maybeText = { type: ['string', 'null'] } as const;
const texts = { type: 'array', items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const link = { type: 'string', format: 'uri' } as const;
const maybeInstant = { type: ['string', 'null'], format: 'date-time' } as const;
const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const listOf = (name: string) => ({ type: 'array', items: { $ref: `#/components/schemas/${name}` } });

const SCHEMAS = {
  Segment: object({ text, isMatch: { type: 'boolean' } }),
  Warning: object({ code: text, message: text, position: count, length: count }),
  Facet: object({ name: text, papers: count, query: text, isChosen: { type: 'boolean' } }),
  Paper: object({
    archive: { enum: ['arxiv', 'doi'] },
    id: { ...text, description: 'An arXiv identifier without version, or a DOI.' },
    url: link,
    title: text,
    abstract: text,
    authors: texts,
    categories: texts,
    primaryCategory: maybeText,
    submittedAt: maybeInstant,
    updatedAt: maybeInstant,
    firstListedOn: { type: ['string', 'null'], format: 'date' },
    comment: maybeText,
    journalReference: maybeText,
    doi: maybeText,
    isWithdrawn: { type: 'boolean' },
    signals: object(Object.fromEntries(SIGNAL_KINDS.map((kind) => [kind, count])), SIGNAL_KINDS),
    links: object({
      abstract: link,
      pdf: { type: ['string', 'null'] },
      code: { type: 'array', items: link },
      project: { type: 'array', items: link },
    }),
    matches: object({ title: listOf('Segment'), passage: listOf('Segment') }),
  }),
  SearchAnswer: object({
    query: { ...text, description: 'As asked.' },
    searched: { ...text, description: 'Normal form of what the papers answer.' },
    explanation: { ...text, description: 'The same in words.' },
    sort: { enum: SEARCH_SORTS },
    warnings: listOf('Warning'),
    corrections: { type: 'array', items: object({ from: text, to: text }) },
    didYouMean: { ...maybeText, description: 'The query spelt otherwise, where that is only a guess.' },
    dropped: { ...texts, description: 'Conditions left out because nothing had all of them.' },
    total: object({ count, isExact: { type: 'boolean' } }),
    papers: listOf('Paper'),
    facets: { type: 'object', additionalProperties: listOf('Facet') },
    next: { ...maybeText, description: 'Cursor of the next page.' },
    links: object({
      self: link,
      first: link,
      next: { type: ['string', 'null'] },
      html: link,
      feeds: { type: 'object', additionalProperties: link },
    }),
  }),
  Suggestion: object({ kind: { enum: ['query', 'author', 'title', 'category'] }, text, href: text }),
  Problem: object({ type: link, title: text, status: count, detail: text, parameter: text }, ['parameter']),
};

const parameter = (name: string, description: string, schema: object, required = false) => ({
  name,
  in: 'query',
  description,
  required,
  schema,
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const found = (description: string, schema: object) => ({
  '200': { description, content: { 'application/json': { schema } } },
  '304': { description: 'Nothing has changed since the answer of that tag.' },
  '400': problem('A parameter cannot be used.'),
  '429': problem('The client has made too many requests.'),
});

export function describeInterface(baseUrl: string) {
  return {
    openapi: '3.1.0',
    info: { title: 'Paperboy', version: '1', description: `Papers by query. In words: ${baseUrl}/about/api` },
    servers: [{ url: baseUrl }],
    paths: {
      '/api/v1/search': {
        get: {
          operationId: 'search',
          summary: 'Papers that a query finds',
          parameters: [
            parameter(
              'q',
              `The query, as at ${baseUrl}/about/search`,
              { ...text, maxLength: QUERY_CHARS_MAX },
              true,
            ),
            parameter('sort', 'Order; without it the query’s own, else relevance', { enum: SEARCH_SORTS }),
            parameter('limit', 'Papers of a page', {
              type: 'integer',
              minimum: 1,
              maximum: LIMIT_MAX,
              default: LIMIT_DEFAULT,
            }),
            parameter('cursor', 'Where the page begins: `next` of an answer', text),
          ],
          responses: found('Papers, the best first.', { $ref: '#/components/schemas/SearchAnswer' }),
        },
      },
      '/api/v1/suggest': {
        get: {
          operationId: 'suggest',
          summary: 'What somebody who has typed so far may be about to ask',
          parameters: [parameter('q', 'What has been typed', text)],
          responses: found(
            'Suggestions, each with the path it leads to.',
            object({ suggestions: listOf('Suggestion') }),
          ),
        },
      },
    },
    components: { schemas: SCHEMAS },
  };
}
