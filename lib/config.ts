/**
 * The configuration: every environment variable Paperboy reads, parsed once, here and nowhere else. All mistakes are
 * found together, so that one failed start names everything there is to correct.
 */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import {
  API_REQUESTS_DEFAULT,
  ARXIV_CATEGORIES_DEFAULT,
  ARXIV_CATEGORIES_MAX,
  CRON_SECRET_LENGTH_MIN,
  MAIL_CONNECTIONS_DEFAULT,
  MAIL_PER_SECOND_DEFAULT,
  type Mistake,
  maskValue,
  PORT_DEFAULT,
  SECRET_LENGTH_MIN,
  SETTINGS,
  type SettingName,
} from './settings.ts';

export type Config = {
  /** Null: the embedded database under `dataDirectory`. */
  readonly databaseUrl: string | null;
  /** Null: 3000, or the next free one. */
  readonly port: number | null;
  readonly host: string;
  /** Where readers reach the site; without a slash at the end. */
  readonly baseUrl: string;
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly contact: string | null;
  /** Without a slash at the end. */
  readonly huggingfaceUrl: string;
  /** arXiv categories to follow, as arXiv names them. */
  readonly arxivCategories: readonly string[];
  readonly arxivOaiUrl: string;
  readonly arxivApiUrl: string;
  /** Of announcement feeds; without a slash at the end. */
  readonly arxivFeedUrl: string;
  /** Of its API; without a slash at the end. */
  readonly githubUrl: string;
  readonly githubToken: string | null;
  /** Without a slash at the end. */
  readonly semanticScholarUrl: string;
  readonly semanticScholarKey: string | null;
  readonly cronSecret: string | null;
  /** Shared by the processes of one instance; set by `paperboy serve` for those it starts. */
  readonly instanceSecret: string | null;
  readonly mail: MailConfig;
  /** Opens the operator's pages; null closes them. */
  readonly adminToken: string | null;
  /** Searches of one client in five minutes. */
  readonly apiRequests: number;
  readonly logLevel: LogLevel;
};

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

const isHttpUrl = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
};
const isEmail = (text: string) => z.email().safeParse(text).success;
const isPostgresUrl = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1;
};

const BaseUrl = z
  .string()
  .refine(isHttpUrl)
  .transform((text) => text.replace(/\/+$/, ''));

/** Anything else could not be sent. */
const HeaderValue = z.string().regex(/^[\x21-\x7e]{1,500}$/);

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

