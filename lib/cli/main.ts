/**
 * The command line: every command, its options and its words. What a command does is a file of its own, loaded when
 * it runs, so that `--help` answers at once.
 */
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { type Config, readConfig } from '../config.ts';
import { SIGNAL_SOURCES } from '../ingest/signal-schedule.ts';
import { describeError } from '../log.ts';
import { formatMistakes, SETTINGS } from '../settings.ts';
import { parseDayArgument } from './day-argument.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { ImportFlags } from './import-file.ts';
import type { ArxivFlags } from './ingest-from-arxiv.ts';
import type { SignalFlags } from './observe-signals.ts';

export type Context = {
  readonly config: Config;
  /** The project folder. */
  readonly root: string;
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Runs the command that `args` name and returns the exit code. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = createProgram((action) => async (...given) => {
    const config = readConfig(ROOT);
    if (Array.isArray(config)) {
      process.stderr.write(`${formatMistakes(config)}\n`);
      code = EXIT.configuration;
    } else {
      code = await action({ config, root: ROOT }, ...given);
    }
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander ends --help and --version this way too; what it had to say is said.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    process.stderr.write(`paperboy: ${describeError(error)}\n`);
    return EXIT.failed;
  }
}

type Action<Given extends unknown[]> = (context: Context, ...given: Given) => Promise<ExitCode>;
type Wrap = <Given extends unknown[]>(action: Action<Given>) => (...given: Given) => Promise<void>;

function createProgram(run: Wrap): Command {
  const program = new Command('paperboy')
    .description('A self-hosted daily paper of research.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(--help says more)')
    .addHelpText('after', HELP_AFTER);

  program
    .command('serve', { isDefault: false })
    .description('run the site: database, migrations, build, web server and worker')
    .option('--dev', 'serve the development build, which follows changes of the sources', false)
    .action(
      run(async (context, options: { dev: boolean }) => {
        const { serve } = await import('./serve.ts');
        return serve(context, { isDev: options.dev });
      }),
    );

  program
    .command('build')
    .description(
      'build the site ahead of its first start; `serve` builds it itself where its sources changed',
    )
    .action(run(async (context) => (await import('./build.ts')).build(context)));

  program
    .command('worker')
    .description('fetch new papers now and every hour; `serve` runs one itself')
    .action(run(async (context) => (await import('./work.ts')).work(context)));

  const migrate = program
    .command('migrate')
    .description('bring the database to the newest schema')
    .option('--status', 'only say what is missing', false)
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: { status: boolean; json: boolean }) => {
        const { migrateDatabase } = await import('./migrate-database.ts');
        return migrateDatabase(context, { isStatus: options.status, isJson: options.json });
      }),
    );
  migrate
    .command('new')
    .description('write a new migration: what prisma/schema.prisma has and the migrations have not')
    .argument('<name>', 'what it does, in snake_case: add_suppression_reason')
    .action(
      run(async (context, name: string) => {
        const { writeMigration } = await import('./write-migration.ts');
        return writeMigration(context, name);
      }),
    );

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
        const { importFile } = await import('./import-file.ts');
        return importFile(context, file, options);
      }),
    );

  program
    .command('doctor')
    .description('say what is configured, reachable and stale')
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: { json: boolean }) => {
        const { examine } = await import('./examine.ts');
        return examine(context, { isJson: options.json });
      }),
    );
  return program;
}

function addIngest(program: Command, run: Wrap): void {
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
        const { ingestFromHuggingface } = await import('./ingest-from-huggingface.ts');
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
        const { ingestFromArxiv } = await import('./ingest-from-arxiv.ts');
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
        const { observeSignals } = await import('./observe-signals.ts');
        return observeSignals(context, options);
      }),
    );
}

/** Throws what commander shows when it is none. */
function parseCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 is expected.');
  return Number(text);
}

export type IngestFlags = {
  readonly from?: string;
  readonly date?: string;
  readonly since?: string;
  readonly until?: string;
  readonly json: boolean;
};

const JSON_OPTION = 'end standard output with one JSON object; logs go to standard error';

const HELP_AFTER = `
Exit codes:
  ${EXIT.ok}   done
  ${EXIT.failed}   failed
  ${EXIT.usage}   the command line is wrong
  ${EXIT.unavailable}  a source or the network could not be reached
  ${EXIT.configuration}  a setting is wrong

Settings (environment variables, or lines of .env in the project folder):
  ${SETTINGS.map(({ name }) => name).join(', ')}
`;
