/**
 * Merges what a source says into the papers we know: one transaction, set by set, so that a thousand records cost
 * about what one does, and two sources writing the same paper at once queue on its row.
 *
 * The merge does not depend on the order in which records arrive: title and abstract are those of the record with
 * the highest (authority, recordedAt), of two equally high ones the greater text; a field that only a lower record
 * knows is filled in from it.
 */
import { setImmediate } from 'node:timers/promises';
import type { Db } from '#lib/db/client.ts';
import { insertPapers, mergePapers, type PaperInput } from './merge-store.ts';
import { type Listing, type Observation, type PaperRecord, SOURCES, type Source } from './paper.ts';
import {
  insertLinks,
  insertSignals,
  insertVersions,
  type Queryable,
  upsertListings,
} from './record-store.ts';
import { insertSearchables, updateSearchables } from './search-index-store.ts';
import { type Searchable, toSearchable } from './searchable.ts';
import { upsertSubjects } from './subject-store.ts';
import { texToText } from './tex.ts';

export type RecordedItem = {
  readonly record: PaperRecord;
  readonly listing: Listing | null;
  readonly observations: readonly Observation[];
  /** When the source made this record, if not at the batch's instant. */
  readonly recordedAt?: Date;
};

export type RecordOutcome = 'inserted' | 'updated' | 'unchanged';

export type RecordedBatch = {
  readonly source: Source;
  readonly recordedAt: Date;
  readonly items: readonly RecordedItem[];
  /**
   * Most are thought to be new: what search needs of them is worked out before the transaction, which keeps others of an
   * embedded database waiting, and not in it. A wrong guess costs a tenth of a millisecond a paper.
   */
  readonly areNew?: boolean;
};

/** Fits one round trip and one lock set; callers may pass more, it is cut. */
const BATCH_MAX = 2_000;
const PAPERS_AT_A_TIME = 20;

/**
 * One outcome per item, in order. `updated` means that the paper, its links, versions or listing changed; a new
 * observation alone leaves it `unchanged`. Throws only when the database does; a batch is then not recorded at all.
 */
export async function recordPapers(db: Db, batch: RecordedBatch): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  for (let start = 0; start < batch.items.length; start += BATCH_MAX) {
    const items = batch.items.slice(start, start + BATCH_MAX);
    outcomes.push(...(await recordBatch(db, { ...batch, items })));
  }
  return outcomes;
}

async function recordBatch(db: Db, batch: RecordedBatch): Promise<RecordOutcome[]> {
  const { items } = batch;
  if (items.length === 0) return [];
  const authority = SOURCES.indexOf(batch.source);
  const inputs = items.map((item) => toInput(item, authority, item.recordedAt ?? batch.recordedAt));
  const searchables = batch.areNew ? await toSearchables(inputs) : null;

  return db.$transaction(async (transaction) => {
    const { keys, inserted, changed } = await writePapers(transaction, inputs);
    const rewritten = new Set(changed);
    const keyed = items.map((item) => {
      const key = keys.get(idOf(item.record));
      if (key === undefined) throw new Error(`Paper ${idOf(item.record)} was neither inserted nor found.`);
      return { key, ...item };
    });
    // In one order for everybody, lest two writers wait for each other's rows.
    const byKey = [...keyed].sort((one, other) => one.key - other.key);
    for (const key of await insertLinks(transaction, byKey)) changed.add(key);
    for (const key of await insertVersions(transaction, byKey)) changed.add(key);
    for (const key of await upsertListings(transaction, byKey)) changed.add(key);
    await insertSignals(transaction, byKey);
    await writeSearchables(transaction, { keyed, inputs, searchables, inserted, changed, rewritten });
    await upsertSubjects(transaction, [...new Set([...inserted, ...changed])]);
    return outcomesOf(keyed, inserted, changed);
  });
}

