/** Words that mean harm, from the recorded collections; none where those are absent. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const HOSTILE = join(
  process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data'),
  'hostile',
);

/** Every naughty string, and of the payloads, which vary few themes, one in `payloadsEvery`. */
export function listHostileStrings(payloadsEvery: number): string[] {
  if (!existsSync(HOSTILE)) return [];
  const naughty: unknown = JSON.parse(readFileSync(join(HOSTILE, 'naughty-strings.json'), 'utf8'));
  const payloads = readFileSync(join(HOSTILE, 'xss-payloads.txt'), 'utf8').split('\n');
  return [
    ...(Array.isArray(naughty) ? naughty.map(String) : []),
    ...payloads.filter((_, at) => at % payloadsEvery === 0),
  ];
}
