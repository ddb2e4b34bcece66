import { collectFromMailbox } from '#lib/jobs/mail-jobs.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { answer, say } from './print.ts';
import { withRuntime } from './with-runtime.ts';

/** Reads the bounce mailbox once. */
export async function collectFromImap({ config }: Context, options: { json: boolean }): Promise<ExitCode> {
  if (config.mail.bounceMailbox === null) {
    say('BOUNCE_MAILBOX is not set; it names the mailbox that bounces come back to.');
    return EXIT.configuration;
  }
  const counts = await withRuntime(config, (runtime) => collectFromMailbox(runtime));
  const words = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  answer(options.json, counts, words.join(', '));
  return EXIT.ok;
}
