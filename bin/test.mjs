/**
 * `npm test`: sets up what is missing, runs everything and ends with the true total as its last line.
 * `--only unit,lint` runs some of it.
 */
import { leaveWithNpm } from './run.mjs';
import { setUp } from './set-up.mjs';
import { formatTotal } from './total.mjs';

const OPTION = '--only';

leaveWithNpm();
const node = await setUp({ needsDev: true }).catch((error) => {
  process.stderr.write(`\n${error.message}\n`);
  finish({ passed: 0, failed: 1, skipped: 0 });
});
const { STAGES } = await import('./stages.mjs');
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of chooseStages(process.argv.slice(2))) {
  console.log(`\n── ${name}`);
  const counts = await STAGES[name](node).catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  for (const kind of Object.keys(total)) total[kind] += counts[kind];
}
finish(total);

function chooseStages(args) {
  const all = Object.keys(STAGES);
  if (args.length === 0) return all;
  const [option, value = ''] = args[0].split('=').concat(args.slice(1));
  const chosen = value.split(',');
  const isUnderstood = option === OPTION && chosen.every((name) => all.includes(name));
  if (isUnderstood) return all.filter((name) => chosen.includes(name));
  process.stderr.write(`Usage: npm test [-- ${OPTION} ${all.join(',')}]\n`);
  return process.exit(2);
}

function finish(counts) {
  console.log(formatTotal(counts));
  process.exit(counts.failed > 0 ? 1 : 0);
}
