/** What `npm test` runs, in order, and how each kind of runner's own report becomes counts. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './find-browser.mjs';
import { run } from './run.mjs';
import { ROOT } from './set-up.mjs';

const RUNNER_MS_MAX = 1_800_000;
const tool = (path) => join(ROOT, 'node_modules', path);

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @type {Record<string, (node: string) => Promise<Counts>>}
 */
export const STAGES = {
  types: async (node) =>
    oneTest([
      () => show(node, [tool('next/dist/bin/next'), 'typegen']),
      () => show(node, [tool('typescript/bin/tsc'), '--noEmit']),
      // The reader's scripts are sent as they are written: JavaScript, with its types in comments.
      () => show(node, [tool('typescript/bin/tsc'), '--noEmit', '-p', 'tests/reader']),
    ]),
  lint: async (node) => oneTest([() => show(node, [tool('@biomejs/biome/bin/biome'), 'ci'])]),
  unit: async (node) => vitest(node, 'unit'),
  integration: async (node) => {
    // Ahead of the tests that need it: beside them it would slow the others down to their time-outs.
    await show(node, [join(ROOT, 'bin/paperboy.mjs'), 'build']);
    return vitest(node, 'integration');
  },
  browser: playwright,
};

/** Commands that together are one test: all must succeed. */
async function oneTest(commands) {
  for (const command of commands) {
    if ((await command()) !== 0) return { passed: 0, failed: 1, skipped: 0 };
  }
  return { passed: 1, failed: 0, skipped: 0 };
}

async function show(node, args, variables = {}) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...variables };
  const { code } = await run(node, args, { cwd: ROOT, env, limitMs: RUNNER_MS_MAX });
  return code;
}

async function vitest(node, project) {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await show(node, [tool('vitest/vitest.mjs'), 'run', '--project', project, ...reporters]);
    return { code, toCounts: fromVitest };
  });
}

function fromVitest(report) {
  // A file that could not even be read holds no failed test, and is one all the same.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Against a real `paperboy serve` (playwright.config.ts starts it) on a free port and a data folder of its own. */
async function playwright(node) {
  const directory = mkdtempSync(join(tmpdir(), 'paperboy-browser-'));
  try {
    const variables = {
      CHROMIUM: await ensureBrowser(node),
      PAPERBOY_DIR: directory,
      PORT: String(await freePort()),
    };
    return await withReport(async (report) => {
      const args = [tool('@playwright/test/cli.js'), 'test', '--reporter=list,json'];
      const code = await show(node, args, { ...variables, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
      return { code, toCounts: fromPlaywright };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function fromPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/** A runner that failed without saying where counts as one failed test, so that a crash can never pass. */
async function withReport(runner) {
  const directory = mkdtempSync(join(tmpdir(), 'paperboy-report-'));
  const path = join(directory, 'report.json');
  try {
    const { code, toCounts } = await runner(path);
    const counts = existsSync(path)
      ? toCounts(JSON.parse(readFileSync(path, 'utf8')))
      : { passed: 0, failed: 0, skipped: 0 };
    const isHonest = code === 0 ? counts.passed > 0 : counts.failed > 0;
    return isHonest ? counts : { ...counts, failed: counts.failed + 1 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
