/** The commands that bring papers in. */
import { type Command, Option } from 'commander';
import { SIGNAL_SOURCES } from '#lib/signals/signal-schedule.ts';
import { JSON_OPTION, parseCount, type Run } from '../command.ts';
import { parseDayArgument } from '../day-argument.ts';
import type { ImportFlags } from '../import-file.ts';
import type { ArxivFlags } from '../ingest-from-arxiv.ts';
import type { IngestFlags } from '../ingest-from-huggingface.ts';
import type { SignalFlags } from '../observe-signals.ts';

export function addPaperCommands(program: Command, run: Run): void {
  addIngest(program, run);

  program
    .command('import')
    .description(
      'bring papers in from a file: JSON Lines, JSON, BibTeX, RIS or CSL-JSON, plain or packed with gzip or zstd',
    )
    .argument('<file>', 'its path, or - for standard input')
    .option('--restart', 'begin at the beginning, also where an earlier import of it was cut short', false)
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, file: string, options: ImportFlags) => {
        const { importFile } = await import('../import-file.ts');
        return importFile(context, file, options);
      }),
    );
}

function addIngest(program: Command, run: Run): void {
  const ingest = program.command('ingest').description('bring papers in from a source');
  const day = (flags: string, words: string) => new Option(flags, words).argParser(parseDayArgument);
  ingest
    .command('huggingface')
    .description(
      "the daily papers of Hugging Face: today's and those of the two days before, or the days named",
    )
    .addOption(
      new Option('--from <folder>', 'replay recorded bodies, files named YYYY-MM-DD.json').conflicts([
        'date',
        'since',
        'until',
      ]),
    )
    .addOption(day('--date <day>', 'one day, YYYY-MM-DD').conflicts(['since', 'until']))
    .addOption(day('--since <day>', 'every day from this one on'))
    .addOption(day('--until <day>', 'up to and with this one; without it, today'))
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: IngestFlags) => {
        const { ingestFromHuggingface } = await import('../ingest-from-huggingface.ts');
        return ingestFromHuggingface(context, options);
      }),
    );
  ingest
    .command('arxiv')
    .description('harvest arXiv by OAI-PMH from where the last harvest ended: the configured categories')
    .option('--set <sets...>', 'sets as OAI-PMH names them, such as cs:cs:LG, in place of the categories')
    .addOption(new Option('--all', 'everything arXiv has').default(false).conflicts('set'))
    .addOption(day('--since <day>', 'first day of a first harvest; without it, from the beginning'))
    .addOption(
      new Option('--format <prefix>', 'metadata format')
        .choices(['arXivRaw', 'arXiv', 'oai_dc'])
        .default('arXivRaw'),
    )
    .addOption(new Option('--announcements', 'take in the newest announcement instead').default(false))
    .addOption(new Option('--gaps', 'look for missing days of the last 30 instead').default(false))
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: ArxivFlags) => {
        const { ingestFromArxiv } = await import('../ingest-from-arxiv.ts');
        return ingestFromArxiv(context, options);
      }),
    );
  ingest
    .command('signals')
    .description('look again at upvotes, stars and citations that are due')
    .addOption(new Option('--source <source>', 'only this one').choices(SIGNAL_SOURCES))
    .addOption(
      new Option('--limit <requests>', 'at most so many requests to each source')
        .argParser(parseCount)
        .default(500),
    )
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: SignalFlags) => {
        const { observeSignals } = await import('../observe-signals.ts');
        return observeSignals(context, options);
      }),
    );
}
