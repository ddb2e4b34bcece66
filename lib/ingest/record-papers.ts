/**
 * Merges what a source says into the papers we know: one transaction, set by set, so that a thousand records cost
 * about what one does, and two sources writing the same paper at once queue on its row.
 *
 * The merge does not depend on the order in which records arrive: title and abstract are those of the record with
 * the highest (authority, recordedAt), of two equally high ones the greater text; a field that only a lower record
 * knows is filled in from it.
 */
import { setImmediate } from 'node:timers/promises';
import type { Db, Queryable } from '#lib/db/client.ts';
import { type Listing, type Observation, type PaperRecord, SOURCES, type Source } from '#lib/papers/paper.ts';
import {
  insertSearchables,
  type SearchableRow,
  toSearchableRow,
  updateSearchables,
} from '#lib/search/index/store.ts';
import type { TermSource } from '#lib/search/index/vocabulary.ts';
import { texToText } from '#lib/tex/tex.ts';
import { insertPapers, mergePapers, type PaperInput, toPaperInput } from './merge-store.ts';
import {
  inOneTransaction,
  insertLinks,
  insertSignals,
  insertVersions,
  upsertListings,
} from './record-store.ts';
import { insertSubjects, upsertSubjects } from './subject-store.ts';

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
  const inputs = await inTurns(items, (item) =>
    toInput(item, authority, item.recordedAt ?? batch.recordedAt),
  );
  const searchables = batch.areNew ? await inTurns(inputs, toSearchableRow) : null;

  return inOneTransaction(db, async (statements) => {
    const { keys, inserted, changed } = await writePapers(statements, inputs);
    const rewritten = new Set(changed);
    const keyed = items.map((item) => {
      const key = keys.get(idOf(item.record));
      if (key === undefined) throw new Error(`Paper ${idOf(item.record)} was neither inserted nor found.`);
      return { key, ...item };
    });
    // In one order for everybody, lest two writers wait for each other's rows.
    const byKey = [...keyed].sort((one, other) => one.key - other.key);
    for (const key of await insertLinks(statements, byKey)) changed.add(key);
    for (const key of await insertVersions(statements, byKey)) changed.add(key);
    for (const key of await upsertListings(statements, byKey)) changed.add(key);
    await insertSignals(statements, byKey);
    await writeSearchables(statements, { keyed, inputs, searchables, inserted, changed, rewritten });
    await writeSubjects(statements, { byKey, inserted, changed });
    return outcomesOf(keyed, inserted, changed);
  });
}

/** A few at a time, so that what the database answers to others meanwhile is taken up. */
async function inTurns<From, To>(all: readonly From[], convert: (one: From) => To): Promise<To[]> {
  const converted: To[] = [];
  for (const [index, one] of all.entries()) {
    converted.push(convert(one));
    if (index % PAPERS_AT_A_TIME === 0) await setImmediate();
  }
  return converted;
}

/** New papers as they came, the others as they are now, which no record tells alone. */
async function writeSearchables(
  db: Queryable,
  written: {
    keyed: readonly { key: number }[];
    inputs: readonly PaperInput[];
    searchables: readonly SearchableRow[] | null;
    inserted: ReadonlySet<number>;
    changed: ReadonlySet<number>;
    rewritten: ReadonlySet<number>;
  },
): Promise<void> {
  const { keyed, inputs, searchables, inserted, changed, rewritten } = written;
  const fresh = new Map<number, TermSource & SearchableRow & { key: number }>();
  for (const [index, { key }] of keyed.entries()) {
    const input = inputs[index];
    if (input !== undefined && inserted.has(key) && !fresh.has(key)) {
      const { titleText, abstractText } = input;
      fresh.set(key, { key, titleText, abstractText, ...(searchables?.[index] ?? toSearchableRow(input)) });
    }
  }
  await insertSearchables(db, [...fresh.values()]);
  const others = [...changed].filter((key) => rewritten.has(key) || !inserted.has(key));
  await updateSearchables(db, others);
}

async function writeSubjects(
  db: Queryable,
  written: {
    byKey: readonly (RecordedItem & { key: number })[];
    inserted: ReadonlySet<number>;
    changed: ReadonlySet<number>;
  },
): Promise<void> {
  const { byKey, inserted, changed } = written;
  const isOnce = ({ key }: { key: number }, index: number) =>
    byKey[index - 1]?.key !== key && byKey[index + 1]?.key !== key;
  const fresh = byKey.filter((item, index) => inserted.has(item.key) && isOnce(item, index));
  await insertSubjects(
    db,
    fresh.map(({ key, record, listing }) => ({ ...record, key, listedOn: listing?.listedOn ?? null })),
  );
  const others = new Set([...inserted, ...changed]);
  for (const { key } of fresh) others.delete(key);
  await upsertSubjects(db, [...others]);
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

function idOf(paper: { registry: string; identifier: string }): string {
  return `${paper.registry}:${paper.identifier}`;
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
  return toPaperInput({
    registry: record.registry,
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
  });
}
