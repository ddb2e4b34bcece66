import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type ClassifiedMessage, classifyBounce } from '#lib/mail/bounce/bounce.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** Files of a folder that are looked at. */
const FILES_MAX = 100_000;

/** Says what messages that came back mean: of one file, or of each .eml file of a folder and those below it. */
export async function classifyBounces(
  _: Context,
  path: string,
  options: { json: boolean },
): Promise<ExitCode> {
  const isFolder = (await stat(path)).isDirectory();
  const files = isFolder ? await listMessages(path) : [path];
  for (const file of files) {
    const { recipients } = classifyBounce(await readFile(file));
    const name = isFolder ? relative(path, file) : file;
    process.stdout.write(options.json ? toJson(name, recipients) : toText(name, recipients));
  }
  return EXIT.ok;
}

async function listMessages(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true });
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .slice(0, FILES_MAX);
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
