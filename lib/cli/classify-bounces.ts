import { readFile } from 'node:fs/promises';
import { type ClassifiedMessage, classifyBounce } from '#lib/mail/bounce/bounce.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { listMessageFiles } from './message-files.ts';

/** Says what messages that came back mean: of one file, or of each .eml file of a folder and those below it. */
export async function classifyBounces(
  _: Context,
  path: string,
  options: { json: boolean },
): Promise<ExitCode> {
  for (const { path: file, name } of await listMessageFiles(path)) {
    const { recipients } = classifyBounce(await readFile(file));
    process.stdout.write(options.json ? toJson(name, recipients) : toText(name, recipients));
  }
  return EXIT.ok;
}

function toJson(file: string, recipients: ClassifiedMessage['recipients']): string {
  const shown = recipients.map(({ address, status, kind, action }) => ({ address, status, kind, action }));
  return `${JSON.stringify({ file, recipients: shown })}\n`;
}

function toText(file: string, recipients: ClassifiedMessage['recipients']): string {
  if (recipients.length === 0) return `${file}: nothing that concerns an address\n`;
  return recipients
    .map(({ address, status, kind, detail }) => `${file}: ${kind} ${status ?? '-'} ${address}  ${detail}\n`)
    .join('');
}