const Secret = z.string().min(SECRET_LENGTH_MIN).regex(/^\S+$/);

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535)
    .optional(),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/)
    .default('127.0.0.1'),
  BASE_URL: BaseUrl.optional(),
  PAPERBOY_DIR: z.string().regex(/\S/).default('.paperboy'),
  DATABASE_URL: z.string().refine(isPostgresUrl).optional(),
  CONTACT: z
    .string()
    .refine((text) => isEmail(text) || isHttpUrl(text))
    .optional(),
  HUGGINGFACE_URL: BaseUrl.default('https://huggingface.co'),
  ARXIV_CATEGORIES: z
    .string()
    .default(ARXIV_CATEGORIES_DEFAULT)
    .transform((text) => [...new Set(text.split(/[\s,+]+/).filter(Boolean))])
    .refine((names) => names.length > 0 && names.length <= ARXIV_CATEGORIES_MAX)
    .refine((names) =>
      names.every((name) => /^[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[A-Za-z]+)?)?$/.test(name)),
    ),
  ARXIV_OAI_URL: BaseUrl.default('https://oaipmh.arxiv.org/oai'),
  ARXIV_API_URL: BaseUrl.default('https://export.arxiv.org/api/query'),
  ARXIV_FEED_URL: BaseUrl.default('https://rss.arxiv.org/atom'),
  GITHUB_URL: BaseUrl.default('https://api.github.com'),
  GITHUB_TOKEN: HeaderValue.optional(),
  SEMANTIC_SCHOLAR_URL: BaseUrl.default('https://api.semanticscholar.org'),
  SEMANTIC_SCHOLAR_KEY: HeaderValue.optional(),
  CRON_SECRET: z.string().min(CRON_SECRET_LENGTH_MIN).regex(/^\S+$/).optional(),
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
  ADMIN_TOKEN: Secret.optional(),
  API_REQUESTS: z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .refine((count) => count >= 1 && count <= 1_000_000)
    .default(API_REQUESTS_DEFAULT),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
} satisfies Record<SettingName, z.ZodType>);

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads `variables`; an empty one counts as unset. `root` is the project folder, where relative paths start. */
export function parseConfig(variables: Variables, root: string): Config | Mistake[] {
  const given = Object.fromEntries(SETTINGS.map(({ name }) => [name, variables[name] || undefined]));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
    return SETTINGS.filter(({ name }) => wrong.has(name)).map((setting) => ({
      setting,
      got: maskValue(setting, variables[setting.name] ?? ''),
    }));
  }
  const environment = parsed.data;
  const baseUrl = environment.BASE_URL ?? toLocalUrl(environment.HOST, environment.PORT ?? PORT_DEFAULT);
  const dataDirectory = resolve(root, environment.PAPERBOY_DIR);
  return {
    databaseUrl: environment.DATABASE_URL ?? null,
    port: environment.PORT ?? null,
    host: environment.HOST,
    baseUrl,
    dataDirectory,
    contact: environment.CONTACT ?? null,
    huggingfaceUrl: environment.HUGGINGFACE_URL,
    arxivCategories: environment.ARXIV_CATEGORIES,
    arxivOaiUrl: environment.ARXIV_OAI_URL,
    arxivApiUrl: environment.ARXIV_API_URL,
    arxivFeedUrl: environment.ARXIV_FEED_URL,
    githubUrl: environment.GITHUB_URL,
    githubToken: environment.GITHUB_TOKEN ?? null,
    semanticScholarUrl: environment.SEMANTIC_SCHOLAR_URL,
    semanticScholarKey: environment.SEMANTIC_SCHOLAR_KEY ?? null,
    cronSecret: environment.CRON_SECRET ?? null,
    instanceSecret: variables.PAPERBOY_INSTANCE_SECRET || null,
    mail: {
      smtpUrl: environment.SMTP_URL ?? null,
      from: environment.MAIL_FROM ?? `Paperboy <paperboy@${new URL(baseUrl).hostname}>`,
      returnPath: environment.MAIL_RETURN_PATH ?? null,
      secret: environment.MAIL_SECRET ?? null,
      messagesPerSecond: environment.MAIL_PER_SECOND,
      connections: environment.MAIL_CONNECTIONS,
      warmUpFrom: environment.MAIL_WARM_UP ?? null,
      outboxDirectory: join(dataDirectory, 'outbox'),
      dkim:
        environment.DKIM_SELECTOR === undefined
          ? null
          : { domain: environment.DKIM_DOMAIN ?? null, selector: environment.DKIM_SELECTOR },
      dkimDirectory:
        environment.DKIM_KEYS === undefined
          ? join(dataDirectory, 'dkim')
          : resolve(root, environment.DKIM_KEYS),
      bounceMailbox: environment.BOUNCE_MAILBOX ?? null,
      webhooks: {
        sesTopics: environment.SES_TOPICS ?? [],
        sendgridKey: environment.SENDGRID_WEBHOOK_KEY ?? null,
        postmarkSecret: environment.POSTMARK_WEBHOOK_SECRET ?? null,
        mailgunKey: environment.MAILGUN_WEBHOOK_KEY ?? null,
      },
    },
    adminToken: environment.ADMIN_TOKEN ?? null,
    apiRequests: environment.API_REQUESTS,
    logLevel: environment.LOG_LEVEL,
  };
}

/** How a program on this machine reaches a server that listens on `host`. */
export function toLocalUrl(host: string, port: number): string {
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?)$/.test(host);
  return `http://${isHere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * The configuration of this process: its environment, and below it the file `.env` in the project folder `root`.
 * The file's variables become the process's own, so that the processes it starts see them too.
 */
export function readConfig(root: string): Config | Mistake[] {
  try {
    process.loadEnvFile(join(root, '.env'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return parseConfig(process.env, root);
}

/** The settings that are set, as they may be shown. */
export function listSettings(): { name: string; value: string }[] {
  return SETTINGS.flatMap((setting) => {
    const value = process.env[setting.name];
    return value ? [{ name: setting.name, value: maskValue(setting, value) }] : [];
  });
}

/** This process's variables, for one it starts; `changes` go on top. */
export function childEnvironment(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}
