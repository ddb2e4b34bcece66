/** Bodies as archives hold them: whole, wrapped, printed by Python, cut, concatenated, damaged. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseBody } from '#lib/ingest/huggingface/body.ts';
import { seededRandom } from '#lib/random.ts';

const entry = (id: string) => ({
  paper: {
    id,
    authors: [{ name: "O'Neil", hidden: false }],
    title: `On [${id}]`,
    summary: 'We say "x" {a}, it\'s\nso.',
  },
  numComments: 1,
});
const ENTRIES = ['2412.00001', '2412.00002', '2412.00003'].map(entry);
const PLAIN = JSON.stringify(ENTRIES, null, 2);

/** What `repr()` makes of a value; for the values of these tests. */
function repr(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, of]) => `'${key}': ${repr(of)}`)
      .join(', ')}}`;
  return String(value);
}

const foundIds = (body: string) =>
  parseBody(body).flatMap((found) =>
    found.kind === 'found' ? [(found.value.paper as { id?: string }).id] : [],
  );
const lost = (body: string) => parseBody(body).filter((found) => found.kind === 'lost');

test('a plain array needs no repair', () => {
  expect(parseBody(PLAIN)).toEqual(
    ENTRIES.map((value, position) => ({ kind: 'found', position, value, repair: null })),
  );
});

test.each([
  ['a wrapper', JSON.stringify({ status: 'success', date: '2025-01-10', count: 3, data: ENTRIES })],
  ['a wrapper with an unknown name', JSON.stringify({ tags: [], listing: ENTRIES })],
  ['a wrapper in a wrapper', JSON.stringify({ response: { body: { papers: ENTRIES } } })],
  ['a wrapper of texts', JSON.stringify({ status: 'success', data: ENTRIES.map(repr) })],
  ['texts of Python', JSON.stringify(ENTRIES.map(repr))],
  ['texts of JSON', JSON.stringify(ENTRIES.map((value) => JSON.stringify(value)))],
  ['texts of texts', JSON.stringify(ENTRIES.map((value) => JSON.stringify(JSON.stringify(value))))],
  [
    'a mixture of texts',
    JSON.stringify([repr(ENTRIES[0]), JSON.stringify(ENTRIES[1]), repr(repr(ENTRIES[2]))]),
  ],
  ['Python as a whole', repr(ENTRIES)],
  ['a Python list of texts', repr(ENTRIES.map(repr))],
  ['a Python tuple', `(${ENTRIES.map(repr).join(', ')},)`],
  ['a wrapper in Python', repr({ status: 'success', data: ENTRIES })],
  ['JSON in a string', JSON.stringify(PLAIN)],
  ['Python in a string', JSON.stringify(repr(ENTRIES))],
  [
    'an object keyed by identifier',
    JSON.stringify(Object.fromEntries(ENTRIES.map((one) => [one.paper.id, one]))),
  ],
  ['pages in a list', JSON.stringify([ENTRIES.slice(0, 2), ENTRIES.slice(2)])],
  ['papers that are texts', JSON.stringify(ENTRIES.map((one) => ({ ...one, paper: repr(one.paper) })))],
  ['one entry a line', ENTRIES.map((one) => JSON.stringify(one)).join('\n')],
  ['one entry a line, in Python', ENTRIES.map(repr).join('\r\n')],
  ['one text a line', ENTRIES.map((one) => JSON.stringify(repr(one))).join('\n')],
  ['one wrapper a line', ENTRIES.map((one) => JSON.stringify({ date: 'x', data: [one] })).join('\n')],
  ['record separators', ENTRIES.map((one) => `\u001e${JSON.stringify(one)}\n`).join('')],
  ['arrays one after another', `${JSON.stringify(ENTRIES.slice(0, 1))}${JSON.stringify(ENTRIES.slice(1))}`],
  ['trailing commas', PLAIN.replaceAll('"numComments": 1', '"numComments": 1,').replace(/\]$/, ',]')],
  ['NaN', PLAIN.replaceAll('"numComments": 1', '"numComments": NaN')],
  ['raw line breaks in strings', PLAIN.replaceAll('\\n', '\n')],
  ['no closing bracket', PLAIN.replace(/\]$/, '')],
  ['no opening bracket', PLAIN.replace(/^\[/, '')],
  ['no commas between entries', PLAIN.replaceAll('},\n  {', '}\n  {')],
  ['a log line before', `Fetching papers of 2024-12-11 ...\n${PLAIN}`],
  ['HTTP headers before', `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${PLAIN}`],
  ['an anti-hijacking prefix', `)]}',\n${PLAIN}`],
  ['a log line after', `${PLAIN}\nSaved 3 papers to 2024-12-11.json`],
])('all entries are found in %s', (_, body) => {
  expect(foundIds(body)).toEqual(['2412.00001', '2412.00002', '2412.00003']);
  expect(lost(body)).toEqual([]);
  const found = parseBody(body).filter((one) => one.kind === 'found');
  expect(found.every((one) => one.repair !== null)).toBe(true);
  expect(found.map((one) => one.position)).toEqual([0, 1, 2]);
  expect(found.map((one) => (one.value.paper as { title: string }).title)).toEqual(
    ENTRIES.map((one) => one.paper.title),
  );
});

