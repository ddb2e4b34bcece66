/** Parses one record of a file, by the file's format and, for JSON, by the members of the object. */

import { type Entry, toEntries } from '#lib/ingest/huggingface/entry.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import type { FileFormat } from './file-format.ts';
import { isArxivMetadata, toArxivItem } from './formats/arxiv-metadata.ts';
import { isCslItem, toCslItem } from './formats/csl.ts';
import { isDailyEntry, toDailyItem } from './formats/huggingface-daily.ts';
import {
  type FileContext,
  isObject,
  type JsonObject,
  type ParsedRecord,
  toParsedRecord,
} from './parsed-record.ts';
import type { RawRecord } from './raw-record.ts';

export type RecordParser = (record: RawRecord) => ParsedRecord[];

export async function createRecordParser(format: FileFormat, file: FileContext): Promise<RecordParser> {
  const readText = await createTextParser(format, file);
  return (record) => {
    if (record.kind === 'unreadable') return [{ kind: 'rejected', reason: record.reason }];
    if (record.kind === 'text') return readText(record.text, record.entry);
    const parsed = parseValue(record.value, record.entry - 1, file);
    return parsed.map((one) => (one.kind === 'item' ? { ...one, repair: one.repair ?? record.repair } : one));
  };
}

async function createTextParser(
  format: FileFormat,
  file: FileContext,
): Promise<(text: string, entry: number) => ParsedRecord[]> {
  const toParsedRecords = (items: readonly (RecordedItem | string)[]) =>
    items.map((item) => toParsedRecord(item));
  // Loaded where needed: the library takes a fifth of a second, which every other import would pay too.
  if (format === 'bibtex') {
    const { createBibtexParser } = await import('./formats/bibtex.ts');
    const parseEntries = createBibtexParser(file);
    return (text) => toParsedRecords(parseEntries(text));
  }
  if (format === 'ris') {
    const { toRisItem } = await import('./formats/ris.ts');
    return (text) => toParsedRecords([toRisItem(text, file)]);
  }
  return (text, entry) => parseJsonText(text, format === 'json' ? entry - 1 : null, file);
}

function parseJsonText(text: string, position: number | null, file: FileContext): ParsedRecord[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ kind: 'rejected', reason: `not JSON: ${toExcerpt(reason, 120)}` }];
  }
  return parseValue(value, position, file);
}

const MEMBERS_NAMED_MAX = 8;

/**
 * One result for an object of a known format, several for a list or a wrapper of such objects.
 * @param position 0-based place in the file where that is the order of a day's list; else null
 */
export function parseValue(value: unknown, position: number | null, file: FileContext): ParsedRecord[] {
  if (isObject(value)) {
    const parsed = parseObject(value, position, file);
    if (parsed !== null) return [parsed];
  }
  return toEntries(value, { position: position ?? 0, repair: null }).map((entry) =>
    parseEntry(entry, value, file),
  );
}

/** What was found inside a wrapper, a list or a text. */
function parseEntry(entry: Entry, whole: unknown, file: FileContext): ParsedRecord {
  if (entry.kind === 'lost') return { kind: 'rejected', reason: entry.reason };
  const parsed = entry.value === whole ? null : parseObject(entry.value, entry.position, file);
  if (parsed === null) return { kind: 'rejected', reason: describeUnknown(entry.value) };
  return parsed.kind === 'item' ? { ...parsed, repair: entry.repair } : parsed;
}

function parseObject(value: JsonObject, position: number | null, file: FileContext): ParsedRecord | null {
  if (isCslItem(value)) return toParsedRecord(toCslItem(value, file));
  if (isArxivMetadata(value)) return toParsedRecord(toArxivItem(value, file));
  if (isDailyEntry(value)) return toParsedRecord(toDailyItem(value, position, file), 'huggingface');
  return null;
}

function describeUnknown(value: JsonObject): string {
  const names = Object.keys(value)
    .slice(0, MEMBERS_NAMED_MAX)
    .map((name) => name.slice(0, 40));
  return names.length === 0 ? 'an empty object' : `of no known format; its members are ${names.join(', ')}`;
}
