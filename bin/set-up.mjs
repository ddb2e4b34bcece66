/**
 * Makes a clone ready to run: its packages, the Node it runs on, its generated database client. Does nothing, within
 * a few milliseconds, when all is there. Node built-ins alone, for any Node from 20 on: this runs before an install.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';
import { holdingSetUpLock } from './set-up-lock.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const PACKAGED_NODE = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const GENERATED_CLIENT = join(ROOT, 'lib/db/generated/client.ts');
/** What the last set-up was made from: `{ lock, schema, hasDev }`, hashes of package-lock.json and prisma/schema.prisma. */
const STAMP = join(ROOT, 'node_modules/.paperboy-lock');
const HEARTBEAT_MS = 15_000;

/** Node that runs TypeScript as it is and knows `import.meta.main` (nodejs.org, version 24.2). */
export function isSuitableNode(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 2);
}

/**
 * Installs and generates what is missing or stale. A tree that `npm ci --omit=dev` made stays without dev packages, unless
 * `needsDev`: only tests and benchmarks need them.
 * @param {{ needsDev?: boolean }} [options]
 * @returns {Promise<string>} path of the Node to go on with
 * @throws {Error} with a message for the person at the terminal
 */
export async function setUp({ needsDev = false } = {}) {
  const wanted = { lock: hashOf('package-lock.json'), schema: hashOf('prisma/schema.prisma') };
  if (isCurrent(wanted, needsDev)) return chooseNode();
  return holdingSetUpLock(ROOT, async () => {
    if (!isInstalled({ withDev: needsDev })) await installPackages({ withDev: needsDev || !omitsDev() });
    const node = await ensureNode();
    if (readStamp().schema !== wanted.schema || !existsSync(GENERATED_CLIENT)) await generateClient(node);
    writeFileSync(STAMP, `${JSON.stringify({ ...wanted, hasDev: isInstalled({ withDev: true }) })}\n`);
    return node;
  });
}

function isCurrent(wanted, needsDev) {
  const stamp = readStamp();
  return (
    (!needsDev || stamp.hasDev === true) &&
    stamp.lock === wanted.lock &&
    stamp.schema === wanted.schema &&
    existsSync(GENERATED_CLIENT)
  );
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    // Not there, or cut short by a crash: both mean that nothing is known to be current.
    return {};
  }
}

function hashOf(path) {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, path)))
    .digest('hex');
}

/** Whether node_modules holds what package-lock.json names, whoever installed it: npm keeps a list of its own there. */
function isInstalled({ withDev }) {
  const installed = listInstalled();
  if (installed === null) return false;
  const locked = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      (entry.dev && !withDev) ||
      installed[path]?.version === entry.version,
  );
}

/** Whether node_modules was installed without dev packages. */
function omitsDev() {
  const installed = listInstalled();
  return installed !== null && !Object.values(installed).some((entry) => entry.dev);
}

/** npm's own list of what it installed; null where it installed nothing. */
function listInstalled() {
  const path = join(ROOT, 'node_modules/.package-lock.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null;
}

/** Not `npm ci`, which deletes what is there before it knows whether it can fetch anything. Keeps to the lock's versions too. */
async function installPackages({ withDev }) {
  const { code, output } = await withHeartbeat('Installing packages (once, about a minute)', () =>
    npm([
      'install',
      '--no-save',
      withDev ? '--include=dev' : '--omit=dev',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--loglevel=error',
    ]),
  );
  if (code === 0) return;
  throw new Error(
    `The packages could not be installed (npm ended with code ${code}). This needs a package registry once; ` +
      `what npm said:\n\n${excerpt(output)}`,
  );
}

/** The Node that npm's package `node` ships; its install script may have been kept from running. */
async function ensureNode() {
  await removeUnlessItRuns(PACKAGED_NODE);
  if (!existsSync(PACKAGED_NODE) && !isSuitableNode(process.version)) {
    const directory = join(ROOT, 'node_modules/node');
    await withHeartbeat('Installing Node 24 for this folder', () =>
      run(process.execPath, ['installArchSpecificPackage.js'], {
        cwd: directory,
        env: installEnvironment(),
        isQuiet: true,
      }),
    );
    await removeUnlessItRuns(PACKAGED_NODE);
  }
  return chooseNode();
}

/** The packaged Node wants glibc; where it does not run it must not be in the way of the machine's own. */
async function removeUnlessItRuns(node) {
  if (!existsSync(node)) return;
  const { code } = await run(node, ['--version'], { isQuiet: true });
  if (code !== 0) rmSync(node);
}

function chooseNode() {
  if (existsSync(PACKAGED_NODE)) return PACKAGED_NODE;
  if (isSuitableNode(process.version)) return process.execPath;
  throw new Error(
    `Paperboy runs on Node 24, and its npm package could not be installed here. Install Node 24 or newer ` +
      `yourself and start again with it; this is Node ${process.version}.`,
  );
}

/** `prisma generate` wants an engine that exists, but never runs it: any program will do, and none is downloaded. */
async function generateClient(node) {
  const { code, output } = await withHeartbeat('Generating the database client', () =>
    run(node, [join(ROOT, 'node_modules/prisma/build/index.js'), 'generate'], {
      cwd: ROOT,
      env: installEnvironment(),
      isQuiet: true,
    }),
  );
  if (code !== 0) throw new Error(`The database client could not be generated:\n\n${excerpt(output)}`);
}

function npm(args) {
  const options = { cwd: ROOT, env: installEnvironment(), isQuiet: true };
  const script = process.env.npm_execpath ?? '';
  return basename(script) === 'npm-cli.js'
    ? run(process.execPath, [script, ...args], options)
    : run('npm', args, options);
}

function installEnvironment() {
  return {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    // By its own defaults npm goes on trying for many minutes where there is no network.
    npm_config_fetch_timeout: '60000',
    npm_config_fetch_retries: '2',
    npm_config_fetch_retry_factor: '3',
    npm_config_fetch_retry_mintimeout: '300',
    npm_config_fetch_retry_maxtimeout: '3000',
  };
}

async function withHeartbeat(title, work) {
  process.stderr.write(`${title} …\n`);
  const startedMs = performance.now();
  const seconds = () => Math.round((performance.now() - startedMs) / 1000);
  const timer = setInterval(() => process.stderr.write(`  … ${seconds()} s\n`), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The end of a program's output, without addresses and their hosts: a registry's can hold a name or a token. */
function excerpt(output) {
  const addresses = output.match(/\b[a-z+]+:\/\/[^\s'"]+/gi) ?? [];
  const hosts = addresses.map((address) => new URL(address).hostname).filter(Boolean);
  const masked = [...addresses, ...hosts].reduce((text, part) => text.replaceAll(part, '(address)'), output);
  return masked
    .trim()
    .split('\n')
    .slice(-20)
    .map((line) => `  ${line}`)
    .join('\n');
}
