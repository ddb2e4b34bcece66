/** Real `paperboy` processes on data folders of their own, untouched by the settings of whoever runs the tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { type OpenDatabase, openDatabase } from '#lib/cli/open-database.ts';
import { parseConfig } from '#lib/config/parse.ts';
import { embeddedEnded } from '#lib/db/embedded.ts';
import { offlineVariables } from '../../support/offline-variables.ts';

export const ROOT = join(import.meta.dirname, '../../..');

export type Variables = Readonly<Record<string, string>>;
export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
export type Running = {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  /** Resolves when standard output has `text`; throws when the process ends first. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
};

/** A data folder for one test, deleted with it. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-cli-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** A data folder for a file of tests, which need not wait for a new database each. */
export function sharedDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-cli-'));
  afterAll(() => removeFolder(folder));
  return folder;
}

/**
 * Holds the database of `folder` open until the file's tests end: every command would wait some seconds for its start.
 * Call it in a `beforeAll`, after the command that makes the folder.
 */
export async function keepOpen(folder: string): Promise<void> {
  const config = parseConfig({ PAPERBOY_DIR: folder }, ROOT);
  if (Array.isArray(config)) throw new Error('The settings are wrong.');
  const database = await openDatabase(config);
  held.set(folder, database);
}

const held = new Map<string, OpenDatabase>();

async function removeFolder(folder: string): Promise<void> {
  await held.get(folder)?.close();
  await embeddedEnded(folder, 20_000);
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a command to its end. */
export async function paperboy(args: readonly string[], variables: Variables = {}): Promise<Finished> {
  return observe(spawnPaperboy(args, variables)).finished;
}

/** Starts a command; what is left of it when the test ends is killed. */
export function start(args: readonly string[], variables: Variables = {}): Running {
  const child = spawnPaperboy(args, variables);
  onTestFinished(() => void child.kill('SIGKILL'));
  return observe(child);
}

function spawnPaperboy(args: readonly string[], variables: Variables): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'bin/paperboy.mjs'), ...args], {
    cwd: ROOT,
    env: environment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function environment(variables: Variables): NodeJS.ProcessEnv {
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  return { ...inherited, NODE_ENV: 'production', ...offlineVariables(), ...variables };
}

function observe(child: ChildProcess): Running {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return {
    pid: child.pid ?? 0,
    finished,
    kill: (signal) => void child.kill(signal),
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => output.stdout.includes(text) && resolve();
        child.stdout?.on('data', look);
        look();
        finished.then(({ stderr }) => reject(new Error(`It ended without saying "${text}":\n${stderr}`)));
      }),
  };
}

/** The last line of standard output, which `--json` promises to be an object. */
export function lastJson({ stdout }: Finished): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

/** Processes whose command line or environment names `text`, other than our own. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`].some((file) => reads(file, text)))
    .map(Number);
}

export const canSeeProcesses = existsSync('/proc/self/environ');

function reads(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes(text);
  } catch {
    // It ended in this instant, or is somebody else's.
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
