/** Builds the dependencies of composing and sending, for jobs, pages and commands. */
import type { Clock } from '#lib/clock.ts';
import type { Config } from '#lib/config/parse.ts';
import type { Db } from '#lib/db/client.ts';
import type { ComposeDeps } from '#lib/digest/compose-issues.ts';
import { listCoverage } from '#lib/ingest/list-coverage.ts';
import type { Log } from '#lib/log.ts';
import type { MailIdentity } from '#lib/mail/message.ts';
import type { SendDeps, SiteWords } from '#lib/mail/sending/attempt.ts';
import { type SendingPace, warmUpMax } from '#lib/mail/sending/pace.ts';
import type { Transport } from '#lib/mail/sending/transport.ts';
import { toDay } from '#lib/papers/day.ts';
import type { Random } from '#lib/random.ts';
import { DAY_MS } from '#lib/time.ts';

export type DigestDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly config: Pick<Config, 'baseUrl' | 'mail'>;
  transport(): Promise<Transport>;
  identity(): Promise<MailIdentity>;
};

const MASTHEAD = 'Paperboy';

export function toComposeDeps({ db, clock }: Pick<DigestDeps, 'db' | 'clock'>): ComposeDeps {
  return {
    db,
    clock,
    explainDay: async (day) => {
      const [coverage] = await listCoverage({ db, clock }, { first: day, last: day });
      return coverage?.sentence ?? '';
    },
  };
}

export async function toSendDeps(deps: DigestDeps): Promise<SendDeps> {
  const { db, clock, random, log } = deps;
  const [transport, identity] = await Promise.all([deps.transport(), deps.identity()]);
  return { db, clock, random, log, transport, identity, site: toSiteWords(deps.config) };
}

export function toSiteWords({ baseUrl }: Pick<Config, 'baseUrl'>): SiteWords {
  return { masthead: MASTHEAD, baseUrl };
}

export function toPace({ mail }: Pick<Config, 'mail'>, now: Date): SendingPace {
  const day = toDay(now);
  const days =
    mail.warmUpFrom === null ? null : Math.floor((Date.parse(day) - Date.parse(mail.warmUpFrom)) / DAY_MS);
  const messagesMax = days === null ? null : warmUpMax(days);
  return {
    perSecond: mail.messagesPerSecond,
    warmUp: messagesMax === null ? null : { day, messagesMax },
  };
}
