/** Runs other programs so that a signal to us stops them too. Node built-ins alone: this runs before an install. */
import { spawn } from 'node:child_process';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How long a program may take to stop after a signal before it is killed. */
const STOP_MS_MAX = 8_000;
/** Of one that stops others in turn, and kills them where they do not. */
const STOP_IN_TURN_MS_MAX = 12_000;
const PARENT_POLL_MS = 250;
/** Enough of a failed program's output to see why. */
const OUTPUT_BYTES_MAX = 1024 * 1024;

/**
 * Runs a program to its end, in a process group of its own, which gets every signal that we get.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, isQuiet?: boolean, limitMs?: number }} [options]
 *   isQuiet: collect the output instead of showing it; limitMs: stop it after that long
 * @returns {Promise<{ code: number, output: string }>} output: what it wrote at the end, when quiet
 */
export async function run(command, args, { cwd, env, isQuiet = false, limitMs } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: env ?? process.env,
    detached: true,
    stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  let output = '';
  const collect = (chunk) => {
    output = (output + chunk).slice(-OUTPUT_BYTES_MAX);
  };
  child.stdout?.setEncoding('utf8').on('data', collect);
  child.stderr?.setEncoding('utf8').on('data', collect);
  const limit = limitMs && setTimeout(() => signalGroup(child, 'SIGTERM'), limitMs);
  const { code, signal } = await untilEnd(child, STOP_MS_MAX, (name) => signalGroup(child, name));
  clearTimeout(limit);
  // Whoever stopped us wants all of it to stop, not the next program to begin.
  if (signal !== null) process.exit(128 + signal);
  return { code, output };
}

/**
 * Starts a program that takes this process's place: it has our terminal, and our end is its own.
 * It notices our sudden death by its IPC channel.
 * @returns {Promise<number>} its exit code
 */
export async function become(command, args) {
  const child = spawn(command, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const { code } = await untilEnd(child, STOP_IN_TURN_MS_MAX, (name) => child.kill(name));
  return code;
}

/** Hands our signals on, and kills a program that does not follow them in time. */
async function untilEnd(child, stopMsMax, forward) {
  let stoppedBy = null;
  let timer;
  const onSignal = (name, number) => {
    stoppedBy ??= number;
    timer ??= setTimeout(() => forward('SIGKILL'), stopMsMax);
    forward(name);
  };
  for (const name of STOP_SIGNALS) process.on(name, onSignal);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(127);
    });
    child.once('exit', (exitCode, signalName) => resolve(exitCode ?? (signalName === null ? 1 : 128)));
  });
  clearTimeout(timer);
  for (const name of STOP_SIGNALS) process.off(name, onSignal);
  return { code, signal: stoppedBy };
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: it has just ended by itself.
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * npm hands SIGINT and SIGTERM on to the script it runs, but not SIGHUP, and not its own sudden death. Being
 * orphaned is the sign of both. Only under npm: `nohup paperboy serve &` is orphaned by intent.
 */
export function leaveWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGHUP');
  }, PARENT_POLL_MS);
  timer.unref();
}
