/** `npm run bench -- bounces`: how well returned mail is understood, over a folder of real messages, and how fast. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyBounce } from '#lib/mail/bounce/bounce.ts';
import { judgeBounces } from '../support/bounce-judgement.ts';
import { recordedData } from '../support/mail-data.ts';

const folder = join(recordedData, 'bounces');
if (!existsSync(folder)) {
  process.stderr.write(`Skipped: ${folder} is not there (PAPERBOY_DATA names another place).\n`);
  process.exit(0);
}
const { verdicts, reports, suppressedByOthers, lineEndsThatDiffer, messages } = judgeBounces(folder);
const bytes = readdirSync(join(folder, 'maildir'), { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
const startedAt = performance.now();
for (const one of bytes) classifyBounce(one);
const figures = {
  messages,
  verdictsRight: `${verdicts.right}/${verdicts.all}`,
  verdictsRightPercent: Number(((100 * verdicts.right) / verdicts.all).toFixed(1)),
  reportsUnderstood: `${reports.understood}/${reports.all}`,
  suppressedByOthers: suppressedByOthers.length,
  lineEndsThatDiffer: lineEndsThatDiffer.length,
  messagesPerSecond: Math.round((1000 * bytes.length) / (performance.now() - startedAt)),
};
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
else {
  for (const line of verdicts.wrong) process.stderr.write(`${line}\n`);
  for (const file of reports.missed) process.stderr.write(`not understood: ${file}\n`);
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}
