/** The command line. The files of a command are loaded when it is the one to run, so that `--help` answers at once. */
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { formatMistakes, readConfig } from '#lib/config/parse.ts';
import { SETTING_ROWS } from '#lib/config/settings.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { describeError } from '../log.ts';
import { type Define, EXIT, type ExitCode, type Run } from './command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Name and description of each command, and the files that define it; of a group, one for each of its commands. */
const COMMANDS: readonly (readonly [name: string, description: string, load: () => Promise<Define>[]])[] = [
  [
    'serve',
    'run the site: database, migrations, build, web server and worker',
    () => [import('./commands/serve.ts').then((file) => file.defineServe)],
  ],
  [
    'build',
    'build the site; `serve` does it if the sources changed',
    () => [import('./commands/build.ts').then((file) => file.defineBuild)],
  ],
  [
    'worker',
    'run the recurring jobs; `serve` runs a worker itself',
    () => [import('./commands/worker.ts').then((file) => file.defineWorker)],
  ],
  [
    'migrate',
    'bring the database to the newest schema',
    () => [import('./commands/migrate.ts').then((file) => file.defineMigrate)],
  ],
  [
    'doctor',
    'check what is configured, reachable, complete and stale',
    () => [import('./commands/doctor.ts').then((file) => file.defineDoctor)],
  ],
  [
    'ingest',
    'ingest papers and signals from a source',
    () => [
      import('./commands/ingest-huggingface.ts').then((file) => file.defineIngestHuggingface),
      import('./commands/ingest-arxiv.ts').then((file) => file.defineIngestArxiv),
      import('./commands/ingest-signals.ts').then((file) => file.defineIngestSignals),
    ],
  ],
  [
    'import',
    'import papers from a file: JSON Lines, JSON, BibTeX, RIS or CSL-JSON; plain, gzip or zstd',
    () => [import('./commands/import.ts').then((file) => file.defineImport)],
  ],
  [
    'digest',
    'preview, compose and send issues of the digest',
    () => [
      import('./commands/digest-preview.ts').then((file) => file.defineDigestPreview),
      import('./commands/digest-send.ts').then((file) => file.defineDigestSend),
      import('./commands/digest-status.ts').then((file) => file.defineDigestStatus),
    ],
  ],
  [
    'mail',
    'keys and DNS records of outgoing mail',
    () => [import('./commands/mail.ts').then((file) => file.defineMail)],
  ],
  [
    'bounce',
    'classify and record returned messages',
    () => [import('./commands/bounce.ts').then((file) => file.defineBounce)],
  ],
  [
    'suppression',
    'addresses that must not be mailed',
    () => [import('./commands/suppression.ts').then((file) => file.defineSuppression)],
  ],
  [
    'rank',
    'rank the trending papers now',
    () => [import('./commands/rank.ts').then((file) => file.defineRank)],
  ],
  [
    'eval',
    'measure the quality of search and of the trending order',
    () => [
      import('./commands/eval-search.ts').then((file) => file.defineEvalSearch),
      import('./commands/eval-trending.ts').then((file) => file.defineEvalTrending),
    ],
  ],
  [
    'docs',
    'write docs/configuration.md and .env.example',
    () => [import('./commands/docs.ts').then((file) => file.defineDocs)],
  ],
];

/** Runs the command that `args` name and returns the exit code. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const run: Run =
    (action) =>
    async (...given) => {
      const config = readConfig(ROOT);
      if (Array.isArray(config)) {
        process.stderr.write(`${formatMistakes(config)}\n`);
        code = EXIT.configuration;
      } else {
        code = await action({ config, root: ROOT }, ...given);
      }
    };
  try {
    const program = await createProgram(args, run);
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander ends --help and --version this way too, after printing.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    process.stderr.write(`paperboy: ${describeError(error)}\n`);
    return EXIT.failed;
  }
}

async function createProgram(args: readonly string[], run: Run): Promise<Command> {
  const program = new Command('paperboy')
    .description('A self-hosted daily paper of research.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(use --help for details)')
    .addHelpText('after', HELP_AFTER);
  for (const [name, description, load] of COMMANDS) {
    const command = program.command(name).description(description);
    if (!args.includes(name)) continue;
    for (const define of await Promise.all(load())) define(command, run);
  }
  return program;
}

const HELP_AFTER = `
Exit codes:
  ${EXIT.ok}   done
  ${EXIT.failed}   failed
  ${EXIT.usage}   the command line is wrong
  ${EXIT.unavailable}  a source or the network could not be reached
  ${EXIT.configuration}  a setting is wrong

Settings (environment variables, or lines of .env in the project folder; see docs/configuration.md):
  ${SETTING_ROWS.map(({ name }) => name).join(', ')}
`;
