/** Runs Paperboy's command line on the Node it wants, whatever Node the machine has. */
import module from 'node:module';
import { join } from 'node:path';
import { nodeArgsFor } from './node-args.mjs';
import { become, leaveWithNpm } from './run.mjs';
import { isSuitableNode, ROOT, setUp } from './set-up.mjs';

/** Sets up what is missing, runs `paperboy` with `args` and ends this process with its exit code. */
export async function launch(args) {
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  leaveWithNpm();
  const node = await setUp().catch((error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  });
  const given = process.execArgv.map(nameOf);
  const missing = nodeArgsFor(args[0]).filter((arg) => !given.includes(nameOf(arg)));
  if (!isSuitableNode(process.version) || missing.length > 0) {
    const nodeArgs = [...process.execArgv, ...missing];
    process.exit(await become(node, [...nodeArgs, join(ROOT, 'bin/paperboy.mjs'), ...args]));
  }
  rememberCompiledCode();
  const { main } = await import('../lib/cli/main.ts');
  process.exit(await main(args));
}

const nameOf = (arg) => arg.split('=', 1)[0];

/** Saves a third of the time a command takes to start, for this process and, by the variable, those it starts. */
function rememberCompiledCode() {
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules/.cache/node');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
