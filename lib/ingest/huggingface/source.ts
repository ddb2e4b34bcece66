/**
 * Hugging Face's daily papers, from the Hub itself or from a folder of recorded bodies, in one type, so that a
 * replay runs the code of a live ingest.
 * API: https://huggingface.co/docs/hub/api, `GET /api/daily_papers?date=YYYY-MM-DD&limit=1..100&p=0…`.
 */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type FetchDeps, fetchBody } from '#lib/http/fetch-body.ts';
import { describeRefusal, type FetchOutcome, type Refusal } from '#lib/http/outcome.ts';
import { DAY_MS } from '#lib/time.ts';
import type { BodyResult, MissedBody, SourceBody } from '../report.ts';
import { parseBody } from './body.ts';

const HUGGING_FACE_URL = 'https://huggingface.co';
/** The API's own limit. */
const PAGE_ENTRIES = 100;
/** Ten times the fullest day so far. */
const PAGES_MAX = 10;
/** One day can fail for its own reasons; after this many in a row it is the Hub that is down. */
const DAYS_UNAVAILABLE_MAX = 3;
const FILE_BYTES_MAX = 64 * 1024 * 1024;

const BODY_FILE = /^(\d{4}-\d\d-\d\d)\.json(?:\.gz)?$/;

/** The bodies of `days`, in that order, page by page. */
export async function* fetchDailyBodies(
  deps: FetchDeps,
  input: { baseUrl?: string; days: readonly string[]; signal?: AbortSignal },
): AsyncGenerator<BodyResult> {
  let unavailable = 0;
  let closed: MissedBody | null = null;
  for (const day of input.days) {
    if (closed !== null) {
      yield { ...closed, day, origin: toPageUrl(input.baseUrl, day, 0) };
      continue;
    }
    for await (const { result, refusal } of fetchDay(deps, input, day)) {
      yield result;
      unavailable = refusal?.kind === 'unavailable' ? unavailable + 1 : 0;
      const isClosed = refusal?.kind === 'rate-limited' || unavailable >= DAYS_UNAVAILABLE_MAX;
      if (isClosed && result.kind === 'missed') closed = { ...result, reason: `not asked: ${result.reason}` };
    }
  }
}

/** One day's pages; ends with the first that is not full, or that could not be had. */
async function* fetchDay(
  deps: FetchDeps,
  input: { baseUrl?: string; signal?: AbortSignal },
  day: string,
): AsyncGenerator<{ result: SourceBody | MissedBody; refusal: Refusal | null }> {
  let previousText = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const url = toPageUrl(input.baseUrl, day, page);
    const outcome: FetchOutcome = await fetchBody(deps, {
      url,
      headers: { accept: 'application/json' },
      // An unchanged first page does not mean that the second is unchanged.
      isUnconditional: page > 0,
      ...(input.signal === undefined ? {} : { signal: input.signal }),
    });
    if (outcome.kind === 'not-modified') continue;
    if (outcome.kind !== 'ok') {
      const retryAt = 'retryAt' in outcome ? outcome.retryAt : null;
      const reason = describeRefusal(outcome);
      yield { result: { kind: 'missed', origin: url, day, reason, retryAt }, refusal: outcome };
      return;
    }
    // A server that knows no pages sends the same one for ever.
    if (outcome.text === previousText) return;
    previousText = outcome.text;
    yield { result: toLiveBody(deps, outcome, { url, day, page }), refusal: null };
    if (parseBody(outcome.text).length < PAGE_ENTRIES) return;
  }
}

function toLiveBody(
  deps: FetchDeps,
  answer: Extract<FetchOutcome, { kind: 'ok' }>,
  { url, day, page }: { url: string; day: string; page: number },
): SourceBody {
  return {
    kind: 'body',
    origin: url,
    day,
    text: answer.text,
    observedAt: deps.clock.now(),
    firstPosition: page * PAGE_ENTRIES,
    // Later pages are always requested, so their validators are not needed.
    acknowledge: async () => (page === 0 ? deps.memory?.record(url, answer.validators) : undefined),
  };
}

function toPageUrl(baseUrl: string | undefined, day: string, page: number): string {
  const query = new URLSearchParams({ date: day, limit: String(PAGE_ENTRIES), p: String(page) });
  return `${(baseUrl ?? HUGGING_FACE_URL).replace(/\/+$/, '')}/api/daily_papers?${query}`;
}

/** The bodies of a folder's files `YYYY-MM-DD.json` (or `.json.gz`), oldest day first; every other file is named once. */
export async function* readRecordedBodies(folder: string): AsyncGenerator<BodyResult> {
  const found = await readdir(folder, { withFileTypes: true }).catch(toReason);
  if (typeof found === 'string') {
    yield { kind: 'missed', origin: folder, day: null, reason: found, retryAt: null };
    return;
  }
  for (const entry of found.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const day = BODY_FILE.exec(entry.name)?.[1];
    if (!entry.isFile()) yield { kind: 'ignored', origin: entry.name, reason: 'not a regular file' };
    else if (day === undefined)
      yield { kind: 'ignored', origin: entry.name, reason: 'not named YYYY-MM-DD.json' };
    else if (!isCalendarDay(day))
      yield { kind: 'ignored', origin: entry.name, reason: 'named for no calendar day' };
    else yield await readBody(folder, entry.name, day);
  }
}

async function readBody(folder: string, name: string, day: string): Promise<SourceBody | MissedBody> {
  const read = await readText(join(folder, name)).catch(toReason);
  if (typeof read === 'string') return { kind: 'missed', origin: name, day, reason: read, retryAt: null };
  return {
    kind: 'body',
    origin: name,
    day,
    text: read.text,
    // A recorded body does not say at what time of its day it was fetched; the end of the day is safe.
    observedAt: new Date(Date.parse(day) + DAY_MS),
    firstPosition: 0,
    acknowledge: async () => undefined,
  };
}

/** UTF-8, or UTF-16 as some shells' redirections write; unpacked where it is gzip, whatever its name. */
async function readText(path: string): Promise<{ text: string }> {
  const { size } = await stat(path);
  if (size > FILE_BYTES_MAX) throw new Error(`larger than ${FILE_BYTES_MAX} bytes`);
  let bytes: Buffer = await readFile(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    bytes = await promisify(gunzip)(bytes, { maxOutputLength: FILE_BYTES_MAX });
  }
  const charset =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return { text: new TextDecoder(charset).decode(bytes) };
}

function toReason(error: unknown): string {
  return error instanceof Error ? `cannot be read: ${error.message}` : 'cannot be read';
}

function isCalendarDay(day: string): boolean {
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}
