import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { collectFromMailbox } from '#lib/jobs/mail-jobs.ts';
import { type ClassifiedMessage, classifyBounce } from '#lib/mail/bounce/bounce.ts';
import { readReturnedMail } from '#lib/mail/bounce/returned-mail.ts';
import { recordMailEvents } from '#lib/mail/record-mail-events.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run, say } from '../command.ts';
import { withRuntime } from '../with-runtime.ts';

const FILES_MAX = 100_000;

type BounceFlags = { readonly json: boolean };

export function defineBounce(command: Command, run: Run): void {
  command
    .command('classify')
    .description('say what bounces, complaints and auto-replies mean for their recipients')
    .argument('<path>', 'an .eml file, or a folder of them')
    .option('--json', 'one JSON line for each message', false)
    .action(run(classifyBounces));
  command
    .command('record')
    .description('record bounces and complaints from files, as if they had arrived in the bounce mailbox')
    .argument('<path>', 'an .eml file, or a folder of them')
    .option('--json', JSON_OPTION, false)
    .action(run(recordBounces));
  command
    .command('collect')
    .description('read the bounce mailbox now (BOUNCE_MAILBOX); the worker does it every five minutes')
    .option('--json', JSON_OPTION, false)
    .action(run(collectFromImap));
}

/** Classifies the messages of one file, or of every .eml file in a folder and its subfolders. */
async function classifyBounces(_: Context, path: string, flags: BounceFlags): Promise<ExitCode> {
  for (const { path: file, name } of await listMessageFiles(path)) {
    const { recipients } = classifyBounce(await readFile(file));
    process.stdout.write(flags.json ? toJson(name, recipients) : toText(name, recipients));
  }
  return EXIT.ok;
}

function toJson(file: string, recipients: ClassifiedMessage['recipients']): string {
  const shown = recipients.map(({ address, status, kind, action }) => ({ address, status, kind, action }));
  return `${JSON.stringify({ file, recipients: shown })}\n`;
}

function toText(file: string, recipients: ClassifiedMessage['recipients']): string {
  if (recipients.length === 0) return `${file}: no report about an address\n`;
  return recipients
    .map(({ address, status, kind, detail }) => `${file}: ${kind} ${status ?? '-'} ${address}  ${detail}\n`)
    .join('');
}

/** Records the reports in returned messages, and suppresses addresses accordingly. */
async function recordBounces({ config }: Context, path: string, flags: BounceFlags): Promise<ExitCode> {
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
    flags.json,
    total,
    `${messages} messages: ${recorded} reports recorded (${ignored} known or about no subscriber), ${suppressed} addresses suppressed, ${unsubscribed} subscriptions ended.`,
  );
  return EXIT.ok;
}

/** Reads the bounce mailbox once. */
async function collectFromImap({ config }: Context, flags: BounceFlags): Promise<ExitCode> {
  if (config.mail.bounceMailbox === null) {
    say('BOUNCE_MAILBOX is not set; it names the mailbox that receives bounces.');
    return EXIT.configuration;
  }
  const counts = await withRuntime(config, (runtime) => collectFromMailbox(runtime));
  const words = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  answer(flags.json, counts, words.join(', '));
  return EXIT.ok;
}

/** The file `path`, or every .eml file below the folder `path`, sorted; names are relative to the folder. */
async function listMessageFiles(path: string): Promise<{ path: string; name: string }[]> {
  if (!(await stat(path)).isDirectory()) return [{ path, name: path }];
  const found = await readdir(path, { withFileTypes: true, recursive: true });
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .slice(0, FILES_MAX)
    .map((file) => ({ path: file, name: relative(path, file) }));
}
