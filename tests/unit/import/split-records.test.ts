import { describe, expect, test } from 'vitest';
import { createJsonArraySplitter } from '#lib/import/json-array-splitter.ts';
import {
  BIBTEX_START,
  createEntrySplitter,
  createLineSplitter,
  RIS_START,
} from '#lib/import/line-splitter.ts';
import type { RawRecord, Splitter } from '#lib/import/raw-record.ts';
import { splitRecords } from '#lib/import/split-records.ts';

/** Whatever the chunks, the records are the same: each size cuts lines, characters and escapes elsewhere. */
const CHUNK_SIZES = [1, 2, 3, 7, 64, 1_000_000];

function split(create: () => Splitter, bytes: string | Buffer): RawRecord[] {
  const all = Buffer.from(bytes);
  const ofSizes = CHUNK_SIZES.map((size) => {
    const splitter = create();
    const records: RawRecord[] = [];
    for (let at = 0; at < all.length; at += size) records.push(...splitter.push(all.subarray(at, at + size)));
    return [...records, ...splitter.end()];
  });
  for (const records of ofSizes) expect(records).toEqual(ofSizes[0]);
  return ofSizes[0] ?? [];
}

const texts = (records: readonly RawRecord[]) =>
  records.map((record) =>
    record.kind === 'text' ? record.text : record.kind === 'unreadable' ? record.reason : record.value,
  );

describe('lines', () => {
  test('are cut at line breaks, and the empty ones count without being records', () => {
    const records = split(() => createLineSplitter(), 'één\r\n\n  \nzwei\n{"q":"三"}');
    expect(records).toEqual([
      { kind: 'text', line: 1, entry: 1, text: 'één\r' },
      { kind: 'text', line: 4, entry: 2, text: 'zwei' },
      { kind: 'text', line: 5, entry: 3, text: '{"q":"三"}' },
    ]);
  });

  test('that are too long are lost, and only they', () => {
    const records = split(
      () => createLineSplitter({ bytesMax: 10 }),
      `short\n${'x'.repeat(40)}\n0123456789\nend`,
    );
    expect(texts(records)).toEqual(['short', 'longer than 10 bytes', '0123456789', 'end']);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  test('that are not UTF-8 are lost, unless another encoding is likely', () => {
    const bytes = Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9, 0x0a]), Buffer.from('ok')]);
    expect(texts(split(() => createLineSplitter(), bytes))).toEqual(['not UTF-8', 'ok']);
    expect(texts(split(() => createLineSplitter({ otherEncoding: 'windows-1252' }), bytes))).toEqual([
      'café',
      'ok',
    ]);
  });
});

describe('elements of an array', () => {
  test('are cut wherever they end, whatever their strings hold', () => {
    const elements = ['{"a":[1,{"b":"],}"}]}', '"\\"],"', '[[],[]]', '12', '{}'];
    const records = split(() => createJsonArraySplitter(), `\n[${elements.join(' ,\n ')}\n]\n`);
    expect(texts(records).map((text) => String(text).trim())).toEqual(elements);
    expect(records.map(({ line, entry }) => [line, entry])).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 4],
      [6, 5],
    ]);
  });

  test('that are too long are lost, and only they', () => {
    const records = split(() => createJsonArraySplitter(12), `[{"a":1},{"a":"${'x'.repeat(50)}"},{"a":2}]`);
    expect(texts(records)).toEqual(['{"a":1}', 'longer than 12 bytes', '{"a":2}']);
  });

  test('of an array that is not closed are told up to the last, which is what is left', () => {
    expect(texts(split(() => createJsonArraySplitter(), '[{"a":1},{"a":'))).toEqual(['{"a":1}', '{"a":']);
    expect(split(() => createJsonArraySplitter(), '[]')).toEqual([]);
  });
});

describe('entries of a bibliography', () => {
  test('begin where BibTeX begins them, and the unclosed one costs only itself', () => {
    const file = 'Exported.\n\n@article{a,\n title={A}\n}\n\n  @MISC {b, title={B\n@book(c,\n title="C")\n';
    const records = split(() => createEntrySplitter(BIBTEX_START), file);
    expect(texts(records)).toEqual([
      '@article{a,\n title={A}\n}',
      '  @MISC {b, title={B',
      '@book(c,\n title="C")',
    ]);
    expect(records.map(({ line }) => line)).toEqual([3, 7, 8]);
  });

  test('begin with the type in RIS', () => {
    const file = 'Provider: X\r\n\r\nTY  - JOUR\r\nTI  - A\r\nER  - \r\n\r\nTY  - BOOK\r\nTI  - B\r\nER  - ';
    const records = split(() => createEntrySplitter(RIS_START), file);
    expect(records.map(({ line, entry }) => [line, entry])).toEqual([
      [3, 1],
      [7, 2],
    ]);
  });

  test('are lost when too long', () => {
    const records = split(() => createEntrySplitter(BIBTEX_START, 30), `@a{x,\n${'y\n'.repeat(40)}}\n@b{z}`);
    expect(texts(records)).toEqual(['longer than 30 characters', '@b{z}']);
  });
});

describe('a JSON body', () => {
  async function recordsOf(text: string, brokenOff: string | null = null): Promise<RawRecord[]> {
    async function* chunks() {
      yield Buffer.from(text);
    }
    const groups: RawRecord[] = [];
    for await (const group of splitRecords('json', chunks(), () => brokenOff)) groups.push(...group);
    return groups;
  }

  test('gives the members of its array as they are', async () => {
    expect(await recordsOf('[{"id":1},{"id":2}]')).toEqual([
      { kind: 'value', line: null, entry: 1, value: { id: 1 }, repair: null },
      { kind: 'value', line: null, entry: 2, value: { id: 2 }, repair: null },
    ]);
  });

  test('that is one object gives what it wraps, or itself', async () => {
    expect(texts(await recordsOf('{\n "data": [{"paper":{"id":"1"}}]\n}'))).toEqual([{ paper: { id: '1' } }]);
    expect(texts(await recordsOf('{\n "DOI": "10.1000/1"\n}'))).toEqual([{ DOI: '10.1000/1' }]);
  });

  test('that is broken gives every entry that can be made out, and says what it took', async () => {
    const records = await recordsOf(
      `[{"paper": {"id": "1"}}, {'paper': {'id': '2', 'title': None}}, {"paper": {"id`,
    );
    expect(records).toMatchObject([
      { entry: 1, value: { paper: { id: '1' } }, repair: expect.stringContaining('ill-formed') },
      { entry: 2, value: { paper: { id: '2', title: null } }, repair: expect.stringContaining('Python') },
      { entry: 3 },
    ]);
  });
});

test('what a file that breaks off ends with is lost, even if it looks whole', async () => {
  async function* chunks() {
    yield Buffer.from('{"a":1}\n{"a":2}');
  }
  const groups: RawRecord[] = [];
  for await (const group of splitRecords('json-lines', chunks(), () => 'unexpected end of file'))
    groups.push(...group);
  expect(texts(groups)).toEqual(['{"a":1}', 'the file breaks off here: unexpected end of file']);
});
