/** Postmark's webhooks, which know basic authentication (https://postmarkapp.com/developer/webhooks/webhooks-overview). */
import { z } from 'zod';
import { parseJson } from '#lib/text/json.ts';
import type { MailEvent, MailEventKind } from '../mail-event.ts';
import {
  isEqualInConstantTime,
  toDate,
  toDetail,
  type WebhookRequest,
  type WebhookResult,
} from './webhook.ts';

const Event = z.object({
  RecordType: z.string(),
  ID: z.union([z.number(), z.string()]).optional(),
  Type: z.string().optional(),
  Email: z.string().optional(),
  Recipient: z.string().optional(),
  BouncedAt: z.string().optional(),
  ChangedAt: z.string().optional(),
  MessageID: z.string().optional(),
  Description: z.string().optional(),
  Details: z.string().optional(),
  SuppressSending: z.boolean().optional(),
  SuppressionReason: z.string().nullish(),
});
type Event = z.infer<typeof Event>;

/** `secret` is `user:password`. */
export function parsePostmarkEvents(request: WebhookRequest, secret: string, now: Date): WebhookResult {
  const given = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.header('authorization') ?? '')?.[1] ?? '';
  if (!isEqualInConstantTime(Buffer.from(given, 'base64').toString(), secret)) return null;
  const event = Event.safeParse(parseJson(request.body)).data;
  return event === undefined ? null : toMailEvents(event, now);
}

function toMailEvents(event: Event, now: Date): MailEvent[] {
  const address = event.Email ?? event.Recipient;
  if (address === undefined) return [];
  const kind = kindOf(event);
  return [
    {
      address,
      kind,
      provider: 'postmark',
      at: toDate(event.BouncedAt ?? event.ChangedAt, now),
      detail: toDetail(event.RecordType, event.Type, event.Description, event.Details),
      // Postmark gives messages identifiers of its own, and reports no others.
      issueToken: null,
      mailKind: null,
      eventId: `${event.ID ?? event.MessageID ?? event.ChangedAt ?? ''}:${kind}:${address.toLowerCase()}`,
    },
  ];
}

const KINDS: Readonly<Record<string, MailEventKind>> = {
  HardBounce: 'hard',
  BadEmailAddress: 'hard',
  ManuallyDeactivated: 'hard',
  SpamComplaint: 'complaint',
  Unsubscribe: 'unsubscribe',
  AutoResponder: 'auto-reply',
  Subscribe: 'other',
  AddressChange: 'other',
  ChallengeVerification: 'other',
  OpenRelayTest: 'other',
  Unconfirmed: 'other',
};

function kindOf({ RecordType, Type, SuppressSending, SuppressionReason }: Event): MailEventKind {
  if (RecordType === 'SpamComplaint') return 'complaint';
  if (RecordType === 'SubscriptionChange') {
    if (SuppressSending !== true) return 'other';
    return SuppressionReason === 'ManualSuppression'
      ? 'unsubscribe'
      : (KINDS[SuppressionReason ?? ''] ?? 'other');
  }
  // SoftBounce, Transient, DnsError, Blocked, SpamNotification, SMTPApiError, and what comes to be.
  return RecordType === 'Bounce' ? (KINDS[Type ?? ''] ?? 'soft') : 'other';
}
