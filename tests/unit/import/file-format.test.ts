import { expect, test } from 'vitest';
import { detectFormat } from '#lib/import/file-format.ts';

test.each([
  ['a line that is an object', '{"id":"1","title":"A"}\n{"id":"2"}\n', 'json-lines'],
  ['one object without a line break', '{"id":"1"}', 'json-lines'],
  ['a first line that is cut off', '{"id":"1","title":"A\n{"id":"2"}\n', 'json-lines'],
  ['a first line that is rubbish', 'rubbish\n{"id":"2"}\n', 'json-lines'],
  [
    'a first line that is longer than the beginning read',
    `{"id":"1","authors":["${'x'.repeat(300_000)}`,
    'json-lines',
  ],
  ['an array', ' \n[{"id":"1"}]', 'json'],
  ['an array that begins with a byte order mark', '\ufeff[\n{"id":"1"}]', 'json'],
  ['an indented object', '{\n  "data": [\n', 'json'],
  ['an object with a first member that goes on', '{ "data": [\n  {\n    "id": 1\n', 'json'],
  ['a text that is the text of an array', '"[{\\"paper\\": {}}]"', 'json'],
  ['BibTeX', '@article{a,\n title={A}}', 'bibtex'],
  ['BibTeX after a preface', '% Encoding: UTF-8\nMade by JabRef.\n\n@Article {a,\n', 'bibtex'],
  ['RIS', 'TY  - JOUR\r\nTI  - A\r\n', 'ris'],
  ['RIS after headers', 'Provider: ACM\nContent: text/plain\n\nTY  - JOUR\n', 'ris'],
  ['RIS with one space', 'TY - JOUR\n', 'ris'],
  ['nothing', '', 'json-lines'],
  ['a web page', '<!doctype html>\n<p>No</p>', 'json-lines'],
])('%s', (_, head, format) => {
  expect(detectFormat(head)).toBe(format);
});
