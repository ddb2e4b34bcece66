import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { offlineVariables } from '../support/offline-variables.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Runs a command of `paperboy` on the data folder of the instance under test; rejects when it fails. */
export async function paperboy(...args: readonly string[]): Promise<void> {
  const { PAPERBOY_DIR: directory } = process.env;
  if (directory === undefined)
    throw new Error('PAPERBOY_DIR must name the data folder of the instance under test.');
  await promisify(execFile)(process.execPath, [join(ROOT, 'bin/paperboy.mjs'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...offlineVariables(), PAPERBOY_DIR: directory },
  });
}

/** A folder of recorded Hugging Face bodies beside the tests. */
export function fixture(name: string): string {
  return join(import.meta.dirname, 'fixtures', name);
}
