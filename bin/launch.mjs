/** Runs Paperboy's command line on the Node it wants, whatever Node the machine has. */
import module from 'node:module';
import { join } from 'node:path';
import { become } from './run.mjs';
import { isSuitableNode, ROOT, setUp } from './set-up.mjs';

const PARENT_POLL_MS = 250;

/** Sets up what is missing, runs `paperboy` with `args` and ends this process with its exit code. */
export async function launch(args) {
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  leaveWithNpm();
  const node = await setUp().catch((error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  });
  if (!isSuitableNode(process.version)) {
    process.exit(await become(node, [join(ROOT, 'bin/paperboy.mjs'), ...args]));
  }
  rememberCompiledCode();
  const { main } = await import('../lib/cli/main.ts');
  process.exit(await main(args));
}

/** Saves a third of the time a command takes to start, for this process and, by the variable, those it starts. */
function rememberCompiledCode() {
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules/.cache/node');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

/**
 * npm hands SIGINT and SIGTERM on to the script it runs, but not SIGHUP, and not its own sudden death. Being
 * orphaned is the sign of both. Only under npm: `nohup paperboy serve &` is orphaned by intent.
 */
function leaveWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGHUP');
  }, PARENT_POLL_MS);
  timer.unref();
}
