/** Which shape a JSON value has, and the papers in it. */
import { type Entry, toEntries } from '#lib/ingest/huggingface/entry.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { type FileContext, type Reading, toReading } from './reading.ts';
import { isArxivMetadata, toArxivItem } from './shapes/arxiv-metadata.ts';
import { isCslItem, toCslItem } from './shapes/csl.ts';
import { isDailyEntry, toDailyItem } from './shapes/daily.ts';

const MEMBERS_NAMED_MAX = 8;

/**
 * One reading for an object of a known shape, several for a list or a wrapper of such.
 * @param position 0-based place in the file where that is the order of a day's list; else null
 */
export function readValue(value: unknown, position: number | null, file: FileContext): Reading[] {
  if (isObject(value)) {
    const reading = readObject(value, position, file);
    if (reading !== null) return [reading];
  }
  return toEntries(value, { position: position ?? 0, repair: null }).map((entry) =>
    readEntry(entry, value, file),
  );
}

/** What was found inside a wrapper, a list or a text. */
function readEntry(entry: Entry, whole: unknown, file: FileContext): Reading {
  if (entry.kind === 'lost') return { kind: 'rejected', reason: entry.reason };
  const reading = entry.value === whole ? null : readObject(entry.value, entry.position, file);
  if (reading === null) return { kind: 'rejected', reason: describeUnknown(entry.value) };
  return reading.kind === 'item' ? { ...reading, repair: entry.repair } : reading;
}

function readObject(value: JsonObject, position: number | null, file: FileContext): Reading | null {
  if (isCslItem(value)) return toReading(toCslItem(value, file));
  if (isArxivMetadata(value)) return toReading(toArxivItem(value, file));
  if (isDailyEntry(value)) return toReading(toDailyItem(value, position, file), 'huggingface');
  return null;
}

function describeUnknown(value: JsonObject): string {
  const names = Object.keys(value)
    .slice(0, MEMBERS_NAMED_MAX)
    .map((name) => name.slice(0, 40));
  return names.length === 0 ? 'an empty object' : `of no known shape; its members are ${names.join(', ')}`;
}
