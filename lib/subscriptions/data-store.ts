/** All that is kept of a mailbox, to hand out and to erase. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';

/** Plain rows, as they are stored: this is for their owner to take away. */
export type PersonalData = {
  readonly address: string;
  readonly since: string;
  readonly subscriptions: readonly unknown[];
  readonly issues: readonly unknown[];
  readonly letters: readonly unknown[];
  readonly mailEvents: readonly unknown[];
  readonly suppression: unknown;
};

const ISSUES_MAX = 10_000;

const DataRow = z.object({
  address: z.string(),
  since: z.string(),
  subscriptions: z.array(z.unknown()),
  issues: z.array(z.unknown()),
  letters: z.array(z.unknown()),
  mail_events: z.array(z.unknown()),
  suppression: z.unknown(),
});

export async function findPersonalData(db: Db, subscriberId: number): Promise<PersonalData | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT folded AS address, created_at::text AS since,
      (SELECT coalesce(json_agg(to_jsonb(subscription) - 'subscriber_id' ORDER BY id), '[]') FROM subscription
       WHERE subscriber_id = subscriber.id) AS subscriptions,
      (SELECT coalesce(json_agg(one), '[]') FROM (
         SELECT edition_on, subscription_id, issue.state, window_from, window_to, closed_at,
           (SELECT coalesce(json_agg(archive || ':' || identifier ORDER BY place), '[]')
            FROM unnest(paper_keys) WITH ORDINALITY AS chosen (paper_key, place)
            JOIN paper ON paper.key = chosen.paper_key) AS papers
         FROM issue JOIN subscription ON subscription.id = subscription_id
         WHERE subscriber_id = subscriber.id ORDER BY edition_on DESC LIMIT ${ISSUES_MAX}) one) AS issues,
      (SELECT coalesce(json_agg(json_build_object('kind', kind, 'state', state, 'createdAt', created_at,
         'closedAt', closed_at) ORDER BY id), '[]') FROM letter WHERE subscriber_id = subscriber.id) AS letters,
      (SELECT coalesce(json_agg(json_build_object('kind', kind, 'at', at, 'provider', provider, 'detail', detail)
         ORDER BY at), '[]') FROM mail_event WHERE mail_event.folded = subscriber.folded) AS mail_events,
      (SELECT to_json(suppression) FROM suppression WHERE suppression.folded = subscriber.folded) AS suppression
    FROM subscriber WHERE id = ${subscriberId}`;
  const [row] = z.array(DataRow).parse(rows);
  if (row === undefined) return null;
  const { mail_events: mailEvents, ...rest } = row;
  return { ...rest, mailEvents };
}

/**
 * Removes all of it. Issues stay as bare figures, of nobody, for the editions' tallies; a suppression stays, since
 * without it the mailbox could be mailed again.
 */
export async function eraseSubscriber(db: Db, subscriberId: number, now: Date): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    const subscriber = await transaction.subscriber.findUnique({ where: { id: subscriberId } });
    if (subscriber === null) return false;
    const own = { subscription: { subscriberId } };
    await transaction.issue.updateMany({
      where: { ...own, state: { in: ['due', 'deferred'] } },
      data: { state: 'excluded', closedAt: now, note: 'unsubscribed', holder: null, leaseUntil: null },
    });
    await transaction.issue.updateMany({ where: own, data: { paperKeys: [], note: null, reply: null } });
    await transaction.mailEvent.deleteMany({ where: { folded: subscriber.folded } });
    await transaction.subscriber.deleteMany({ where: { id: subscriberId } });
    return true;
  });
}
