import { fixedClock } from '#lib/clock.ts';
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { toComposeDeps } from '#lib/jobs/digest-deps.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { answer } from './print.ts';
import { withRuntime } from './with-runtime.ts';

export type ComposeFlags = { readonly limit: number; readonly at?: Date; readonly json: boolean };

export async function composeDigest({ config }: Context, flags: ComposeFlags): Promise<ExitCode> {
  const signal = listenForStop(() => process.exit(EXIT.failed));
  return withRuntime(config, async ({ db, clock }) => {
    const deps = toComposeDeps({ db, clock: flags.at === undefined ? clock : fixedClock(flags.at) });
    const report = await composeIssues(deps, { limit: flags.limit, signal });
    const { due, composed, empty } = report;
    answer(flags.json, report, `${due} due: ${composed} issues composed, ${empty} of them without papers.`);
    return EXIT.ok;
  });
}
