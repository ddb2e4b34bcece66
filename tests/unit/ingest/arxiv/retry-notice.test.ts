import { expect, test } from 'vitest';
import { parseRetryNotice } from '#lib/ingest/arxiv/retry-notice.ts';

test.each([
  ['<html><body>\n<h1>Retry after 1 seconds</h1>\n</body></html>', 1],
  ['<!DOCTYPE html><html><head><title>503</title></head><body>Retry after 120 seconds.</body></html>', 120],
  ['Retry after 5 seconds', 5],
  ['<h1>Retry\nafter 30 sec</h1>', 30],
])('%j asks for a pause of %i seconds', (body, seconds) => {
  expect(parseRetryNotice(body)).toEqual({ kind: 'retry-after', seconds });
  expect(parseRetryNotice(Buffer.from(body))).toEqual({ kind: 'retry-after', seconds });
});

test.each([
  ['an empty body', ''],
  ['another page', '<html><body>Not Found</body></html>'],
  [
    'an answer that quotes one',
    '<?xml version="1.0"?><OAI-PMH><error>Retry after 1 seconds</error></OAI-PMH>',
  ],
  ['a page without a number', '<html>Retry after some seconds</html>'],
  ['something much longer', `<html>${' '.repeat(3_000)}Retry after 1 seconds</html>`],
])('%s is no notice', (_, body) => {
  expect(parseRetryNotice(body)).toBeNull();
});
