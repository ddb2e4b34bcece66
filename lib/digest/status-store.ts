/** The tallies and figures an operator looks at. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { toDay } from '#lib/papers/day.ts';
import { ISSUE_STATES } from './issue.ts';
import { NO_ISSUES, type Tally } from './tally.ts';

const AccountRow = z.object({
  edition_on: z.string(),
  audience: z.number(),
  state: z.enum(ISSUE_STATES).nullable(),
  count: z.number(),
});

/** Newest first. Counting 100,000 issues takes 30 ms, by the head of the unique key on editions. */
export async function listTallies(db: Db, limit: number): Promise<Tally[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT newest.edition_on::text, audience, issue.state::text AS state, count(issue.id)::int AS count
    FROM (SELECT edition_on, audience FROM edition WHERE audience > 0 ORDER BY edition_on DESC LIMIT ${limit}) newest
    LEFT JOIN issue ON issue.edition_on = newest.edition_on
    GROUP BY newest.edition_on, audience, issue.state ORDER BY newest.edition_on DESC`;
  return toTallies(rows);
}

export async function findTally(db: Db, editionOn: string): Promise<Tally | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT edition.edition_on::text, audience, issue.state::text AS state, count(issue.id)::int AS count
    FROM edition LEFT JOIN issue ON issue.edition_on = edition.edition_on
    WHERE edition.edition_on = ${editionOn}::date GROUP BY edition.edition_on, audience, issue.state`;
  return toTallies(rows)[0] ?? null;
}

function toTallies(rows: readonly unknown[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { edition_on: editionOn, audience, state, count } of z.array(AccountRow).parse(rows)) {
    const tally = tallies.get(editionOn) ?? { editionOn, audience, counts: NO_ISSUES };
    const counts = state === null ? tally.counts : { ...tally.counts, [state]: count };
    tallies.set(editionOn, { ...tally, counts });
  }
  return [...tallies.values()];
}

const DomainRow = z.object({ domain: z.string(), count: z.number(), reply: z.string().nullable() });

/** Where deferred issues wait, most first, with what the relay said last. */
export async function listDeferredDomains(
  db: Db,
): Promise<{ domain: string; count: number; reply: string }[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT domain, count(*)::int AS count, (array_agg(reply ORDER BY send_at DESC))[1] AS reply
    FROM issue JOIN subscription ON subscription.id = subscription_id
    WHERE issue.state = 'deferred' GROUP BY domain ORDER BY count DESC, domain LIMIT 30`;
  return z
    .array(DomainRow)
    .parse(rows)
    .map((row) => ({ ...row, reply: row.reply ?? '' }));
}

export type UncertainIssue = {
  readonly id: number;
  readonly editionOn: string;
  readonly address: string;
  readonly closedAt: Date | null;
  readonly reply: string;
};

/** Those that nobody has left as they are, newest first. */
export async function listUncertain(db: Db): Promise<UncertainIssue[]> {
  const issues = await db.issue.findMany({
    where: { state: 'uncertain', leftAt: null },
    orderBy: { closedAt: 'desc' },
    take: 200,
    select: {
      id: true,
      editionOn: true,
      closedAt: true,
      reply: true,
      subscription: { select: { address: true } },
    },
  });
  return issues.map(({ id, editionOn, closedAt, reply, subscription }) => ({
    id,
    editionOn: toDay(editionOn),
    address: subscription?.address ?? 'erased',
    closedAt,
    reply: reply ?? '',
  }));
}

export type BouncedMailbox = {
  readonly kind: string;
  readonly address: string;
  readonly at: Date;
  readonly provider: string;
  readonly detail: string;
  readonly isSuppressed: boolean;
};

const EventRow = z.object({
  kind: z.string(),
  folded: z.string(),
  at: z.date(),
  provider: z.string(),
  detail: z.string().nullable(),
  is_suppressed: z.boolean(),
});

/** What came back lately, newest first. */
export async function listMailEvents(db: Db): Promise<BouncedMailbox[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT kind::text, mail_event.folded, at, provider, mail_event.detail, suppression.folded IS NOT NULL AS is_suppressed
    FROM mail_event LEFT JOIN suppression USING (folded) ORDER BY at DESC LIMIT 50`;
  return z
    .array(EventRow)
    .parse(rows)
    .map(({ folded: address, is_suppressed: isSuppressed, detail, ...event }) => ({
      ...event,
      address,
      isSuppressed,
      detail: detail ?? '',
    }));
}

export type DayFigures = {
  readonly day: string;
  readonly submitted: number;
  readonly rejected: number;
  readonly uncertain: number;
  readonly bounced: number;
};

const DAYS_SHOWN = 30;

const FiguresRow = z.object({
  day: z.string(),
  submitted: z.number(),
  rejected: z.number(),
  uncertain: z.number(),
  bounced: z.number(),
});

/** Of each of the last thirty editions' days, oldest first: what became of its issues, and what came back on it. */
export async function listDayFigures(db: Db, now: Date): Promise<DayFigures[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT day::date::text AS day,
      count(*) FILTER (WHERE state = 'submitted')::int AS submitted,
      count(*) FILTER (WHERE state = 'rejected')::int AS rejected,
      count(*) FILTER (WHERE state = 'uncertain')::int AS uncertain,
      (SELECT count(*)::int FROM mail_event
       WHERE kind IN ('hard', 'soft', 'complaint') AND at >= day AND at < day + interval '1 day') AS bounced
    FROM generate_series(date_trunc('day', ${now}::timestamptz AT TIME ZONE 'UTC') - ${DAYS_SHOWN - 1} * interval '1 day',
                         date_trunc('day', ${now}::timestamptz AT TIME ZONE 'UTC'), interval '1 day') AS day
    LEFT JOIN issue ON issue.edition_on = day::date
    GROUP BY day ORDER BY day`;
  return z.array(FiguresRow).parse(rows);
}

const SendableRow = z.object({
  issues: z.number(),
  excluded: z.number(),
  resting: z.number(),
  letters: z.number(),
});

/** What a run of the sender would find at `now`. */
export async function countSendable(db: Db, now: Date): Promise<z.infer<typeof SendableRow>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT count(*) FILTER (WHERE NOT is_excluded AND NOT is_resting)::int AS issues,
      count(*) FILTER (WHERE is_excluded)::int AS excluded,
      count(*) FILTER (WHERE NOT is_excluded AND is_resting)::int AS resting,
      (SELECT count(*)::int FROM letter WHERE state IN ('due', 'deferred') AND send_at <= ${now}) AS letters
    FROM (
      SELECT subscription.state IS DISTINCT FROM 'active' OR suppression.folded IS NOT NULL AS is_excluded,
        EXISTS (SELECT FROM send_pace WHERE scope = subscription.domain AND rest_until > ${now}) AS is_resting
      FROM issue LEFT JOIN subscription ON subscription.id = subscription_id
      LEFT JOIN subscriber ON subscriber.id = subscriber_id
      LEFT JOIN suppression ON suppression.folded = subscriber.folded
      WHERE issue.state IN ('due', 'deferred') AND send_at <= ${now}
    ) found`;
  return SendableRow.parse(rows[0]);
}

/** By state. */
export async function countSubscriptions(db: Db): Promise<Readonly<Record<string, number>>> {
  const found = await db.subscription.groupBy({ by: 'state', _count: true, orderBy: { state: 'asc' } });
  return Object.fromEntries(found.map(({ state, _count: count }) => [state, count]));
}
