/** The commands that say how good this is. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { SIGNAL_KINDS } from '../../papers/paper.ts';
import { JSON_OPTION, parseCount, type Run } from '../command.ts';
import { parseDayArgument } from '../day-argument.ts';
import type { EvalSearchFlags } from '../eval-search.ts';
import type { EvalTrendingFlags } from '../eval-trending.ts';

export function addEvalCommands(program: Command, run: Run): void {
  const evaluate = program.command('eval').description('measure how good an order is');
  addEvalSearch(evaluate, run);
  evaluate
    .command('trending')
    .description(
      'replay the trending order day by day against what came next, beside the formulas of others; and simulate what data lacks',
    )
    .addOption(
      new Option(
        '--stars <file>',
        'daily counts, CSV with the columns date, repo and stars, plain or packed with gzip',
      ).conflicts('signals'),
    )
    .option('--signals', 'the signals that this instance has recorded', false)
    .addOption(
      new Option('--target <kind>', 'with --signals: the signal whose growth is foreseen')
        .choices(SIGNAL_KINDS)
        .default('upvotes'),
    )
    .addOption(new Option('--window <window>', 'the order').choices(TRENDING_WINDOWS).default('week'))
    .addOption(count('--horizon <days>', 'growth over so many days', 7))
    .addOption(count('--every <days>', 'judge every n-th day', 1))
    .addOption(
      new Option('--held-out-from <day>', 'days from here on are told apart from those before')
        .argParser(parseDayArgument)
        .default('2025-07-01'),
    )
    .addOption(
      new Option('--worlds <count>', 'simulated worlds; 0 for no simulation')
        .argParser(parseWorlds)
        .default(25),
    )
    .option('--write <file>', 'also write the result to this file, as JSON')
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: EvalTrendingFlags) => {
        const { evalTrending } = await import('../eval-trending.ts');
        return evalTrending(context, options);
      }),
    );
}

function addEvalSearch(evaluate: Command, run: Run): void {
  evaluate
    .command('search')
    .description(
      'measure search against a test collection: a folder with corpus.jsonl, queries.jsonl and qrels.tsv',
    )
    .argument('<folder>', 'the collection, in the form of BEIR')
    .addOption(
      new Option('--path <path>', 'rank by the BM25 index, or as on a Postgres without it')
        .choices(['bm25', 'plain'])
        .default('bm25'),
    )
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, folder: string, options: EvalSearchFlags) => {
        const { evalSearch } = await import('../eval-search.ts');
        return evalSearch(context, folder, options);
      }),
    );
}

function count(flags: string, words: string, otherwise: number): Option {
  return new Option(flags, words).argParser(parseCount).default(otherwise);
}

function parseWorlds(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number from 0 to 999 is expected.');
}
