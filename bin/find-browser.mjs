/** A Chromium for the browser tests: one that is here, else one installed with what the machine has. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './run.mjs';
import { ROOT } from './set-up.mjs';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const INSTALL_MS_MAX = 600_000;

/**
 * Path of a browser's program. `$CHROMIUM` comes first, then Playwright's own, then the machine's.
 * @returns {Promise<string | null>} null when there is none
 */
export async function findBrowser() {
  const { chromium } = await import(pathToFileURL(join(ROOT, 'node_modules/playwright-core/index.mjs')));
  const places = [process.env.CHROMIUM, chromium.executablePath(), ...USUAL_PLACES];
  return places.find((place) => place && existsSync(place)) ?? null;
}

/**
 * Finds a browser, or installs one.
 * @throws {Error} when neither works, with what to do about it
 */
export async function ensureBrowser(node) {
  const found = await findBrowser();
  if (found !== null) return found;
  process.stderr.write('Installing a browser for the tests (once) …\n');
  for (const [command, ...args] of installers(node)) {
    await run(command, args, { cwd: ROOT, isQuiet: true, limitMs: INSTALL_MS_MAX });
    const installed = await findBrowser();
    if (installed !== null) return installed;
  }
  throw new Error(
    'No browser was found, and none could be installed. Install Chromium, or set CHROMIUM to the path of one.',
  );
}

function installers(node) {
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'];
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  return [
    ...(isRootOnDebian ? [install, ['apt-get', 'update'], install] : []),
    [node, join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'],
  ];
}
