import { readFile } from 'node:fs/promises';
import { readReturnedMail } from '#lib/mail/bounce/returned-mail.ts';
import { recordMailEvents } from '#lib/mail/record-mail-events.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { listMessageFiles } from './message-files.ts';
import { answer } from './print.ts';
import { withRuntime } from './with-runtime.ts';

/** Records what returned messages of a file or a folder say, with its consequences for the mailboxes they name. */
export async function recordBounces(
  { config }: Context,
  path: string,
  options: { json: boolean },
): Promise<ExitCode> {
  const files = await listMessageFiles(path);
  const total = { messages: files.length, recorded: 0, ignored: 0, suppressed: 0, unsubscribed: 0 };
  await withRuntime(config, async (runtime) => {
    const { secret } = await runtime.identity();
    for (const file of files) {
      const now = runtime.clock.now();
      const events = readReturnedMail(await readFile(file.path), { secret, provider: 'file', now });
      const report = await recordMailEvents(runtime, events);
      total.recorded += report.recorded;
      total.ignored += report.ignored;
      total.suppressed += report.suppressed;
      total.unsubscribed += report.unsubscribed;
    }
  });
  const { messages, recorded, ignored, suppressed, unsubscribed } = total;
  answer(
    options.json,
    total,
    `${messages} messages: ${recorded} reports recorded (${ignored} known before or about nobody), ${suppressed} mailboxes suppressed, ${unsubscribed} subscriptions ended.`,
  );
  return EXIT.ok;
}
