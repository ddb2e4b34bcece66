import type { Command } from 'commander';
import type { Config } from '#lib/config/parse.ts';
import { PORT_DEFAULT } from '#lib/config/settings.ts';
import { systemRandom } from '#lib/random.ts';
import { type Context, EXIT, type ExitCode, type Run, say } from '../command.ts';
import { killChildren } from '../instance/child-process.ts';
import { choosePort, isPortFree } from '../instance/choose-port.ts';
import type { Instance } from '../instance/claim-instance.ts';
import { claimInstance } from '../instance/claim-instance.ts';
import { runInstance } from '../instance/run-instance.ts';
import { listenForStop } from '../instance/stop-signal.ts';

export function defineServe(command: Command, run: Run): void {
  command
    .option('--dev', 'serve the development build, which follows changes of the sources', false)
    .action(run((context, options: { dev: boolean }) => serve(context, { isDev: options.dev })));
}

/** Runs one instance until a stop is requested; all its processes have ended when it returns. */
async function serve(context: Context, options: { isDev: boolean }): Promise<ExitCode> {
  const { config } = context;
  const signal = listenForStop(() => {
    killChildren();
    process.exit(EXIT.failed);
  });
  signal.addEventListener('abort', () => say('Stopping …'));
  // Writing to a closed terminal fails; that must not end this process before all others have stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const outcome = await claimInstance({ random: systemRandom }, config.dataDirectory);
  if (outcome.kind === 'running') {
    say(formatRunning(outcome.instance, config));
    return EXIT.failed;
  }
  const { claim } = outcome;
  try {
    const port = await takePort(config);
    if (port === null) return EXIT.failed;
    const ending = await runInstance({ ...context, ...options, port, signal, claim });
    if (ending.kind === 'stopped') return EXIT.ok;
    say(ending.reason);
    return EXIT.failed;
  } finally {
    claim.release();
  }
}

function formatRunning({ url, pid }: Instance, config: Config): string {
  const place = url === null ? 'is already starting' : `is already running at ${url}`;
  return (
    `Paperboy ${place} (process ${pid}, data in ${config.dataDirectory}).\n` +
    'Stop that one first, or set PAPERBOY_DIR to another folder to run a second one beside it.'
  );
}

/** Null, with a message, if none is free. */
async function takePort(config: Config): Promise<number | null> {
  if (config.port !== null) {
    if (await isPortFree(config.host, config.port)) return config.port;
    say(`Port ${config.port} is taken by another program. Stop that one, or set PORT to another port.`);
    return null;
  }
  const port = await choosePort(config.host, PORT_DEFAULT);
  if (port === null) say(`Port ${PORT_DEFAULT} and the fifty after it are taken; set PORT to a free one.`);
  else if (port !== PORT_DEFAULT) say(`Port ${PORT_DEFAULT} is taken by another program; using ${port}.`);
  return port;
}
