import type { Config } from '#lib/config/config.ts';
import { PORT_DEFAULT } from '#lib/config/settings.ts';
import { systemRandom } from '#lib/random.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { killChildren } from './instance/child-process.ts';
import { choosePort, isPortFree } from './instance/choose-port.ts';
import { claimInstance } from './instance/claim-instance.ts';
import type { Instance } from './instance/instance.ts';
import { runInstance } from './instance/run-instance.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { say } from './print.ts';

/** Runs one instance until it is told to stop; everything it started is gone when it returns. */
export async function serve(context: Context, options: { isDev: boolean }): Promise<ExitCode> {
  const { config } = context;
  const signal = listenForStop(() => {
    killChildren();
    process.exit(EXIT.failed);
  });
  signal.addEventListener('abort', () => say('Stopping …'));
  // A terminal that was closed takes no more words; that must not end us before all is stopped.
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

/** Null when there is none to be had; why is said. */
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
