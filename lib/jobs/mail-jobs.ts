/** The recurring job that reads returned mail. */
import type { Clock } from '#lib/clock.ts';
import type { Config } from '#lib/config/parse.ts';
import type { Db } from '#lib/db/client.ts';
import { collectBounces } from '#lib/mail/bounce/collect-bounces.ts';
import { openMailbox, parseMailboxUrl } from '#lib/mail/bounce/mailbox-source.ts';
import type { MailIdentity } from '#lib/mail/message.ts';
import { recordMailEvents } from '#lib/mail/record-mail-events.ts';
import { MINUTE_MS } from '#lib/time.ts';
import type { Job, JobCounts } from './job.ts';

export type MailJobsDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly config: Pick<Config, 'mail'>;
  identity(): Promise<MailIdentity>;
};

const MESSAGES_MAX = 2_000;

export function listMailJobs(deps: MailJobsDeps): Job[] {
  return [
    {
      name: 'collect-bounces',
      purpose: 'read bounces and complaints from the mailbox that receives them',
      schedule: '2-59/5 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: ({ signal }) => collectFromMailbox(deps, signal),
    },
  ];
}

/** Does nothing if no mailbox is configured. Throws if it cannot be read. */
export async function collectFromMailbox(deps: MailJobsDeps, signal?: AbortSignal): Promise<JobCounts> {
  const { db, clock, config } = deps;
  if (config.mail.bounceMailbox === null) return { messages: 0 };
  const { secret } = await deps.identity();
  const mailbox = await openMailbox(parseMailboxUrl(config.mail.bounceMailbox));
  let suppressed = 0;
  let unsubscribed = 0;
  try {
    const { messages, events } = await collectBounces(
      {
        clock,
        mailbox,
        secret,
        async record(found) {
          const report = await recordMailEvents({ db, clock }, found);
          suppressed += report.suppressed;
          unsubscribed += report.unsubscribed;
        },
      },
      { limit: MESSAGES_MAX, ...(signal === undefined ? {} : { signal }) },
    );
    return { messages, events, suppressed, unsubscribed };
  } finally {
    await mailbox.close();
  }
}
