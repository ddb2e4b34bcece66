/** The configuration of mail, parsed of the variables that mail-settings.ts explains. A part of config.ts's. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { MAIL_CONNECTIONS_DEFAULT, MAIL_PER_SECOND_DEFAULT, type MailSettingName } from './mail-settings.ts';
import { SECRET_LENGTH_MIN } from './setting.ts';

/** How mail leaves and comes back. */
export type MailConfig = {
  /** smtp: or smtps:. Null: mail goes into the outbox. */
  readonly smtpUrl: string | null;
  /** `Name <address>` or an address; who mails come from. */
  readonly from: string;
  /** Address that bounces come back to. */
  readonly returnPath: string | null;
  /** Null: one is kept in the instance's folder. */
  readonly secret: string | null;
  readonly messagesPerSecond: number;
  readonly connections: number;
  /** The day, `YYYY-MM-DD`, on which a new sender began; null for one that is known. */
  readonly warmUpFrom: string | null;
  /** Folder of the messages that are not sent: where no relay is configured. */
  readonly outboxDirectory: string;
  /** Null: mails are not signed. `domain` null: that of `from`. */
  readonly dkim: { readonly domain: string | null; readonly selector: string } | null;
  readonly dkimDirectory: string;
  /** imap: or imaps:. */
  readonly bounceMailbox: string | null;
  readonly webhooks: {
    readonly sesTopics: readonly string[];
    readonly sendgridKey: string | null;
    readonly postmarkSecret: string | null;
    readonly mailgunKey: string | null;
  };
};

export const isEmail = (text: string) => z.email().safeParse(text).success;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

const isUrlOf = (protocols: RegExp) => (text: string) => {
  const url = URL.parse(text);
  return url !== null && protocols.test(url.protocol) && url.hostname !== '' && url.hash === '';
};

/** `Name <address>` or an address. What a mail is built of is checked again where it is built. */
const isSender = (text: string) => {
  const address = /^[^<>]{0,200}<([^<>]+)>$/.exec(text)?.[1] ?? text;
  return /^[^\p{C}]+$/u.test(text) && isEmail(address);
};

export const Secret = z.string().min(SECRET_LENGTH_MIN).regex(/^\S+$/);

export const MAIL_VARIABLES = {
  SMTP_URL: z
    .string()
    .refine(isUrlOf(/^smtps?:$/))
    .optional(),
  MAIL_FROM: z.string().refine(isSender).optional(),
  MAIL_RETURN_PATH: z.string().refine(isEmail).optional(),
  MAIL_SECRET: Secret.optional(),
  MAIL_PER_SECOND: z
    .string()
    .regex(/^\d{1,5}(?:\.\d{1,3})?$/)
    .transform(Number)
    .refine((count) => count > 0 && count <= 10_000)
    .default(MAIL_PER_SECOND_DEFAULT),
  MAIL_CONNECTIONS: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((count) => count >= 1 && count <= 100)
    .default(MAIL_CONNECTIONS_DEFAULT),
  MAIL_WARM_UP: z.iso.date().optional(),
  DKIM_DOMAIN: z.string().regex(DOMAIN).toLowerCase().optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9.-]{0,48}[a-z0-9])?$/i)
    .toLowerCase()
    .optional(),
  DKIM_KEYS: z.string().regex(/\S/).optional(),
  BOUNCE_MAILBOX: z
    .string()
    .refine(isUrlOf(/^imaps?:$/))
    .optional(),
  SES_TOPICS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((topics) =>
      topics.every((topic) => /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w.-]{1,256}$/.test(topic)),
    )
    .optional(),
  SENDGRID_WEBHOOK_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{80,400}={0,2}$/)
    .optional(),
  POSTMARK_WEBHOOK_SECRET: z
    .string()
    .min(SECRET_LENGTH_MIN)
    .regex(/^[^\s:]+:\S+$/)
    .optional(),
  MAILGUN_WEBHOOK_KEY: Secret.optional(),
} satisfies Record<MailSettingName, z.ZodType>;

const Variables = z.object(MAIL_VARIABLES);

/** `host` is that of the site; relative paths start at `root`. */
export function toMailConfig(
  environment: z.infer<typeof Variables>,
  place: { root: string; dataDirectory: string; host: string },
): MailConfig {
  return {
    smtpUrl: environment.SMTP_URL ?? null,
    from: environment.MAIL_FROM ?? `Paperboy <paperboy@${place.host}>`,
    returnPath: environment.MAIL_RETURN_PATH ?? null,
    secret: environment.MAIL_SECRET ?? null,
    messagesPerSecond: environment.MAIL_PER_SECOND,
    connections: environment.MAIL_CONNECTIONS,
    warmUpFrom: environment.MAIL_WARM_UP ?? null,
    outboxDirectory: join(place.dataDirectory, 'outbox'),
    dkim:
      environment.DKIM_SELECTOR === undefined
        ? null
        : { domain: environment.DKIM_DOMAIN ?? null, selector: environment.DKIM_SELECTOR },
    dkimDirectory:
      environment.DKIM_KEYS === undefined
        ? join(place.dataDirectory, 'dkim')
        : resolve(place.root, environment.DKIM_KEYS),
    bounceMailbox: environment.BOUNCE_MAILBOX ?? null,
    webhooks: {
      sesTopics: environment.SES_TOPICS ?? [],
      sendgridKey: environment.SENDGRID_WEBHOOK_KEY ?? null,
      postmarkSecret: environment.POSTMARK_WEBHOOK_SECRET ?? null,
      mailgunKey: environment.MAILGUN_WEBHOOK_KEY ?? null,
    },
  };
}
