import type { Command } from 'commander';
import { type LiftOutcome, liftSuppression } from '#lib/mail/lift-suppression.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run } from '../command.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineSuppression(command: Command, run: Run): void {
  command
    .command('lift')
    .description('let an address be mailed again; who lifted it and why is recorded')
    .argument('<address>', 'as its reader wrote it')
    .requiredOption('--reason <words>', 'why, such as "the reader asked for it"')
    .option('--by <name>', 'who lifts it', 'the operator')
    .option('--even-after-complaint', 'even if the reader reported our mail as spam', false)
    .option('--json', JSON_OPTION, false)
    .action(run(liftAddress));
}

type LiftFlags = { by: string; reason: string; evenAfterComplaint: boolean; json: boolean };

/** Fails if nothing was lifted. */
async function liftAddress({ config }: Context, address: string, flags: LiftFlags): Promise<ExitCode> {
  const { by, reason, evenAfterComplaint: isEvenAfterComplaint } = flags;
  const outcome = await withRuntime(config, (runtime) =>
    liftSuppression(runtime, { address, by, reason, isEvenAfterComplaint }),
  );
  answer(flags.json, { address, ...outcome }, inWords(address, outcome));
  return outcome.kind === 'lifted' ? EXIT.ok : EXIT.failed;
}

function inWords(address: string, outcome: LiftOutcome): string {
  switch (outcome.kind) {
    case 'lifted':
      return `${address} may be mailed again. It was suppressed for: ${outcome.suppression.reason}.`;
    case 'has-complained':
      return `${address} was suppressed because its reader reported our mail as spam. Ask the reader first, then use --even-after-complaint.`;
    case 'not-suppressed':
      return `${address} is not suppressed.`;
    case 'not-an-address':
      return `${JSON.stringify(address)} is not an address that can be mailed.`;
  }
}
