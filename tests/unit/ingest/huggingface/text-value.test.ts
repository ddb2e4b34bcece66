import { expect, test } from 'vitest';
import { parseTextValue } from '#lib/ingest/huggingface/text-value.ts';

test.each<[string, string, unknown, string | null]>([
  ['JSON', '{"a": [1, null]}', { a: [1, null] }, null],
  ['trailing commas', '{"a": [1, 2,], }', { a: [1, 2] }, 'ill-formed JSON'],
  ['NaN and Infinity', '[NaN, Infinity, -Infinity]', [Number.NaN, Infinity, -Infinity], 'ill-formed JSON'],
  ['raw line breaks in a string', '{"a": "x\ny\tz"}', { a: 'x\ny\tz' }, 'ill-formed JSON'],
  [
    'Python’s constants in JSON',
    '{"a": None, "b": True, "c": False}',
    { a: null, b: true, c: false },
    'ill-formed JSON',
  ],
  ['escapes of JSON in broken JSON', '["\\/ \\u00e9 \\" \\\\ \\n",]', ['/ é " \\ \n'], 'ill-formed JSON'],
  ['an escape of no dialect', '["\\alpha",]', ['\\alpha'], 'ill-formed JSON'],
  ['apostrophes turned into quotes', '{"a": "don"t", "b": "x"}', { a: 'don"t', b: 'x' }, 'ill-formed JSON'],
  [
    'quotes nobody escaped',
    '{"a": "the "best" one, he "said""}',
    { a: 'the "best" one, he "said"' },
    'ill-formed JSON',
  ],
  ['Python', `{'a': "it's"}`, { a: "it's" }, 'a Python literal'],
  ['JSON in a string', '"{\\"a\\": 1}"', { a: 1 }, 'JSON inside a string'],
  ['JSON in a string in a string', JSON.stringify(JSON.stringify('[1]')), [1], 'JSON inside a string'],
  ['Python in a string', `"{'a': 1}"`, { a: 1 }, 'a Python literal'],
])('%s', (_, text, value, repair) => {
  expect(parseTextValue(text)).toMatchObject({ kind: 'value', value, repair });
});

test('what is no value tells where it stopped making sense', () => {
  expect(parseTextValue('{"a": 1, "b": <html>}')).toEqual({ kind: 'unreadable', failedAt: 14 });
});
