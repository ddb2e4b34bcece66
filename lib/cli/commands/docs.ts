/** Writes the documentation that is generated: the settings, from their table in lib/config/settings.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { RANDOM_SECRET, SETTING_ROWS, type Setting } from '#lib/config/settings.ts';
import { answer, type Context, EXIT, type ExitCode, type Run } from '../command.ts';

export function defineDocs(command: Command, run: Run): void {
  command.option('--check', 'write nothing; fail if a file is not current', false).action(run(writeDocs));
}

/** Path below the project folder → text. */
export const GENERATED_DOCS: Readonly<Record<string, () => string>> = {
  'docs/configuration.md': toMarkdown,
  '.env.example': toEnvExample,
};

async function writeDocs({ root }: Context, flags: { check: boolean }): Promise<ExitCode> {
  const stale = Object.entries(GENERATED_DOCS).filter(
    ([path, toText]) => readIfThere(join(root, path)) !== toText(),
  );
  if (!flags.check) for (const [path, toText] of stale) writeFileSync(join(root, path), toText());
  const names = stale.map(([path]) => path);
  const verb = flags.check ? 'Not current' : 'Wrote';
  answer(false, { stale: names }, names.length === 0 ? 'All is current.' : `${verb}: ${names.join(', ')}.`);
  return flags.check && names.length > 0 ? EXIT.failed : EXIT.ok;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

const unsetWords = ({ default: value, unset }: Setting) => value ?? unset ?? 'none';

function toMarkdown(): string {
  const rows = SETTING_ROWS.map(
    (setting) =>
      `| \`${setting.name}\` | ${setting.help} | ${setting.expected} | ${unsetWords(setting)} | \`${setting.example}\` |`,
  );
  return `# Configuration

<!-- Written by \`npm run paperboy -- docs\` from lib/config/settings.ts. Do not edit. -->

Every setting is optional. Settings are environment variables, or lines of a file \`.env\` in the project folder; a variable
of the environment wins over the file. \`.env.example\` lists all of them. Settings are read once, at the start. A wrong value
stops the start with one message that lists every mistake. \`npm run paperboy -- doctor\` shows what is set, without secrets.

| Variable | Meaning | Value | Default | Example |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function toEnvExample(): string {
  const blocks = SETTING_ROWS.map((setting) => {
    const value = setting.example === RANDOM_SECRET ? '' : setting.example;
    const recipe = setting.example === RANDOM_SECRET ? `# Set it to ${RANDOM_SECRET}\n` : '';
    return `# ${setting.help.replaceAll('`', '')}\n# Default: ${unsetWords(setting)}.\n${recipe}#${setting.name}=${value}\n`;
  });
  return `# Written by \`npm run paperboy -- docs\`. Copy this file to .env and remove the # of the lines you want.\n\n${blocks.join('\n')}`;
}
