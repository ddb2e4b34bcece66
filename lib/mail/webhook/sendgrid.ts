/** SendGrid's event webhook, signed (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event). */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '#lib/text/json.ts';
import { diagnose } from '../bounce/diagnosis.ts';
import type { MailEvent, MailEventKind } from '../mail-event.ts';
import {
  EVENTS_MAX,
  SIGNATURE_AGE_MAX_MS,
  toDetail,
  toToken,
  type WebhookRequest,
  type WebhookResult,
} from './webhook.ts';

const Event = z.object({
  email: z.string(),
  event: z.string(),
  timestamp: z.number().optional(),
  'smtp-id': z.string().optional(),
  sg_event_id: z.string().optional(),
  reason: z.string().optional(),
  status: z.string().optional(),
  type: z.string().optional(),
});
type Event = z.infer<typeof Event>;

export function parseSendgridEvents(request: WebhookRequest, key: string, now: Date): WebhookResult {
  if (!isSigned(request, key, now)) return null;
  const parsed = z.array(z.unknown()).safeParse(parseJson(request.body)).data;
  if (parsed === undefined) return null;
  return parsed.slice(0, EVENTS_MAX).flatMap((one) => {
    const event = Event.safeParse(one).data;
    return event === undefined ? [] : [toMailEvent(event, now)];
  });
}

/** ECDSA on P-256 with SHA-256 over the time and the body, as sent. */
function isSigned({ header, body }: WebhookRequest, key: string, now: Date): boolean {
  const signature = header('x-twilio-email-event-webhook-signature');
  const timestamp = header('x-twilio-email-event-webhook-timestamp');
  if (signature === null || timestamp === null) return false;
  if (!(Math.abs(now.getTime() - Number(timestamp) * 1000) <= SIGNATURE_AGE_MAX_MS)) return false;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return verify('sha256', Buffer.from(timestamp + body), publicKey, Buffer.from(signature, 'base64'));
  } catch {
    // A signature that cannot be read is none.
    return false;
  }
}

function toMailEvent(event: Event, now: Date): MailEvent {
  return {
    address: event.email,
    kind: kindOf(event),
    provider: 'sendgrid',
    at: event.timestamp === undefined ? now : new Date(event.timestamp * 1000),
    detail: toDetail(event.event, event.type, event.status, event.reason),
    ...toToken(event['smtp-id']),
    eventId: event.sg_event_id ?? `${event.event}:${event.timestamp ?? ''}:${event.email.toLowerCase()}`,
  };
}

function kindOf({ event, type, status, reason = '' }: Event): MailEventKind {
  if (event === 'spamreport') return 'complaint';
  if (event === 'unsubscribe' || event === 'group_unsubscribe') return 'unsubscribe';
  if (event === 'dropped') {
    if (/spam report/i.test(reason)) return 'complaint';
    if (/unsubscribed/i.test(reason)) return 'unsubscribe';
    return /bounced|invalid/i.test(reason) ? 'hard' : 'other';
  }
  if (event !== 'bounce') return 'other';
  // `blocked` is a refusal that SendGrid does not hold against the address.
  return type === 'blocked' ? 'soft' : diagnose({ status: status ?? null, code: null, text: reason });
}
