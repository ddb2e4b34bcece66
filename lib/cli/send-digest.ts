import { sendIssues } from '#lib/digest/send-issues.ts';
import { countSendable } from '#lib/digest/status-store.ts';
import { type DigestDeps, toPace, toSendDeps } from '#lib/jobs/digest-deps.ts';
import type { Runtime } from '#lib/runtime.ts';
import { sendLetters } from '#lib/subscriptions/send-letters.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { answer } from './print.ts';
import { withRuntime } from './with-runtime.ts';

export type SendFlags = {
  readonly dryRun: boolean;
  readonly limit: number;
  /** Sends what is due until then; null: now. */
  readonly at?: Date;
  readonly json: boolean;
};

export async function sendDigest({ config }: Context, flags: SendFlags): Promise<ExitCode> {
  const signal = listenForStop(() => process.exit(EXIT.failed));
  return withRuntime(config, (runtime) =>
    flags.dryRun ? rehearse(runtime, flags) : send(runtime, flags, signal),
  );
}

async function rehearse({ db, clock }: Runtime, flags: SendFlags): Promise<ExitCode> {
  const counts = await countSendable(db, clock.now());
  const { issues, letters, excluded, resting } = counts;
  answer(
    flags.json,
    counts,
    `Would be sent: ${issues} issues and ${letters} letters. ${excluded} issues would be left out, their readers having gone; ${resting} wait for a domain that rests.`,
  );
  return EXIT.ok;
}

/** The same instance at another time. Getters do not survive a spread, so what is used is named. */
function detached(runtime: Runtime, at: Date): DigestDeps {
  const { db, random, log, config } = runtime;
  const beganMs = runtime.clock.now().getTime();
  const clock = { now: () => new Date(at.getTime() + runtime.clock.now().getTime() - beganMs) };
  return {
    db,
    clock,
    random,
    log,
    config,
    transport: () => runtime.transport(),
    identity: () => runtime.identity(),
  };
}

async function send(runtime: Runtime, flags: SendFlags, signal: AbortSignal): Promise<ExitCode> {
  const { config, clock } = runtime;
  const deps = await toSendDeps(flags.at === undefined ? runtime : detached(runtime, flags.at));
  const letters = await sendLetters(deps, { limit: flags.limit, signal });
  const { connections } = config.mail;
  const report = await sendIssues(deps, {
    limit: flags.limit,
    connections,
    pace: toPace(config, clock.now()),
    signal,
  });
  await deps.transport.close();
  const { submitted, deferred, rejected, uncertain, endedEarly } = report;
  const words = `${submitted} issues submitted, ${deferred} deferred, ${rejected} rejected, ${uncertain} uncertain; ${letters.submitted} letters submitted.`;
  answer(
    flags.json,
    { ...report, letters },
    endedEarly === null ? words : `${words}\nEnded early: ${endedEarly}`,
  );
  return endedEarly === null ? EXIT.ok : EXIT.unavailable;
}
