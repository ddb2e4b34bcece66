/**
 * The configuration: every environment variable Paperboy reads, parsed once, here and nowhere else. All mistakes are
 * found together, so that one failed start names everything there is to correct.
 */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from '#lib/log.ts';
import { isEmail, MAIL_VARIABLES, type MailConfig, Secret, toMailConfig } from './mail-config.ts';
import {
  API_REQUESTS_DEFAULT,
  ARXIV_CATEGORIES_DEFAULT,
  ARXIV_CATEGORIES_MAX,
  CRON_SECRET_LENGTH_MIN,
  type Mistake,
  maskValue,
  PORT_DEFAULT,
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
  /** Before a subscription: lib/subscriptions/proof-of-work.ts. */
  readonly asksForProof: boolean;
  /** Searches of one client in five minutes. */
  readonly apiRequests: number;
  readonly logLevel: LogLevel;
};

const isHttpUrl = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
};
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
  ...MAIL_VARIABLES,
  ADMIN_TOKEN: Secret.optional(),
  SUBSCRIBE_PROOF: z.enum(['on', 'off']).default('off'),
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
    mail: toMailConfig(environment, { root, dataDirectory, host: new URL(baseUrl).hostname }),
    adminToken: environment.ADMIN_TOKEN ?? null,
    asksForProof: environment.SUBSCRIBE_PROOF === 'on',
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
