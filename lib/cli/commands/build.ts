import type { Command } from 'commander';
import { type Context, EXIT, type ExitCode, type Run, say } from '../command.ts';
import { buildSite, isBuilt } from '../instance/build-site.ts';
import { listenForStop } from '../instance/stop-signal.ts';

export function defineBuild(command: Command, run: Run): void {
  command.action(run(build));
}

/** For container images, which hold a built site. */
async function build({ root }: Context): Promise<ExitCode> {
  const signal = listenForStop();
  if (isBuilt(root)) {
    say('The build is current.');
    return EXIT.ok;
  }
  const outcome = await buildSite(root, signal);
  if (outcome.kind === 'failed') say(outcome.reason);
  return outcome.kind === 'built' ? EXIT.ok : EXIT.failed;
}
