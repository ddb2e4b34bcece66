/** The commands of the digest. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { JSON_OPTION, parseCount, type Run } from '../command.ts';
import type { ComposeFlags } from '../compose-digest.ts';
import type { PreviewFlags } from '../preview-digest.ts';
import type { SendFlags } from '../send-digest.ts';

const ISSUES = 1_000_000;

export function addDigestCommands(program: Command, run: Run): void {
  const digest = program.command('digest').description('what subscribers get');
  const limit = () =>
    new Option('--limit <issues>', 'at most so many').argParser(parseCount).default(ISSUES, 'all of them');
  digest
    .command('preview')
    .description(
      'write the next issue into a file: the mail itself (.eml), its HTML (.html) or its text (.txt)',
    )
    .addOption(new Option('--to <address>', 'as this subscriber would get it').conflicts('query'))
    .addOption(new Option('--query <query>', 'as a subscription to this query would get it'))
    .requiredOption('--out <file>', 'where to write it')
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: PreviewFlags) =>
        (await import('../preview-digest.ts')).previewDigest(context, options),
      ),
    );
  digest
    .command('compose')
    .description('compose the issues that are due; the worker does so every five minutes')
    .addOption(limit())
    .addOption(new Option('--at <instant>', 'as if it were this moment').argParser(parseInstant))
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: ComposeFlags) =>
        (await import('../compose-digest.ts')).composeDigest(context, options),
      ),
    );
  digest
    .command('send')
    .description('send what is composed; the worker does so every minute')
    .option('--dry-run', 'only say what would be sent: nothing leaves and nothing changes', false)
    .addOption(limit())
    .addOption(new Option('--at <instant>', 'as if it were this moment').argParser(parseInstant))
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: SendFlags) =>
        (await import('../send-digest.ts')).sendDigest(context, options),
      ),
    );
  const report = async () => import('../report-digest.ts');
  digest
    .command('status')
    .description('the tally of each edition, deferrals, bounces, and whether sending is paused')
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: { json: boolean }) => (await report()).reportDigest(context, options)),
    );
  digest
    .command('pause')
    .description('send nothing until `digest resume`; what is in flight is finished')
    .option('--reason <words>', 'what others are told', 'by the operator')
    .action(
      run(async (context, options: { reason: string }) =>
        (await report()).pauseSending(context, options.reason),
      ),
    );
  digest
    .command('resume')
    .description('send again')
    .action(run(async (context) => (await report()).resumeSending(context)));
}

function parseInstant(text: string): Date {
  const instant = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(instant.getTime())) return instant;
  throw new InvalidArgumentError('A moment is written 2026-11-24T07:00:00Z.');
}
