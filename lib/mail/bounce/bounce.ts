/** What a message that came back says, and of whom. Pure; whatever the bytes are, it answers. */
import type { MailEventKind } from '../mail-event.ts';
import { parseReply } from '../sending/submit-outcome.ts';
import { readSesNotification } from '../webhook/ses.ts';
import { diagnose } from './diagnosis.ts';
import { type Entity, headerOf, parseMessages, partTextOf, walk } from './entity.ts';
import {
  type DeliveryReport,
  findReturned,
  readAddress,
  readDeliveryReports,
  readFeedbackReport,
  readStatus,
} from './report.ts';
import {
  isAutoReply,
  isBounce,
  readTextReports,
  reportTextOf,
  saysAbandoned,
  type TextReport,
} from './text-report.ts';

export type BounceKind = 'hard' | 'soft' | 'complaint' | 'auto-reply' | 'other';

export type BouncedRecipient = {
  readonly address: string;
  /** RFC 3463; null where the report has none. */
  readonly status: string | null;
  readonly kind: BounceKind;
  /**
   * RFC 3464's word: `failed`, `delayed`, `delivered`, `relayed`, `expanded`; a complaint's type (RFC 5965): `abuse`,
   * `opt-out`, …; null for an auto-reply and what is no report.
   */
  readonly action: string | null;
  /** What was said, on one line. */
  readonly detail: string;
};

export type ClassifiedMessage = {
  readonly recipients: readonly BouncedRecipient[];
  /** Addresses that the message came to: one of them may be a return address with a mark. */
  readonly sentTo: readonly string[];
  /** The Message-ID of the message that came back; null where it did not. */
  readonly returnedId: string | null;
  /** The report's own. */
  readonly messageId: string | null;
  readonly subject: string;
};

const DETAIL_LENGTH_MAX = 300;

export function classifyBounce(bytes: Uint8Array): ClassifiedMessage {
  const messages = parseMessages(bytes);
  const [message] = messages;
  const returned = findReturned(message);
  return {
    recipients: messages.flatMap(classify),
    sentTo: ['to', 'delivered-to', 'x-original-to', 'envelope-to']
      .flatMap((name) => message.headers.get(name) ?? [])
      .map(readAddress)
      .filter((address) => address !== null),
    returnedId: returned === null ? null : headerOf(returned, 'message-id').trim() || null,
    messageId: headerOf(message, 'message-id').trim() || null,
    subject: headerOf(message, 'subject'),
  };
}

function classify(message: Entity): BouncedRecipient[] {
  const feedback = readFeedbackReport(message);
  if (feedback !== null) {
    const detail = `feedback: ${feedback.type}`;
    return feedback.addresses.map((address) => ({
      address,
      status: null,
      kind: 'complaint',
      action: feedback.type,
      detail,
    }));
  }
  const notified = classifyNotification(message);
  if (notified !== null) return notified;
  const delivered = readDeliveryReports(message);
  if (delivered !== null && delivered.length > 0) {
    const words = reportTextOf(message);
    return delivered.map((report) => fromDelivery(report, words, delivered.length));
  }
  if (isBounce(message)) return readTextReports(message).map(fromText);
  return isAutoReply(message) ? fromAutoReply(message) : [];
}

/** Amazon's SNS also sends mail: what a webhook would get, as text. */
function classifyNotification(message: Entity): BouncedRecipient[] | null {
  const json = /^[ \t]*(\{"notificationType".*\})[ \t]*$/m.exec(partTextOf(message))?.[1];
  const recipients = json === undefined ? null : readSesNotification(json);
  return recipients?.map((recipient) => ({ ...recipient, kind: toBounceKind(recipient.kind) })) ?? null;
}

function toBounceKind(kind: MailEventKind): BounceKind {
  return kind === 'unsubscribe' ? 'other' : kind;
}

function fromDelivery(report: DeliveryReport, words: string, count: number): BouncedRecipient {
  const { address, action, diagnostic } = report;
  const about = wordsAbout(address, words, count);
  const spoken = diagnostic === '' ? about : `${diagnostic} ${saidAfterData(about)}`.trim();
  const status = report.status ?? readStatus(spoken);
  const isFailure = action === 'failed' || action === 'delayed';
  const kind =
    isFailure && !status?.startsWith('2.')
      ? diagnose({
          status: moreExact(status, spoken),
          code: codeOf(spoken),
          text: spoken,
          isStillTried: action === 'delayed',
        })
      : 'other';
  return { address, status, kind, action, detail: toDetail(`${status ?? ''} ${spoken}`) };
}

/** Postfix tells people, and not programs, that a refusal came after the message. */
function saidAfterData(words: string): string {
  return /in reply to end of DATA/i.exec(words.replace(/\s+/g, ' '))?.[0] ?? '';
}

/** `5.0.0` says less than a status that the remote system itself gave. */
function moreExact(status: string | null, spoken: string): string | null {
  return status === null || /^[45]\.0\.0$/.test(status) ? (readStatus(spoken) ?? status) : status;
}

/** Of a report on several recipients, the paragraph about this one. */
function wordsAbout(address: string, words: string, count: number): string {
  if (count === 1) return words;
  return words.split(/\n\s*\n/).find((paragraph) => paragraph.includes(address)) ?? '';
}

function fromText({ address, status, code, text, isStillTried }: TextReport): BouncedRecipient {
  return {
    address,
    status,
    kind: diagnose({ status, code, text, isStillTried }),
    action: isStillTried ? 'delayed' : 'failed',
    detail: toDetail(text),
  };
}

function fromAutoReply(message: Entity): BouncedRecipient[] {
  const from = readAddress(headerOf(message, 'from'));
  const isNobody = from !== null && /^(?:no-?reply|do-?not-?reply)@/i.test(from);
  const address = isNobody ? (readAddress(headerOf(message, 'reply-to')) ?? from) : from;
  if (address === null) return [];
  const text = [...walk(message)].find(({ type }) => type === 'text/plain');
  const isAbandoned = text !== undefined && saysAbandoned(partTextOf(text));
  const detail = toDetail(headerOf(message, 'subject'));
  return [{ address, status: null, kind: isAbandoned ? 'soft' : 'auto-reply', action: null, detail }];
}

function codeOf(text: string): number | null {
  return parseReply(text)?.code ?? null;
}

function toDetail(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, DETAIL_LENGTH_MAX);
}
