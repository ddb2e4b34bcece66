/** Amazon SES: what an SNS message says (https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html). */
import { z } from 'zod';
import { parseJson } from '#lib/text/json.ts';
import type { MailEvent, MailEventKind } from '../mail-event.ts';
import { parseReturnAddress } from '../return-path.ts';
import { EVENTS_MAX, toDate, toDetail, toToken } from './webhook.ts';

const Notification = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.object({
    source: z.string().optional(),
    messageId: z.string().optional(),
    destination: z.array(z.string()).default([]),
    headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string().default(''),
      timestamp: z.string().optional(),
      feedbackId: z.string().optional(),
      bouncedRecipients: z.array(
        z.object({
          emailAddress: z.string(),
          status: z.string().nullish(),
          diagnosticCode: z.string().nullish(),
        }),
      ),
    })
    .optional(),
  complaint: z
    .object({
      complainedRecipients: z.array(z.object({ emailAddress: z.string() })),
      complaintFeedbackType: z.string().nullish(),
      timestamp: z.string().optional(),
      feedbackId: z.string().optional(),
    })
    .optional(),
  delivery: z
    .object({ recipients: z.array(z.string()).default([]), smtpResponse: z.string().nullish() })
    .optional(),
});

export type SesRecipient = {
  readonly address: string;
  readonly status: string | null;
  readonly kind: MailEventKind;
  readonly action: string;
  readonly detail: string;
};

type Parsed = z.infer<typeof Notification>;

/** Subtypes of permanent bounces that are about the message, or a mailbox that exists. */
const PASSING = /^(?:MailboxFull|MessageTooLarge|ContentRejected|AttachmentRejected)$/;

/** Null where `json` is no notification of SES. */
export function readSesNotification(json: string): readonly SesRecipient[] | null {
  const parsed = Notification.safeParse(parseJson(json)).data;
  return parsed === undefined ? null : recipientsOf(parsed);
}

/** `message` is an SNS message's text. The token is proved by the return address, which SES tells as `source`. */
export function parseSesEvents(
  message: string,
  deps: { now: Date; secret: string },
): readonly MailEvent[] | null {
  const parsed = Notification.safeParse(parseJson(message)).data;
  if (parsed === undefined) return null;
  const mark = parseReturnAddress(parsed.mail.source ?? '', deps.secret);
  const messageId = parsed.mail.headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  const named = toToken(messageId);
  const report = parsed.bounce ?? parsed.complaint;
  return recipientsOf(parsed)
    .slice(0, EVENTS_MAX)
    .map(({ address, kind, detail }) => ({
      address,
      kind,
      provider: 'ses',
      at: toDate(report?.timestamp, deps.now),
      detail,
      issueToken: mark?.token ?? named.issueToken,
      mailKind: mark === null || mark.kind === 'unsubscribe' ? named.mailKind : mark.kind,
      eventId: `${report?.feedbackId ?? parsed.mail.messageId ?? ''}:${kind}:${address.toLowerCase()}`,
    }));
}

function recipientsOf({ bounce, complaint, delivery, mail }: Parsed): SesRecipient[] {
  if (bounce !== undefined) {
    const isHard = bounce.bounceType === 'Permanent' && !PASSING.test(bounce.bounceSubType);
    return bounce.bouncedRecipients.map(({ emailAddress, status, diagnosticCode }) => ({
      address: emailAddress,
      status: status ?? null,
      kind: isHard ? 'hard' : 'soft',
      action: 'failed',
      detail: toDetail(bounce.bounceType, bounce.bounceSubType, status, diagnosticCode),
    }));
  }
  if (complaint !== undefined) {
    const type = complaint.complaintFeedbackType ?? 'abuse';
    // "Not spam" takes a complaint back; a failed authentication is somebody else's mail in our name.
    const kind = /^(?:not-spam|auth-failure)$/.test(type) ? 'other' : 'complaint';
    return complaint.complainedRecipients.map(({ emailAddress }) => ({
      address: emailAddress,
      status: null,
      kind,
      action: type,
      detail: toDetail('complaint', type),
    }));
  }
  const addresses =
    delivery === undefined || delivery.recipients.length === 0 ? mail.destination : delivery.recipients;
  const status = /\b2\.\d{1,3}\.\d{1,3}\b/.exec(delivery?.smtpResponse ?? '')?.[0] ?? null;
  return addresses.map((address) => ({
    address,
    status,
    kind: 'other',
    action: delivery === undefined ? 'other' : 'delivered',
    detail: toDetail(delivery?.smtpResponse),
  }));
}
