/**
 * Browser tests against a real `paperboy serve` on a data folder and a port of its own. `PAPERBOY_E2E_URL` names one
 * that runs already, with its folder in `PAPERBOY_DIR`.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { ADMIN_TOKEN } from './tests/e2e/admin-token.ts';
import { findFreePort } from './tests/e2e/free-port.ts';
import { offlineVariables } from './tests/support/offline-variables.ts';

// Workers read this file again: what the first reading chose stands in the environment for them.
process.env.PAPERBOY_DIR ??= mkdtempSync(join(tmpdir(), 'paperboy-e2e-'));
process.env.PORT ??= String(await findFreePort());

const { PAPERBOY_E2E_URL: running, PAPERBOY_DIR: directory, PORT: port } = process.env;
const url = running ?? `http://localhost:${port}`;

/** Where this machine has one; without, Playwright uses its own. */
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
/** Tests that change what others would see, or for whom it must not change; none of them runs beside another. */
const NEEDS_QUIET = /(?:digest|cached-pages|trending)\.spec\.ts|@alone/;
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/bring-papers.ts',
  outputDir: 'test-results',
  // Tests share one instance, and all but a few leave it as it is.
  workers: 2,
  fullyParallel: true,
  projects: [
    { name: 'alone', grep: NEEDS_QUIET, workers: 1, fullyParallel: false },
    { name: 'together', grepInvert: NEEDS_QUIET },
  ],
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  // A test takes seconds; a busy machine takes its time.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: url,
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath,
      args: [...asRoot, '--disable-gpu', '--disable-background-networking'],
    },
  },
  ...(running === undefined && {
    webServer: {
      command: 'node bin/start.mjs',
      url: `${url}/api/health`,
      // A first start builds the site.
      timeout: 400_000,
      env: {
        ...offlineVariables(),
        ADMIN_TOKEN,
        NODE_ENV: 'production',
        PAPERBOY_DIR: directory,
        PORT: port,
      },
      gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
      stdout: 'pipe',
    },
  }),
});
