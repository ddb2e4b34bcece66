/** A process that belongs to this instance: it ends with it, and is never left behind. */
import { type ChildProcess, spawn } from 'node:child_process';

export type Child = {
  /** Never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Sends SIGTERM, after 5 s SIGKILL, and resolves when it has ended. */
  stop(): Promise<void>;
};

export type ChildEnd = {
  readonly hasSucceeded: boolean;
  /** `code 1`, `signal SIGKILL` or why it could not start. */
  readonly reason: string;
  /** The last 64 KB of its output, where that was collected. */
  readonly output: string;
};

export type ChildOptions = {
  readonly args: readonly string[];
  /** Node's own. */
  readonly nodeArgs?: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `errors` shows standard error only; `collected` keeps both streams for `output`. */
  readonly show: 'all' | 'errors' | 'collected';
};

const PRELOAD = new URL(`./leave-with-parent.ts?parent=${process.pid}`, import.meta.url).href;
const STOP_MS_MAX = 5_000;
const OUTPUT_LENGTH_MAX = 64 * 1024;

const running = new Set<ChildProcess>();

/** Runs `script` by this process's own Node. */
export function startChild(script: string, options: ChildOptions): Child {
  const output = options.show === 'collected' ? 'pipe' : options.show === 'all' ? 'inherit' : 'ignore';
  const nodeArgs = ['--import', PRELOAD, ...(options.nodeArgs ?? [])];
  const child = spawn(process.execPath, [...nodeArgs, script, ...options.args], {
    cwd: options.cwd,
    env: options.env,
    // In a process group of its own: Ctrl-C in the terminal reaches only this process, which stops children in order.
    detached: true,
    stdio: ['ignore', output, options.show === 'collected' ? 'pipe' : 'inherit', 'ipc'],
  });
  running.add(child);
  let collected = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      collected = (collected + text).slice(-OUTPUT_LENGTH_MAX);
    });
  }
  const ended = untilEnd(child).then((end) => ({ ...end, output: collected.trim() }));
  return {
    ended,
    stop: async () => {
      signalGroup(child, 'SIGTERM');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_MS_MAX);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** For a second Ctrl-C. */
export function killChildren(): void {
  for (const child of running) signalGroup(child, 'SIGKILL');
}

function untilEnd(child: ChildProcess): Promise<Omit<ChildEnd, 'output'>> {
  return new Promise((resolve) => {
    const finish = (hasSucceeded: boolean, reason: string) => {
      running.delete(child);
      resolve({ hasSucceeded, reason });
    };
    child.once('error', (error) => finish(false, error.message));
    // `close` rather than `exit`: by then all output has arrived.
    child.once('close', (code, signal) => finish(code === 0, signal ? `signal ${signal}` : `code ${code}`));
  });
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined || !running.has(child)) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: it has just ended.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
