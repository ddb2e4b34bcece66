import { type LiftOutcome, liftSuppression } from '#lib/mail/lift-suppression.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { answer } from './print.ts';
import { withRuntime } from './with-runtime.ts';

export type LiftFlags = { by: string; reason: string; evenAfterComplaint: boolean; json: boolean };

/** Fails where nothing was lifted. */
export async function liftAddress({ config }: Context, address: string, flags: LiftFlags): Promise<ExitCode> {
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
      return `${address} has called our mail spam. Only --even-after-complaint lifts that; write to its reader first.`;
    case 'not-suppressed':
      return `${address} is not suppressed.`;
    case 'not-an-address':
      return `${JSON.stringify(address)} is not an address that can be mailed.`;
  }
}
