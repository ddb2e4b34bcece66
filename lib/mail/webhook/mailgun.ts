/** Mailgun's webhooks (https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks). */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '#lib/text/json.ts';
import { diagnose } from '../bounce/diagnosis.ts';
import type { MailEventKind } from '../mail-event.ts';
import {
  isEqualInConstantTime,
  SIGNATURE_AGE_MAX_MS,
  toDetail,
  toToken,
  type WebhookRequest,
  type WebhookResult,
} from './webhook.ts';

const Payload = z.object({
  signature: z.object({ timestamp: z.string(), token: z.string(), signature: z.string() }),
  'event-data': z.object({
    id: z.string().optional(),
    event: z.string(),
    severity: z.string().optional(),
    reason: z.string().optional(),
    recipient: z.string().optional(),
    timestamp: z.number().optional(),
    message: z.object({ headers: z.object({ 'message-id': z.string().optional() }).optional() }).optional(),
    'delivery-status': z
      .object({
        code: z.number().nullish(),
        message: z.string().nullish(),
        description: z.string().nullish(),
        'enhanced-code': z.string().nullish(),
      })
      .optional(),
  }),
});
type Data = z.infer<typeof Payload>['event-data'];

/** The signature covers a time and a token, not the event: Mailgun relies on HTTPS for that. */
export function parseMailgunEvents(request: WebhookRequest, key: string, now: Date): WebhookResult {
  const payload = Payload.safeParse(parseJson(request.body)).data;
  if (payload === undefined) return null;
  const { timestamp, token, signature } = payload.signature;
  if (!(Math.abs(now.getTime() - Number(timestamp) * 1000) <= SIGNATURE_AGE_MAX_MS)) return null;
  const expected = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
  if (!isEqualInConstantTime(signature, expected)) return null;
  const data = payload['event-data'];
  if (data.recipient === undefined) return [];
  const status = data['delivery-status'];
  return [
    {
      address: data.recipient,
      kind: kindOf(data),
      provider: 'mailgun',
      at: data.timestamp === undefined ? now : new Date(data.timestamp * 1000),
      detail: toDetail(
        data.event,
        data.severity,
        data.reason,
        status?.code,
        status?.message,
        status?.description,
      ),
      ...toToken(data.message?.headers?.['message-id']),
      eventId: data.id ?? token,
    },
  ];
}

function kindOf(data: Data): MailEventKind {
  if (data.event === 'complained') return 'complaint';
  if (data.event === 'unsubscribed') return 'unsubscribe';
  // A temporary failure is one attempt of several; Mailgun goes on.
  if (data.event !== 'failed' || data.severity !== 'permanent') return 'other';
  if (data.reason === 'suppress-bounce') return 'hard';
  if (data.reason === 'suppress-complaint') return 'complaint';
  if (data.reason === 'suppress-unsubscribe') return 'unsubscribe';
  const status = data['delivery-status'];
  return diagnose({
    status: status?.['enhanced-code'] ?? /\b5\.\d{1,3}\.\d{1,3}\b/.exec(status?.message ?? '')?.[0] ?? null,
    code: status?.code ?? null,
    text: `${status?.message ?? ''} ${status?.description ?? ''}`,
  });
}
