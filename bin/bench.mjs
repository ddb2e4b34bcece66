/** `npm run bench -- NAME`: runs the benchmark tests/bench/NAME.ts; its other arguments are handed on. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './find-browser.mjs';
import { nodeArgsFor } from './node-args.mjs';
import { become, leaveWithNpm } from './run.mjs';
import { ROOT, setUp } from './set-up.mjs';

const DIRECTORY = join(ROOT, 'tests/bench');

const [name = '', ...args] = process.argv.slice(2);
const file = join(DIRECTORY, `${name}.ts`);
if (!/^[a-z][a-z0-9-]*$/.test(name) || !existsSync(file)) {
  const names = readdirSync(DIRECTORY)
    .filter((found) => /^[a-z][a-z0-9-]*\.ts$/.test(found))
    .map((found) => found.replace(/\.ts$/, ''));
  process.stderr.write(`Usage: npm run bench -- NAME [--json], where NAME is one of: ${names.join(', ')}\n`);
  process.exit(2);
}
leaveWithNpm();
const node = await setUp({ needsDev: true }).catch((error) => {
  process.stderr.write(`\n${error.message}\n`);
  process.exit(1);
});
process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.CHROMIUM ??= (await findBrowser()) ?? '';
// A benchmark bears the name of the verb that it measures, where it measures one.
process.exit(await become(node, [...nodeArgsFor(name), file, ...args]));
