/** Entries of Hugging Face's daily papers, parsed by the code that ingests them from there. */

import { parseDailyEntry, toDailyRecord } from '#lib/ingest/huggingface/record.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { addDays, parseDay } from '#lib/papers/day.ts';
import { type FileContext, isObject, type JsonObject, parseDate, UNDATED } from '../parsed-record.ts';

export function isDailyEntry(value: JsonObject): boolean {
  return isObject(value.paper) || ('id' in value && 'title' in value && 'summary' in value);
}

/**
 * The paper, or why there is none. The day is that of the file's name, else the one the entry bears (since 2025);
 * without either the paper stands on no list and its figures, which held at no known time, are left out.
 * @param position 0-based place in the day's list; null where the file does not keep its order
 */
export function toDailyItem(
  value: JsonObject,
  position: number | null,
  file: FileContext,
): RecordedItem | string {
  const entry = parseDailyEntry(value);
  if (entry === null) return 'no paper in it';
  const day = file.day ?? submissionDayOf(value);
  // A recorded body does not say at what time of its day it was fetched; the end of the day is safe.
  const observedAt = day === null ? null : new Date(addDays(day, 1));
  const listed = { day: day ?? '', position: position ?? 0, observedAt: observedAt ?? UNDATED };
  const daily = toDailyRecord(entry, listed);
  if (typeof daily === 'string') return daily;
  return {
    record: daily.record,
    listing: day === null ? null : { ...daily.listing, position },
    observations: observedAt === null ? [] : daily.observations,
    recordedAt: observedAt ?? daily.record.submittedAt ?? UNDATED,
  };
}

function submissionDayOf(value: JsonObject): string | null {
  const paper = isObject(value.paper) ? value.paper : value;
  const instant = parseDate(paper.submittedOnDailyAt);
  return instant === null ? null : parseDay(instant.toISOString().slice(0, 10));
}
