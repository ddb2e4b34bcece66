/**
 * Every setting, once: a row is an environment variable, what it means and what it accepts. parse.ts reads values by this
 * table; `paperboy docs` writes docs/configuration.md and .env.example from it.
 */
import { z } from 'zod';
import { LOG_LEVELS } from '#lib/log.ts';

export type Setting = {
  /** Reads the text of the variable. */
  readonly schema: z.ZodType;
  /** What `schema` accepts. Completes "… is expected". */
  readonly expected: string;
  /** Read in place of an unset variable. Null: the setting is then null, and `unset` says what that means. */
  readonly default: string | null;
  readonly unset?: string;
  readonly help: string;
  /** A value that the schema accepts, or for a random secret the command that makes one. */
  readonly example: string;
  /** Never shown. */
  readonly secret: boolean;
};

type Format = Pick<Setting, 'schema' | 'expected'>;

/** Set in place of an example value where only a random one will do. */
export const RANDOM_SECRET = 'the output of: openssl rand -hex 32';

export const PORT_DEFAULT = 3000;
const SECRET_LENGTH_MIN = 16;
const CATEGORIES_MAX = 50;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const DKIM_SELECTOR = /^[a-z0-9](?:[a-z0-9.-]{0,48}[a-z0-9])?$/i;
const CATEGORY = /^[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[A-Za-z]+)?)?$/;
const SNS_TOPIC = /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w.-]{1,256}$/;

const isEmail = (text: string) => z.email().safeParse(text).success;

const isHttpUrl = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
};

const isPostgresUrl = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1;
};

const isMailUrl = (protocols: RegExp) => (text: string) => {
  const url = URL.parse(text);
  return url !== null && protocols.test(url.protocol) && url.hostname !== '' && url.hash === '';
};

/** `Name <address>` or an address. lib/mail checks the parts again where it composes a message. */
const isSender = (text: string) => {
  const address = /^[^<>]{0,200}<([^<>]+)>$/.exec(text)?.[1] ?? text;
  return /^[^\p{C}]+$/u.test(text) && isEmail(address);
};

const wordsOf = (text: string) => [...new Set(text.split(/[\s,+]+/).filter(Boolean))];

const wholeNumber = (min: number, max: number): Format & { schema: z.ZodType<number> } => ({
  schema: z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .refine((number) => number >= min && number <= max),
  expected: `a whole number from ${min} to ${max}`,
});

const HTTP_URL = {
  schema: z
    .string()
    .refine(isHttpUrl)
    .transform((text) => text.replace(/\/+$/, '')),
  expected: 'an http or https URL without a query',
};
const PATH = {
  schema: z.string().regex(/\S/),
  expected: 'a path; a relative one starts at the project folder',
};
const SECRET = {
  schema: z.string().min(SECRET_LENGTH_MIN).regex(/^\S+$/),
  expected: `at least ${SECRET_LENGTH_MIN} characters, none of them a space`,
  secret: true,
};
/** Sent in an HTTP header. */
const API_KEY = {
  schema: z.string().regex(/^[\x21-\x7e]{1,500}$/),
  expected: 'a key or token without spaces',
  secret: true,
};
const REPORTS_REFUSED = { default: null, unset: 'such reports are refused' };