/** A few at a time, so that what the database answers to others meanwhile is taken up. */
async function toSearchables(inputs: readonly PaperInput[]): Promise<Searchable[]> {
  const searchables: Searchable[] = [];
  for (const [index, input] of inputs.entries()) {
    searchables.push(toSearchable(input));
    if (index % PAPERS_AT_A_TIME === 0) await setImmediate();
  }
  return searchables;
}

/** New papers as they came, the others as they are now, which no record tells alone. */
async function writeSearchables(
  db: Queryable,
  written: {
    keyed: readonly { key: number }[];
    inputs: readonly PaperInput[];
    searchables: readonly Searchable[] | null;
    inserted: ReadonlySet<number>;
    changed: ReadonlySet<number>;
    rewritten: ReadonlySet<number>;
  },
): Promise<void> {
  const { keyed, inputs, searchables, inserted, changed, rewritten } = written;
  const fresh = new Map<number, PaperInput & { key: number; searchable: Searchable }>();
  for (const [index, { key }] of keyed.entries()) {
    const input = inputs[index];
    if (input !== undefined && inserted.has(key) && !fresh.has(key)) {
      fresh.set(key, { ...input, key, searchable: searchables?.[index] ?? toSearchable(input) });
    }
  }
  await insertSearchables(db, [...fresh.values()]);
  const others = [...changed].filter((key) => rewritten.has(key) || !inserted.has(key));
  await updateSearchables(db, others);
}

async function writePapers(db: Queryable, inputs: readonly PaperInput[]) {
  const keys = new Map<string, number>();
  const inserted = new Set<number>();
  const changed = new Set<number>();
  for (const round of toRounds(inputs)) {
    const met = await insertPapers(db, round);
    for (const [id, { key, state }] of met) {
      keys.set(id, key);
      if (state === 'inserted') inserted.add(key);
    }
    const open = round.filter((input) => (met.get(idOf(input))?.state ?? 'differs') === 'differs');
    if (open.length === 0) continue;
    for (const [id, { key, isChanged }] of await mergePapers(db, open)) {
      keys.set(id, key);
      if (isChanged) changed.add(key);
    }
  }
  return { keys, inserted, changed };
}

/** Whatever the records of a paper twice in a batch did to it is told of its first; the second finds it so. */
function outcomesOf(
  keyed: readonly { key: number }[],
  inserted: ReadonlySet<number>,
  changed: ReadonlySet<number>,
): RecordOutcome[] {
  const told = new Set<number>();
  return keyed.map(({ key }) => {
    if (told.has(key)) return 'unchanged';
    told.add(key);
    if (inserted.has(key)) return 'inserted';
    return changed.has(key) ? 'updated' : 'unchanged';
  });
}

function idOf(paper: { archive: string; identifier: string }): string {
  return `${paper.archive}:${paper.identifier}`;
}

/**
 * Sets with each paper once: a paper's second record goes into the second set, so that it is merged as if it had come
 * in a later batch.
 */
function toRounds(inputs: readonly PaperInput[]): PaperInput[][] {
  const rounds: PaperInput[][] = [];
  const counts = new Map<string, number>();
  for (const input of inputs) {
    const id = idOf(input);
    const round = counts.get(id) ?? 0;
    counts.set(id, round + 1);
    rounds[round] ??= [];
    rounds[round].push(input);
  }
  return rounds;
}

function toInput({ record }: RecordedItem, authority: number, recordedAt: Date): PaperInput {
  return {
    archive: record.archive,
    identifier: record.identifier,
    title: record.title,
    titleText: texToText(record.title),
    abstract: record.abstract,
    abstractText: texToText(record.abstract),
    authors: record.authors,
    categories: record.categories,
    primaryCategory: record.primaryCategory,
    submittedAt: record.submittedAt,
    updatedAt: record.updatedAt,
    comment: record.comment,
    journalReference: record.journalReference,
    doi: record.doi,
    license: record.license,
    isWithdrawn: record.isWithdrawn,
    keywords: record.keywords,
    authority,
    recordedAt,
  };
}
