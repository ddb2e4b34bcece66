import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { buildSite } from './instance/build-site.ts';
import { isBuilt } from './instance/site-build.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { say } from './print.ts';

/** Builds the site ahead of its first start, as an image for a container wants it. */
export async function build({ root }: Context): Promise<ExitCode> {
  const signal = listenForStop(() => process.exit(EXIT.failed));
  if (isBuilt(root)) {
    say('The site is built from these very sources already.');
    return EXIT.ok;
  }
  const outcome = await buildSite(root, signal);
  if (outcome.kind === 'failed') say(outcome.reason);
  return outcome.kind === 'built' ? EXIT.ok : EXIT.failed;
}
