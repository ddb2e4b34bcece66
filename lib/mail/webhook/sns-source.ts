/** What SNS has to be asked for: the certificate that signs, and the confirmation that we want a topic's messages. */
import { createVerify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '#lib/text/json.ts';
import { SIGNATURE_AGE_MAX_MS } from './webhook.ts';

const TIMEOUT_MS = 10_000;
const CERTIFICATE_BYTES_MAX = 20_000;
/** One for each region, for as long as it is in use. */
const CERTIFICATES_MAX = 50;

export type SnsSource = {
  /** PEM. Null where `url` is not Amazon's or answers otherwise. */
  fetchCertificate(url: string): Promise<string | null>;
  /** False where `url` is not Amazon's or did not agree. */
  confirm(url: string): Promise<boolean>;
};

export function createSnsSource(fetch: typeof globalThis.fetch = globalThis.fetch): SnsSource {
  const certificates = new Map<string, string>();
  const get = (url: string) => fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  return {
    async fetchCertificate(url) {
      if (!isSnsUrl(url) || !url.endsWith('.pem')) return null;
      const kept = certificates.get(url);
      if (kept !== undefined) return kept;
      const response = await get(url);
      const text = response.ok ? await response.text() : '';
      if (!text.startsWith('-----BEGIN CERTIFICATE-----') || text.length > CERTIFICATE_BYTES_MAX) return null;
      if (certificates.size >= CERTIFICATES_MAX) certificates.clear();
      certificates.set(url, text);
      return text;
    },
    confirm: async (url) => isSnsUrl(url) && (await get(url)).ok,
  };
}

/**
 * Messages of Amazon SNS, through which SES reports, and their signatures
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html).
 */

const SnsMessage = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  Subject: z.string().nullish(),
  SubscribeURL: z.string().nullish(),
  Token: z.string().nullish(),
});
export type SnsMessage = z.infer<typeof SnsMessage>;

export function parseSnsMessage(body: string): SnsMessage | null {
  return SnsMessage.safeParse(parseJson(body)).data ?? null;
}

/** Only Amazon's own hosts may say what certificate a message is signed with, or be called to confirm one. */
export function isSnsUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    /^sns\.[a-z]{2}(?:-[a-z]+)+-\d\.amazonaws\.com(?:\.cn)?$/.test(url.hostname)
  );
}

/** True where `certificate` (PEM, from the message's own, checked URL) signed it, for SNS, and not long ago. */
export function isSignedBySns(message: SnsMessage, certificate: string, now: Date): boolean {
  const sentAt = new Date(message.Timestamp).getTime();
  if (!(Math.abs(now.getTime() - sentAt) <= SIGNATURE_AGE_MAX_MS)) return false;
  const verifier = createVerify(message.SignatureVersion === '1' ? 'sha1' : 'sha256');
  verifier.update(signedText(message));
  try {
    return verifier.verify(new X509Certificate(certificate).publicKey, message.Signature, 'base64');
  } catch {
    // What is no certificate signed nothing.
    return false;
  }
}

/** The fields that are signed, by name, each with its value on the next line. */
export function signedText(message: SnsMessage): string {
  const names =
    message.Type === 'Notification'
      ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const)
      : (['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const);
  return names
    .flatMap((name) => {
      const value = message[name];
      return value === null || value === undefined ? [] : [`${name}\n${value}\n`];
    })
    .join('');
}
