import { expect, test } from 'vitest';
import { parsePythonLiteral } from '#lib/ingest/huggingface/python-literal.ts';

test.each<[string, unknown]>([
  [
    `{'id': '2412.07730', 'hidden': False, 'user': None, 'ok': True}`,
    { id: '2412.07730', hidden: false, user: null, ok: true },
  ],
  [
    `[1, -2, 3.5, 1e3, .5, 2., 1_000, 0x1F, 0o17, 0b101, -0x10]`,
    [1, -2, 3.5, 1000, 0.5, 2, 1000, 31, 15, 5, -16],
  ],
  [`()`, []],
  [`(1,)`, [1]],
  [`(1)`, 1],
  [`('a', 'b',)`, ['a', 'b']],
  [`{}`, {}],
  [`{1, 2}`, [1, 2]],
  [`{1: 'a', None: 'b', (2): 'c'}`, { 1: 'a', null: 'b', 2: 'c' }],
  [` [ 'a' , ] `, ['a']],
  [`inf`, Number.POSITIVE_INFINITY],
  [`-inf`, Number.NEGATIVE_INFINITY],
  [`nan`, Number.NaN],
])('reads %s', (text, value) => {
  expect(parsePythonLiteral(text)).toEqual(value);
});

test.each([
  [`"it's"`, "it's"],
  [`'say "no"'`, 'say "no"'],
  [`'it\\'s "so"'`, `it's "so"`],
  [`'a\\\\nb'`, 'a\\nb'],
  [`'\\a\\b\\f\\n\\r\\t\\v'`, '\x07\b\f\n\r\t\v'],
  [`'\\x41\\u00e9\\U0001F600\\101\\0'`, 'Aé😀A\0'],
  [`'\\ud83d\\ude00'`, '😀'],
  [`'\\ud83d'`, '\ud83d'],
  [`'\\U00110000'`, '\ufffd'],
  [`'$\\alpha_\\phi$ \\% \\d \\N{DASH}'`, '$\x07lpha_\\phi$ \\% \\d \\N{DASH}'],
  [`'one \\\ntwo'`, 'one two'],
  [`r'\\alpha \\' \\n'`, "\\alpha \\' \\n"],
  [`u'a' "b" r'\\c'`, 'ab\\c'],
  [`'''it's\n"long"'''`, `it's\n"long"`],
  [`"""two ""quotes"" """`, 'two ""quotes"" '],
  [`b'caf\\xc3\\xa9'`, 'café'],
  [`''`, ''],
])('reads the string %s', (text, value) => {
  expect(parsePythonLiteral(text)).toBe(value);
});

test.each([
  [`datetime.datetime(2024, 12, 10, 18, 27, 6)`, '2024-12-10T18:27:06.000Z'],
  [
    `datetime.datetime(2024, 12, 10, 18, 27, 6, 250000, tzinfo=datetime.timezone.utc)`,
    '2024-12-10T18:27:06.250Z',
  ],
  [
    `datetime.datetime(2024, 12, 10, 2, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=28800)))`,
    '2024-12-09T18:00:00.000Z',
  ],
  [
    `datetime.datetime(2024, 12, 10, 22, 0, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=68400)))`,
    '2024-12-11T03:00:00.000Z',
  ],
  [`datetime.datetime(2024, 12, 10, 0, 0, tzinfo=TzInfo(UTC))`, '2024-12-10T00:00:00.000Z'],
  [`datetime.date(2024, 5, 27)`, '2024-05-27T00:00:00.000Z'],
  [`ObjectId('67590ae29500a8d4bb970a6b')`, '67590ae29500a8d4bb970a6b'],
])('reads the call %s', (text, value) => {
  expect(parsePythonLiteral(text)).toBe(value);
});

test.each([
  [''],
  [`{'a': }`],
  [`{'a' 'b'}x`],
  [`{'a': 1 'b': 2}`],
  [`{'a': 1`],
  [`'unterminated`],
  [`[1, 2`],
  [`{'a': {'b': 1}, 2}`],
  [`__import__('os').system('true')`],
  [`open('/etc/passwd')`],
  [`lambda: 1`],
  [`1 + 1`],
  [`1.2.3`],
  [`datetime.datetime('x')`],
  [`datetime.datetime(`],
  ['['.repeat(100_000)],
  [`${'['.repeat(100)}${']'.repeat(100)}`],
])('is no literal: %.40s', (text) => {
  expect(parsePythonLiteral(text)).toBeUndefined();
});

test('a key named __proto__ is a member like any other', () => {
  const value = parsePythonLiteral(`{'__proto__': {'polluted': True}}`);
  expect(Object.keys(value as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('a long text of quotes and backslashes costs little', () => {
  const start = process.cpuUsage();
  expect(parsePythonLiteral(`'${"\\'\\\\".repeat(100_000)}`)).toBeUndefined();
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2);
}, 60_000);
