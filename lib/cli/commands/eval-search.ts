import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { systemClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { embeddedEnded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { createBaseline } from '#lib/search/baseline.ts';
import { type CorpusEntry, readCorpusLine, readQrels, readQueryLine } from '#lib/search/collection.ts';
import { type Evaluation, evaluateSearch, recordCorpus } from '#lib/search/evaluate-search.ts';
import { indexPapers } from '#lib/search/index/index-papers.ts';
import type { Path } from '#lib/search/search-input.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run, say } from '../command.ts';
import { openDatabase } from '../open-database.ts';

export function defineEvalSearch(group: Command, run: Run): void {
  group
    .command('search')
    .description('measure search against a test collection in the form of BEIR')
    .argument('<folder>', 'holds corpus.jsonl, queries.jsonl and qrels.tsv')
    .addOption(
      new Option('--path <path>', 'rank by the BM25 index, or as on a Postgres without it')
        .choices(['bm25', 'plain'])
        .default('bm25'),
    )
    .option('--json', JSON_OPTION, false)
    .action(run(evalSearch));
}

type EvalSearchFlags = { readonly path: Path; readonly json: boolean };

const FILES = ['corpus.jsonl', 'queries.jsonl', 'qrels.tsv'] as const;
const BATCH = 2_000;

/** Loads a collection into a temporary database and prints one line of measures. */
async function evalSearch({ config }: Context, folder: string, flags: EvalSearchFlags): Promise<ExitCode> {
  const missing = FILES.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) {
    say(`${folder} has no ${missing.join(', ')}.`);
    return EXIT.failed;
  }
  const directory = mkdtempSync(join(tmpdir(), 'paperboy-eval-'));
  const database = await openDatabase({ ...config, databaseUrl: null, dataDirectory: directory });
  const { url } = database;
  const db = createDb(url);
  try {
    await migrate(url);
    const deps = { db, clock: systemClock };
    const { identifiers, documents, baseline } = await loadCorpus(deps, join(folder, 'corpus.jsonl'));
    await indexPapers(deps);
    const queries = readFileSync(join(folder, 'queries.jsonl'), 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [readQueryLine(line, index + 1)]));
    const judgements = readQrels(readFileSync(join(folder, 'qrels.tsv'), 'utf8'));
    const evaluation = await evaluateSearch(
      { ...deps, path: flags.path, nowMs: () => performance.now() },
      { documents, baseline, identifiers, queries, judgements },
    );
    answer(flags.json, evaluation, format(evaluation));
    return EXIT.ok;
  } finally {
    await db.$disconnect();
    await database.close();
    await embeddedEnded(directory, 20_000);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function loadCorpus(deps: Parameters<typeof recordCorpus>[0], path: string) {
  const identifiers = new Map<string, string>();
  const corpus: CorpusEntry[] = [];
  let batch: CorpusEntry[] = [];
  let number = 0;
  const record = async () => {
    for (const [identifier, id] of await recordCorpus(deps, batch, identifiers.size))
      identifiers.set(identifier, id);
    batch = [];
  };
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++;
    if (line.trim() === '') continue;
    const entry = readCorpusLine(line, number);
    corpus.push(entry);
    batch.push(entry);
    if (batch.length >= BATCH) await record();
  }
  if (batch.length > 0) await record();
  return { identifiers, documents: identifiers.size, baseline: createBaseline(corpus) };
}

function format(evaluation: Evaluation): string {
  const { path, documents, queries, ndcg10, baselineNdcg10, map, recall100, p50Ms, p95Ms } = evaluation;
  return (
    `${queries.toLocaleString('en')} queries over ${documents.toLocaleString('en')} papers (${path}): ` +
    `nDCG@10 ${ndcg10} (plain BM25 ${baselineNdcg10}), MAP ${map}, recall@100 ${recall100}; median ${p50Ms} ms, p95 ${p95Ms} ms.`
  );
}
