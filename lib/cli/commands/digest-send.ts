/** `digest compose` and `digest send`: what the worker does every few minutes, at once. */
import { type Command, Option } from 'commander';
import { fixedClock } from '#lib/clock.ts';
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { sendIssues } from '#lib/digest/send-issues.ts';
import { countSendable } from '#lib/digest/status-store.ts';
import { type DigestDeps, toComposeDeps, toPace, toSendDeps } from '#lib/jobs/digest-deps.ts';
import type { Runtime } from '#lib/runtime.ts';
import { sendLetters } from '#lib/subscriptions/send-letters.ts';
import {
  answer,
  type Context,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  parseCount,
  parseInstant,
  type Run,
} from '../command.ts';
import { listenForStop } from '../instance/stop-signal.ts';
import { withRuntime } from '../with-runtime.ts';

const ISSUES_MAX = 1_000_000;

export function defineDigestSend(group: Command, run: Run): void {
  const limit = () =>
    new Option('--limit <issues>', 'maximum number of issues')
      .argParser(parseCount)
      .default(ISSUES_MAX, 'all');
  const at = () => new Option('--at <instant>', 'as if it were this moment').argParser(parseInstant);
  group
    .command('compose')
    .description('compose the issues that are due; the worker does so every five minutes')
    .addOption(limit())
    .addOption(at())
    .option('--json', JSON_OPTION, false)
    .action(run(composeDigest));
  group
    .command('send')
    .description('send what is composed; the worker does so every minute')
    .option('--dry-run', 'only say what would be sent', false)
    .addOption(limit())
    .addOption(at())
    .option('--json', JSON_OPTION, false)
    .action(run(sendDigest));
}

type ComposeFlags = { readonly limit: number; readonly at?: Date; readonly json: boolean };

async function composeDigest({ config }: Context, flags: ComposeFlags): Promise<ExitCode> {
  const signal = listenForStop();
  return withRuntime(config, async ({ db, clock }) => {
    const deps = toComposeDeps({ db, clock: flags.at === undefined ? clock : fixedClock(flags.at) });
    const report = await composeIssues(deps, { limit: flags.limit, signal });
    const { due, composed, empty } = report;
    answer(flags.json, report, `${due} due: ${composed} issues composed, ${empty} of them without papers.`);
    return EXIT.ok;
  });
}

type SendFlags = {
  readonly dryRun: boolean;
  readonly limit: number;
  /** Sends what is due by then (default: now). */
  readonly at?: Date;
  readonly json: boolean;
};

async function sendDigest({ config }: Context, flags: SendFlags): Promise<ExitCode> {
  const signal = listenForStop();
  return withRuntime(config, (runtime) =>
    flags.dryRun ? dryRun(runtime, flags) : send(runtime, flags, signal),
  );
}

async function dryRun({ db, clock }: Runtime, flags: SendFlags): Promise<ExitCode> {
  const counts = await countSendable(db, clock.now());
  const { issues, letters, excluded, resting } = counts;
  answer(
    flags.json,
    counts,
    `Would be sent: ${issues} issues and ${letters} letters. ${excluded} issues would be excluded because their readers have left; ${resting} wait for a domain that is backing off.`,
  );
  return EXIT.ok;
}

/** The same instance at another time. Fields are listed because a spread would evaluate the getters of a runtime. */
function atInstant(runtime: Runtime, at: Date): DigestDeps {
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
  const deps = await toSendDeps(flags.at === undefined ? runtime : atInstant(runtime, flags.at));
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
