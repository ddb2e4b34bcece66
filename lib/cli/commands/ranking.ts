/** The commands of the trending order. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { JSON_OPTION, parseCount, type Run } from '../command.ts';
import type { RankFlags } from '../rank.ts';

const LIMIT = 50;

export function addRankingCommands(program: Command, run: Run): void {
  program
    .command('rank')
    .description(
      'rank the trending papers now; with --at only say what the order of that moment was, from the signals known then',
    )
    .addOption(
      new Option(
        '--at <instant>',
        'a moment, 2026-11-24T10:00:00Z, or a day, which begins at 00:00 UTC',
      ).argParser(parseInstant),
    )
    .addOption(new Option('--window <window>', 'the period').choices(TRENDING_WINDOWS).default('day'))
    .addOption(new Option('--limit <papers>', 'how many to list').argParser(parseCount).default(LIMIT))
    .option('--json', JSON_OPTION, false)
    .action(run(async (context, options: RankFlags) => (await import('../rank.ts')).rank(context, options)));
}

/** ISO 8601 in UTC or with an offset: without either the same command would mean another moment elsewhere. */
function parseInstant(text: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const instant = new Date(isDay ? `${text}T00:00:00Z` : text);
  const isReal = !Number.isNaN(instant.getTime()) && (!isDay || instant.toISOString().startsWith(text));
  if ((isDay || isInstant) && isReal) return instant;
  throw new InvalidArgumentError('A moment is written 2026-11-24T10:00:00Z, a day 2026-11-24.');
}
