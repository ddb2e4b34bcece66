/**
 * The command line: every command, its options and its words. What a command does is a file of its own, loaded when
 * it runs, so that `--help` answers at once.
 */
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { readConfig } from '#lib/config/config.ts';
import { formatMistakes, SETTINGS } from '#lib/config/settings.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { describeError } from '../log.ts';
import type { Run } from './command.ts';
import { addDigestCommands } from './commands/digest.ts';
import { addEvalCommands } from './commands/eval.ts';
import { addInstanceCommands } from './commands/instance.ts';
import { addMailCommands } from './commands/mail.ts';
import { addPaperCommands } from './commands/papers.ts';
import { addRankingCommands } from './commands/ranking.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

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

function createProgram(run: Run): Command {
  const program = new Command('paperboy')
    .description('A self-hosted daily paper of research.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(--help says more)')
    .addHelpText('after', HELP_AFTER);

  addInstanceCommands(program, run);
  addPaperCommands(program, run);
  addDigestCommands(program, run);
  addMailCommands(program, run);
  addRankingCommands(program, run);
  addEvalCommands(program, run);
  return program;
}

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
