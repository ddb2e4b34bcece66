import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { renderDigest } from '#emails/digest.ts';
import { linksOf, toDigestInput, toDigestPaper } from '#lib/digest/content.ts';
import { previewIssue } from '#lib/digest/preview-issue.ts';
import { toComposeDeps, toSiteWords } from '#lib/jobs/digest-deps.ts';
import { parseAddress, toAddressKey } from '#lib/mail/address.ts';
import { composeMail } from '#lib/mail/message.ts';
import { toBytes, toMime } from '#lib/mail/sending/mime.ts';
import type { Runtime } from '#lib/runtime.ts';
import { parseChoices } from '#lib/subscriptions/choices.ts';
import { editionOf } from '#lib/subscriptions/schedule.ts';
import { findActiveByAddress } from '#lib/subscriptions/store.ts';
import type { Choices } from '#lib/subscriptions/subscription.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run, say } from '../command.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineDigestPreview(group: Command, run: Run): void {
  group
    .command('preview')
    .description('write the next issue to a file: the mail (.eml), its HTML (.html) or its text (.txt)')
    .addOption(new Option('--to <address>', 'the issue of this subscriber').conflicts('query'))
    .addOption(new Option('--query <query>', 'the issue of a subscription to this query'))
    .requiredOption('--out <file>', 'where to write it')
    .option('--json', JSON_OPTION, false)
    .action(run(previewDigest));
}

type PreviewFlags = {
  readonly to?: string;
  readonly query?: string;
  readonly out: string;
  readonly json: boolean;
};

/** The next issue as it would be mailed, with example links; nothing is stored or sent. */
async function previewDigest({ config }: Context, flags: PreviewFlags): Promise<ExitCode> {
  return withRuntime(config, async (runtime) => {
    const choices = await choicesOf(runtime, flags);
    if (typeof choices === 'string') {
      say(choices);
      return EXIT.failed;
    }
    const preview = await previewIssue(toComposeDeps(runtime), choices);
    const site = toSiteWords(config);
    const identity = await runtime.identity();
    const links = linksOf(
      { id: 1, subscriptionId: 1, subscriberId: 1 },
      { ...identity, baseUrl: site.baseUrl },
    );
    const rendered = renderDigest(
      toDigestInput(
        {
          editionOn: preview.insteadOn ?? editionOf(choices, preview.dueAt),
          topics: choices,
          papers: preview.papers.map(({ paper, reason }) => toDigestPaper(paper, reason, site.baseUrl)),
          matching: preview.matching,
          note: null,
          links,
        },
        site,
      ),
    );
    const to = parseAddress(flags.to ?? '') ?? identity.from.address;
    const date = runtime.clock.now();
    const mail = composeMail(identity, {
      kind: 'digest',
      token: 'preview',
      to,
      date,
      unsubscribeUrl: links.oneClickUrl,
      ...rendered,
    });
    const bytes = flags.out.endsWith('.html')
      ? rendered.html
      : flags.out.endsWith('.txt')
        ? rendered.text
        : toBytes(toMime(mail));
    writeFileSync(flags.out, bytes);
    const report = { subject: rendered.subject, papers: preview.papers.length, matching: preview.matching };
    answer(
      flags.json,
      { ...report, file: flags.out },
      `Wrote ${flags.out}: “${report.subject}”, ${report.papers} of ${report.matching} papers.`,
    );
    return EXIT.ok;
  });
}

/** A message where there is nothing to preview. */
async function choicesOf({ db }: Runtime, flags: PreviewFlags): Promise<Choices | string> {
  if (flags.to !== undefined) {
    const address = parseAddress(flags.to);
    if (address === null) return `${flags.to} is not an address that can be mailed.`;
    const subscription = await findActiveByAddress(db, toAddressKey(address));
    return subscription ?? `${flags.to} has no active subscription.`;
  }
  const fields = new URLSearchParams(flags.query === undefined ? { trending: 'on' } : { q: flags.query });
  const choices = parseChoices(fields);
  return Array.isArray(choices) ? choices.map(({ sentence }) => sentence).join(' ') : choices;
}
