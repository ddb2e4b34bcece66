/** The settings of mail: how it leaves, who signs it, and how what comes back is read. A part of settings.ts's list. */
import { SECRET_LENGTH_MIN, type Setting } from './setting.ts';

export const MAIL_PER_SECOND_DEFAULT = 20;
export const MAIL_CONNECTIONS_DEFAULT = 8;

export const MAIL_SETTINGS = [
  {
    name: 'SMTP_URL',
    meaning:
      'The mail relay. `smtps://` speaks TLS from the start, `smtp://` switches to it (STARTTLS) and refuses to go on without, unless the relay is on this machine.',
    default: 'mail is written to a local outbox, never sent',
    expected: 'an smtp:// or smtps:// URL; user and password percent-encoded',
    example: 'smtps://user:password@smtp.example.org:465',
    isSecret: true,
  },
  {
    name: 'MAIL_FROM',
    meaning: 'Who mails come from: a name and an address, or an address.',
    default: 'Paperboy <paperboy@ and the host of BASE_URL>',
    expected: 'an address, or a name and an address in angle brackets',
    example: 'Papers of our lab <papers@example.org>',
    isSecret: false,
  },
  {
    name: 'MAIL_RETURN_PATH',
    meaning:
      'Address that bounces come back to; each mail adds `+` and a mark of its own to the part before the @, so the mailbox must accept such additions.',
    default: 'the address of MAIL_FROM',
    expected: 'an e-mail address',
    example: 'bounces@example.org',
    isSecret: false,
  },
  {
    name: 'MAIL_SECRET',
    meaning: 'Secret that marks return addresses and links of mails as ours; the same on every machine.',
    default: 'one made up and kept in PAPERBOY_DIR',
    expected: `at least ${SECRET_LENGTH_MIN} characters, none of them a space`,
    example: 'the output of: openssl rand -hex 32',
    isSecret: true,
  },
  {
    name: 'MAIL_PER_SECOND',
    meaning: 'Most messages handed to the relay in a second, over all workers.',
    default: String(MAIL_PER_SECOND_DEFAULT),
    expected: 'a number above 0, at most 10000',
    example: '50',
    isSecret: false,
  },
  {
    name: 'MAIL_CONNECTIONS',
    meaning: 'Most connections a worker opens to the relay at once.',
    default: String(MAIL_CONNECTIONS_DEFAULT),
    expected: 'a whole number from 1 to 100',
    example: '4',
    isSecret: false,
  },
  {
    name: 'MAIL_WARM_UP',
    meaning:
      'First day of a sender nobody knows yet: 200 messages on it, twice as many on each day after, without a limit from the 15th.',
    default: 'no limit a day',
    expected: 'a day, YYYY-MM-DD',
    example: '2026-11-24',
    isSecret: false,
  },
  {
    name: 'DKIM_DOMAIN',
    meaning: 'Domain that signs mails; the one of MAIL_FROM or above it, else DMARC does not count it.',
    default: 'the domain of MAIL_FROM',
    expected: 'a domain name',
    example: 'example.org',
    isSecret: false,
  },
  {
    name: 'DKIM_SELECTOR',
    meaning: 'Selector of the DKIM keys; `paperboy mail keys` makes them and prints the DNS records.',
    default: 'mails are not signed here',
    expected: 'letters, digits, hyphens and dots',
    example: 'paperboy1',
    isSecret: false,
  },
  {
    name: 'DKIM_KEYS',
    meaning: 'Folder of the DKIM keys.',
    default: 'dkim in PAPERBOY_DIR',
    expected: 'a path; a relative one starts at the project folder',
    example: '/etc/paperboy/dkim',
    isSecret: false,
  },
  {
    name: 'BOUNCE_MAILBOX',
    meaning: 'Mailbox that bounces and complaints arrive in; the path names the folder, INBOX without one.',
    default: 'none is read',
    expected: 'an imaps:// or imap:// URL; user and password percent-encoded',
    example: 'imaps://bounces%40example.org:password@imap.example.org/INBOX',
    isSecret: true,
  },
  {
    name: 'SES_TOPICS',
    meaning: 'ARNs of the SNS topics through which Amazon SES reports bounces and complaints.',
    default: 'such reports are refused',
    expected: 'topic ARNs, separated by commas or spaces',
    example: 'arn:aws:sns:eu-west-1:123456789012:paperboy',
    isSecret: false,
  },
  {
    name: 'SENDGRID_WEBHOOK_KEY',
    meaning: 'Verification key of SendGrid’s signed event webhook.',
    default: 'such reports are refused',
    expected: 'the key as SendGrid shows it, in base64',
    example:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
    isSecret: false,
  },
  {
    name: 'POSTMARK_WEBHOOK_SECRET',
    meaning: 'User and password that Postmark’s webhook sends (basic authentication).',
    default: 'such reports are refused',
    expected: `a user and a password with a colon between, at least ${SECRET_LENGTH_MIN} characters`,
    example: 'postmark:0123456789abcdef',
    isSecret: true,
  },
  {
    name: 'MAILGUN_WEBHOOK_KEY',
    meaning: 'Signing key of Mailgun’s webhooks.',
    default: 'such reports are refused',
    expected: `a key, without spaces, at least ${SECRET_LENGTH_MIN} characters`,
    example: 'key-0123456789abcdef',
    isSecret: true,
  },
] as const satisfies readonly Setting[];

export type MailSettingName = (typeof MAIL_SETTINGS)[number]['name'];