/** In the order of the documentation. */
export const SETTINGS = {
  PORT: {
    ...wholeNumber(1, 65_535),
    default: null,
    unset: `${PORT_DEFAULT}, or the next free port`,
    help: 'Port of the web server.',
    example: '8080',
    secret: false,
  },
  HOST: {
    schema: z.string().regex(/^[\w.:%-]+$/),
    expected: 'an IP address or host name of this machine',
    default: '127.0.0.1',
    help: 'Address the web server listens on; `0.0.0.0` opens it to other machines, as a container needs.',
    example: '0.0.0.0',
    secret: false,
  },
  BASE_URL: {
    ...HTTP_URL,
    default: null,
    unset: 'http://localhost and the port',
    help: 'Address under which readers reach the site; links in pages, feeds and mails begin with it.',
    example: 'https://papers.example.org',
    secret: false,
  },
  PAPERBOY_DIR: {
    ...PATH,
    default: '.paperboy',
    help: 'Folder for the data of this instance. Two instances on one machine need two folders.',
    example: '/var/lib/paperboy',
    secret: false,
  },
  DATABASE_URL: {
    schema: z.string().refine(isPostgresUrl),
    expected: 'a postgresql:// URL',
    default: null,
    unset: 'the embedded database',
    help: 'A Postgres server (15 or newer) to use in place of the embedded database.',
    example: 'postgresql://paperboy:password@db.example.org:5432/paperboy',
    secret: true,
  },
  CONTACT: {
    schema: z.string().refine((text) => isEmail(text) || isHttpUrl(text)),
    expected: 'an e-mail address or an http(s) URL',
    default: null,
    unset: 'none',
    help: 'How the operators of paper sources can reach you; sent in the User-Agent of requests to them.',
    example: 'papers@example.org',
    secret: false,
  },
  HUGGINGFACE_URL: {
    ...HTTP_URL,
    default: 'https://huggingface.co',
    help: 'Base URL of Hugging Face, for a mirror or a proxy.',
    example: 'https://mirror.example.org/huggingface',
    secret: false,
  },
  ARXIV_CATEGORIES: {
    schema: z
      .string()
      .transform(wordsOf)
      .refine((names) => names.length > 0 && names.length <= CATEGORIES_MAX)
      .refine((names) => names.every((name) => CATEGORY.test(name))),
    expected: `category names as arXiv writes them, at most ${CATEGORIES_MAX}`,
    default: 'cs.AI cs.CL cs.CV cs.LG cs.NE cs.RO stat.ML eess.IV q-bio.NC',
    help: 'arXiv categories to follow, separated by commas or spaces.',
    example: 'cs.CL, cs.LG, hep-th',
    secret: false,
  },
  ARXIV_OAI_URL: {
    ...HTTP_URL,
    default: 'https://oaipmh.arxiv.org/oai',
    help: 'Address of arXiv’s OAI-PMH interface, for a mirror or a proxy.',
    example: 'https://mirror.example.org/oai',
    secret: false,
  },
  ARXIV_API_URL: {
    ...HTTP_URL,
    default: 'https://export.arxiv.org/api/query',
    help: 'Address of arXiv’s search interface (the Atom API).',
    example: 'https://mirror.example.org/api/query',
    secret: false,
  },
  ARXIV_FEED_URL: {
    ...HTTP_URL,
    default: 'https://rss.arxiv.org/atom',
    help: 'Base URL of arXiv’s announcement feeds.',
    example: 'https://mirror.example.org/atom',
    secret: false,
  },
  GITHUB_URL: {
    ...HTTP_URL,
    default: 'https://api.github.com',
    help: 'Base URL of GitHub’s API, the source of stars and forks.',
    example: 'https://mirror.example.org/github',
    secret: false,
  },
  GITHUB_TOKEN: {
    ...API_KEY,
    default: null,
    unset: 'none: 60 repositories an hour',
    help: 'Token for GitHub’s API; it needs no permissions. It raises the limit to 5,000 repositories an hour.',
    example: 'github_pat_0123456789',
  },
  SEMANTIC_SCHOLAR_URL: {
    ...HTTP_URL,
    default: 'https://api.semanticscholar.org',
    help: 'Base URL of Semantic Scholar’s API, the source of citations.',
    example: 'https://mirror.example.org/semantic-scholar',
    secret: false,
  },
  SEMANTIC_SCHOLAR_KEY: {
    ...API_KEY,
    default: null,
    unset: 'none',
    help: 'Key for Semantic Scholar’s API. All callers without a key share one quota.',
    example: 'key-0123456789',
  },
  CRON_SECRET: {
    ...SECRET,
    default: null,
    unset: 'none: such calls are refused',
    help: 'Secret with which schedulers and workers on other machines may call this instance.',
    example: RANDOM_SECRET,
  },
  SMTP_URL: {
    schema: z.string().refine(isMailUrl(/^smtps?:$/)),
    expected: 'an smtp:// or smtps:// URL; user and password percent-encoded',
    default: null,
    unset: 'mail is written to a local outbox, never sent',
    help: 'The mail relay. `smtps://` uses TLS from the start; `smtp://` requires STARTTLS unless the relay is on this machine.',
    example: 'smtps://user:password@smtp.example.org:465',
    secret: true,
  },
  MAIL_FROM: {
    schema: z.string().refine(isSender),
    expected: 'an address, or a name and an address in angle brackets',
    default: null,
    unset: 'Paperboy <paperboy@ and the host of BASE_URL>',
    help: 'Sender of mails: a name and an address, or an address.',
    example: 'Papers of our lab <papers@example.org>',
    secret: false,
  },
  MAIL_RETURN_PATH: {
    schema: z.string().refine(isEmail),
    expected: 'an e-mail address',
    default: null,
    unset: 'the address of MAIL_FROM',
    help: 'Address that bounces return to. Each mail adds `+` and a token before the @, so the mailbox must accept subaddresses.',
    example: 'bounces@example.org',
    secret: false,
  },
  MAIL_SECRET: {
    ...SECRET,
    default: null,
    unset: 'a random one, kept in the database',
    help: 'Secret that signs return addresses and links in mails; the same on every machine.',
    example: RANDOM_SECRET,
  },
  MAIL_PER_SECOND: {
    schema: z
      .string()
      .regex(/^\d{1,5}(?:\.\d{1,3})?$/)
      .transform(Number)
      .refine((count) => count > 0 && count <= 10_000),
    expected: 'a number above 0, at most 10000',
    default: '20',
    help: 'Maximum number of messages handed to the relay in a second, over all workers.',
    example: '50',
    secret: false,
  },
  MAIL_CONNECTIONS: {
    ...wholeNumber(1, 100),
    default: '8',
    help: 'Maximum number of connections to the relay that one worker opens.',
    example: '4',
    secret: false,
  },
  MAIL_WARM_UP: {
    schema: z.iso.date(),
    expected: 'a day, YYYY-MM-DD',
    default: null,
    unset: 'no daily limit',
    help: 'First day of a new sender: at most 200 messages on that day, twice as many on each following day, no limit from the 15th day.',
    example: '2026-11-24',
    secret: false,
  },
  DKIM_DOMAIN: {
    schema: z.string().regex(DOMAIN).toLowerCase(),
    expected: 'a domain name',
    default: null,
    unset: 'the domain of MAIL_FROM',
    help: 'Domain that signs mails. DMARC counts it only if it is the domain of MAIL_FROM or a parent of it.',
    example: 'example.org',
    secret: false,
  },
  DKIM_SELECTOR: {
    schema: z.string().regex(DKIM_SELECTOR).toLowerCase(),
    expected: 'letters, digits, hyphens and dots',
    default: null,
    unset: 'mails are not signed here',
    help: 'Selector of the DKIM keys; `paperboy mail keys` makes them and prints the DNS records.',
    example: 'paperboy1',
    secret: false,
  },
  DKIM_KEYS: {
    ...PATH,
    default: null,
    unset: 'dkim in PAPERBOY_DIR',
    help: 'Folder of the DKIM keys.',
    example: '/etc/paperboy/dkim',
    secret: false,
  },
  BOUNCE_MAILBOX: {
    schema: z.string().refine(isMailUrl(/^imaps?:$/)),
    expected: 'an imaps:// or imap:// URL; user and password percent-encoded',
    default: null,
    unset: 'none is read',
    help: 'Mailbox that receives bounces and complaints; the path names the folder, INBOX by default.',
    example: 'imaps://bounces%40example.org:password@imap.example.org/INBOX',
    secret: true,
  },
  SES_TOPICS: {
    schema: z
      .string()
      .transform(wordsOf)
      .refine((topics) => topics.every((topic) => SNS_TOPIC.test(topic))),
    expected: 'topic ARNs, separated by commas or spaces',
    ...REPORTS_REFUSED,
    help: 'ARNs of the SNS topics through which Amazon SES reports bounces and complaints.',
    example: 'arn:aws:sns:eu-west-1:123456789012:paperboy',
    secret: false,
  },
  SENDGRID_WEBHOOK_KEY: {
    schema: z.string().regex(/^[A-Za-z0-9+/]{80,400}={0,2}$/),
    expected: 'the key as SendGrid shows it, in base64',
    ...REPORTS_REFUSED,
    help: 'Verification key of SendGrid’s signed event webhook.',
    example:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
    secret: false,
  },
  POSTMARK_WEBHOOK_SECRET: {
    schema: SECRET.schema.regex(/^[^\s:]+:\S+$/),
    expected: `a user and a password with a colon between, at least ${SECRET_LENGTH_MIN} characters`,
    ...REPORTS_REFUSED,
    help: 'User and password that Postmark’s webhook sends (basic authentication).',
    example: 'postmark:0123456789abcdef',
    secret: true,
  },
  MAILGUN_WEBHOOK_KEY: {
    ...SECRET,
    ...REPORTS_REFUSED,
    help: 'Signing key of Mailgun’s webhooks.',
    example: 'key-0123456789abcdef',
  },
  ADMIN_TOKEN: {
    ...SECRET,
    default: null,
    unset: 'none: the page is closed',
    help: 'Opens `/admin`: what the digest sent, bounces, pause and resume.',
    example: RANDOM_SECRET,
  },
  SUBSCRIBE_PROOF: {
    schema: z.enum(['on', 'off']),
    expected: 'on or off',
    default: 'off',
    help: 'Whether browsers do a proof of work before a subscription is accepted, against mass sign-ups. Readers without JavaScript then cannot subscribe.',
    example: 'on',
    secret: false,
  },
  API_REQUESTS: {
    ...wholeNumber(1, 1_000_000),
    default: '3000',
    help: 'Maximum number of API searches by one client in five minutes.',
    example: '600',
    secret: false,
  },
  LOG_LEVEL: {
    schema: z.enum(LOG_LEVELS),
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    default: 'info',
    help: 'The least important events to log.',
    example: 'debug',
    secret: false,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;

/** The rows, without what is particular to each. */
export const SETTING_ROWS: readonly (Setting & { readonly name: SettingName })[] = Object.entries(
  SETTINGS,
).map(([name, setting]) => ({ name: name as SettingName, ...setting }));
