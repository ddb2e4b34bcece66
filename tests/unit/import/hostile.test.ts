import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRecordParser, parseValue } from '#lib/import/parse-record.ts';
import type { ParsedRecord } from '#lib/import/parsed-record.ts';
import { findSource } from '#lib/import/source.ts';

const HOSTILE = join(
  process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../../../shared/data'),
  'hostile',
);
const FILE = { modifiedAt: null, day: null };

/** Postgres takes neither NUL nor half a surrogate pair. */
function isStorable(parsed: ParsedRecord): boolean {
  if (parsed.kind === 'rejected') return true;
  const { record } = parsed.item;
  const texts = [
    record.title,
    record.abstract,
    record.comment,
    record.journalReference,
    record.doi,
    record.license,
  ];
  const all = [...texts, ...record.authors, ...record.categories, ...record.keywords, record.identifier];
  return all.every((text) => text === null || (text.isWellFormed() && !text.includes('\0')));
}

function readStrings(): string[] {
  return [
    ...JSON.parse(readFileSync(join(HOSTILE, 'naughty-strings.json'), 'utf8')),
    ...readFileSync(join(HOSTILE, 'xss-payloads.txt'), 'utf8').split('\n'),
    'a\0b',
    '\ud800',
    '\u001b[31m',
  ];
}

async function readFile(path: string): Promise<ParsedRecord[]> {
  const source = await findSource(path);
  if (typeof source === 'string') throw new Error(source);
  const opened = await source.open();
  if (typeof opened === 'string') return [];
  const read = await createRecordParser(opened.format, source);
  const parsed: ParsedRecord[] = [];
  for await (const group of opened.records) for (const record of group) parsed.push(...read(record));
  return parsed;
}

const isPresent = existsSync(HOSTILE);

describe.skipIf(!isPresent)('hostile input (skipped where the shared data is absent)', () => {
  const strings: string[] = isPresent ? readStrings() : [];

  test('in any member gives a record that can be stored, or a reason', () => {
    for (const text of strings) {
      const everywhere = {
        id: '2503.00001',
        title: text,
        abstract: text,
        authors: [text, 'Ada Lovelace'],
        categories: [text, 'cs.LG'],
        comment: text,
        'journal-ref': text,
        doi: text,
        license: text,
        first_listed: text,
        versions: [{ version: text, created: text }],
      };
      const csl = {
        type: 'article',
        title: text,
        abstract: text,
        DOI: '10.1000/1',
        author: [{ family: text, given: text }],
        keyword: text,
        number: text,
        issued: { raw: text },
      };
      for (const value of [
        everywhere,
        { ...everywhere, id: text },
        csl,
        { ...csl, DOI: text },
        { [text]: text },
        text,
      ]) {
        const parsed = parseValue(value, null, FILE);
        expect(parsed.length).toBeGreaterThan(0);
        expect(parsed.every(isStorable)).toBe(true);
      }
    }
  });

  test('in BibTeX and RIS is an entry or a reason', async () => {
    for (const format of ['bibtex', 'ris'] as const) {
      const read = await createRecordParser(format, FILE);
      for (const text of strings) {
        const block =
          format === 'bibtex'
            ? `@article{a, title={${text}}, author={${text} and B}, doi={10.1000/1}, abstract="${text}"}`
            : `TY  - JOUR\nTI  - ${text}\nAU  - ${text}\nDO  - 10.1000/1\nAB  - ${text}\nER  - `;
        const parsed = read({ kind: 'text', line: 1, entry: 1, text: block });
        expect(parsed.length).toBeGreaterThan(0);
        expect(parsed.every(isStorable)).toBe(true);
      }
    }
  });

  test('as a file of another kind is told line by line, and never more', { timeout: 60_000 }, async () => {
    const folder = join(HOSTILE, 'feeds');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(1_000);
    for (const file of files) {
      const parsed = await readFile(join(file.parentPath, file.name));
      expect(parsed.filter(({ kind }) => kind === 'item')).toEqual([]);
    }
  });
});