test('a byte order mark and trailing NULs are no damage', () => {
  expect(parseBody(`\ufeff${PLAIN}\n\0\0\0\0`)).toEqual(parseBody(PLAIN));
});

test('a single entry that is no list is found', () => {
  expect(foundIds(JSON.stringify(ENTRIES[0]))).toEqual(['2412.00001']);
  expect(foundIds(repr(ENTRIES[0]))).toEqual(['2412.00001']);
});

test.each([['[]'], ['{"status": "success", "count": 0, "data": []}'], [' [ ] ']])(
  '%s is a day without papers',
  (body) => {
    expect(parseBody(body)).toEqual([]);
  },
);

test.each([
  ['', 'empty body'],
  ['\0\0\0', 'empty body'],
  ['null', 'no list of papers'],
  ['42', 'no list of papers'],
  ['{"error": "Invalid date", "details": []}', 'no list of papers'],
  ['{"errors": ["rate limit"]}', 'no list of papers'],
  ['<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', 'neither JSON nor a Python literal'],
  ['Retry after 10 seconds', 'neither JSON nor a Python literal'],
])('%j is reported as a whole', (body, reason) => {
  expect(parseBody(body)).toEqual([{ kind: 'lost', position: null, reason }]);
});

test('a member that is no paper is reported in its place and costs no other', () => {
  const body = JSON.stringify([ENTRIES[0], null, 7, 'hello', '<Paper at 0x7f>', ENTRIES[1], []]);
  expect(foundIds(body)).toEqual(['2412.00001', '2412.00002']);
  expect(lost(body).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
});

test('an object that is no paper is handed on for the schema to judge', () => {
  expect(parseBody('[{"message": "x"}]')).toMatchObject([
    { kind: 'found', position: 0, value: { message: 'x' } },
  ]);
});

test.each([
  ['plain', PLAIN],
  ['wrapped texts', JSON.stringify({ status: 'success', data: ENTRIES.map(repr) })],
  ['Python as a whole', repr(ENTRIES)],
  ['JSON in a string', JSON.stringify(PLAIN)],
])(
  'cut anywhere, a %s body loses at most the entry that was cut',
  (_, body) => {
    const starts = [...body.matchAll(/paper\\*["']\s*:/g)].map((match) => match.index);
    for (let length = 1; length < body.length; length += 1) {
      const whole = starts.filter((_, index) => (starts[index + 1] ?? body.length) <= length).length;
      const ids = foundIds(body.slice(0, length)).filter((id) => id !== undefined);
      expect(ids.slice(0, whole), `cut at ${length}`).toEqual(
        ['2412.00001', '2412.00002', '2412.00003'].slice(0, whole),
      );
      expect(ids.length, `cut at ${length}`).toBeLessThanOrEqual(whole + 1);
    }
  },
  60_000,
);

test('an entry whose paper is whole survives a cut behind it', () => {
  const body = PLAIN.slice(0, PLAIN.lastIndexOf('"numComments"'));
  expect(parseBody(body).at(-1)).toMatchObject({
    kind: 'found',
    position: 2,
    value: { paper: ENTRIES[2]?.paper },
  });
});

test('half an abstract or half a list of authors is never taken for a whole one', () => {
  const cutAt = (text: string) => PLAIN.slice(0, PLAIN.lastIndexOf(text) + text.length);
  const [abstractCut] = parseBody(cutAt('We say')).slice(-1);
  expect(abstractCut).toMatchObject({ value: { paper: { id: '2412.00003' } } });
  expect(abstractCut).not.toHaveProperty('value.paper.summary');
  expect(parseBody(cutAt("O'Neil")).at(-1)).not.toHaveProperty('value.paper.authors');
});

test('a value whose end is lost does not run on into the next entry', () => {
  const body = PLAIN.replace(
    'so."\n    },\n    "numComments": 1\n  },\n  {\n    "paper": {\n      "id": "2412.00002"',
    (text) => text.replace('so."', 'so.\u0001'),
  );
  expect(body).not.toBe(PLAIN);
  expect(foundIds(body)).toEqual(['2412.00001', '2412.00002', '2412.00003']);
  expect(parseBody(body)[0]).not.toHaveProperty('value.paper.summary');
});

/** Papers put together from two entries: the identifier of one with the title of the other. */
function chimeras(body: string) {
  return parseBody(body).filter((found) => {
    if (found.kind === 'lost') return false;
    const { id, title } = found.value.paper as { id?: string; title?: string };
    return ENTRIES.some(
      ({ paper }) => paper.title === title && paper.id !== id && /^2412\.0000\d$/.test(id ?? ''),
    );
  });
}

test('damage in one entry costs at most that entry', () => {
  const random = seededRandom(7);
  for (let round = 0; round < 500; round += 1) {
    const [first, last] = [PLAIN.indexOf('"id": "2412.00002"'), PLAIN.lastIndexOf('  {\n    "paper"') - 8];
    const at = Math.floor(first + random.fraction() * (last - first));
    const junk = ['', '"', '}', ']', '{', '[', '\\', ',', '\n<<<<<<< HEAD\n', '\0'][
      Math.floor(random.fraction() * 10)
    ];
    const body = `${PLAIN.slice(0, at)}${junk}${PLAIN.slice(at + Math.floor(random.fraction() * 6))}`;
    const ids = foundIds(body);
    expect(ids, body).toContain('2412.00001');
    expect(ids, body).toContain('2412.00003');
    expect(chimeras(body), body).toEqual([]);
  }
}, 60_000);

test.each([
  ['brackets', '['.repeat(200_000)],
  ['braces', '{"a":'.repeat(200_000)],
  ['papers in papers', '{"paper":'.repeat(30_000)],
  ['quotes', '"'.repeat(200_000)],
  ['beginnings of papers', '"paper":{"a":"'.repeat(20_000)],
  ['nested well-formed lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['strings in strings', Array.from({ length: 12 }).reduce<string>((text) => JSON.stringify(text), '[1')],
  ['a long run of white space', `[{"paper": {"id": "${' '.repeat(1_000_000)}x`],
  ['a long run of digits', `[{"paper": {"id": ${'1'.repeat(1_000_000)}x}}]`],
  ['a million numbers', `[${'1,'.repeat(1_000_000)}1]`],
])(
  'hostile input costs little and gives few entries: %s',
  (_, body) => {
    const start = process.cpuUsage();
    expect(parseBody(body).length).toBeLessThanOrEqual(20_001);
    // Processor time, since a busy machine must not fail the test; a quadratic reading would take minutes.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
  },
  120_000,
);

const FOLDER = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'hf-daily');

test.skipIf(!existsSync(FOLDER))(
  `no entry of the recorded bodies is lost (skipped where ${FOLDER} is absent)`,
  () => {
    const entries = readdirSync(FOLDER).flatMap((name) =>
      parseBody(readFileSync(join(FOLDER, name), 'utf8')),
    );
    expect(entries.filter((one) => one.kind === 'lost')).toEqual([]);
    expect(entries.length).toBeGreaterThan(6_000);
    expect(entries.filter((one) => one.kind === 'found' && one.repair !== null)).toHaveLength(300);
  },
  120_000,
);
