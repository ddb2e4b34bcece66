/** The settings of this process, read from its environment once, and only here. All mistakes are found together. */
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { PORT_DEFAULT, SETTING_ROWS, type SETTINGS, type Setting, type SettingName } from './settings.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** One variable that cannot be used. `got` is masked. */
export type Mistake = { readonly setting: (typeof SETTING_ROWS)[number]; readonly got: string };

type Values = {
  readonly [Name in SettingName]:
    | z.output<(typeof SETTINGS)[Name]['schema']>
    | ((typeof SETTINGS)[Name]['default'] extends null ? null : never);
};

/** What the settings become; nullable where a setting has no default. URLs and paths do not end in a slash. */
export type Config = Readonly<ReturnType<typeof toConfig>>;
export type MailConfig = Config['mail'];

/** Reads `variables`; an empty one counts as unset. `root` is the project folder, where relative paths start. */
export function parseConfig(variables: Variables, root: string): Config | Mistake[] {
  const mistakes: Mistake[] = [];
  const values = SETTING_ROWS.map((setting) => {
    const text = variables[setting.name] || setting.default;
    if (text === null) return [setting.name, null];
    const parsed = setting.schema.safeParse(text);
    if (!parsed.success) mistakes.push({ setting, got: maskValue(setting, text) });
    return [setting.name, parsed.data];
  });
  if (mistakes.length > 0) return mistakes;
  return toConfig(Object.fromEntries(values) as Values, variables.PAPERBOY_INSTANCE_SECRET || null, root);
}

function toConfig(values: Values, instanceSecret: string | null, root: string) {
  const baseUrl = values.BASE_URL ?? toLocalUrl(values.HOST, values.PORT ?? PORT_DEFAULT);
  /** Absolute. */
  const dataDirectory = resolve(root, values.PAPERBOY_DIR);
  return {
    databaseUrl: values.DATABASE_URL,
    port: values.PORT,
    host: values.HOST,
    baseUrl,
    dataDirectory,
    contact: values.CONTACT,
    huggingfaceUrl: values.HUGGINGFACE_URL,
    arxivCategories: values.ARXIV_CATEGORIES as readonly string[],
    arxivOaiUrl: values.ARXIV_OAI_URL,
    arxivApiUrl: values.ARXIV_API_URL,
    arxivFeedUrl: values.ARXIV_FEED_URL,
    githubUrl: values.GITHUB_URL,
    githubToken: values.GITHUB_TOKEN,
    semanticScholarUrl: values.SEMANTIC_SCHOLAR_URL,
    semanticScholarKey: values.SEMANTIC_SCHOLAR_KEY,
    cronSecret: values.CRON_SECRET,
    /** Shared by the processes of one instance: `paperboy serve` gives it to those it starts. */
    instanceSecret,
    mail: {
      smtpUrl: values.SMTP_URL,
      from: values.MAIL_FROM ?? `Paperboy <paperboy@${new URL(baseUrl).hostname}>`,
      returnPath: values.MAIL_RETURN_PATH,
      secret: values.MAIL_SECRET,
      messagesPerSecond: values.MAIL_PER_SECOND,
      connections: values.MAIL_CONNECTIONS,
      warmUpFrom: values.MAIL_WARM_UP,
      /** Folder of messages that are not sent, where no relay is configured. */
      outboxDirectory: join(dataDirectory, 'outbox'),
      /** Null: mails are not signed. `domain` null: that of `from`. */
      dkim:
        values.DKIM_SELECTOR === null ? null : { domain: values.DKIM_DOMAIN, selector: values.DKIM_SELECTOR },
      dkimDirectory:
        values.DKIM_KEYS === null ? join(dataDirectory, 'dkim') : resolve(root, values.DKIM_KEYS),
      bounceMailbox: values.BOUNCE_MAILBOX,
      webhooks: {
        sesTopics: (values.SES_TOPICS ?? []) as readonly string[],
        sendgridKey: values.SENDGRID_WEBHOOK_KEY,
        postmarkSecret: values.POSTMARK_WEBHOOK_SECRET,
        mailgunKey: values.MAILGUN_WEBHOOK_KEY,
      },
    },
    adminToken: values.ADMIN_TOKEN,
    asksForProof: values.SUBSCRIBE_PROOF === 'on',
    apiRequests: values.API_REQUESTS,
    logLevel: values.LOG_LEVEL,
  };
}

/** How a program on this machine reaches a server that listens on `host`. */
export function toLocalUrl(host: string, port: number): string {
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?)$/.test(host);
  return `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
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
  return SETTING_ROWS.flatMap((setting) => {
    const value = process.env[setting.name];
    return value ? [{ name: setting.name, value: maskValue(setting, value) }] : [];
  });
}

/** This process's variables, for one it starts; `changes` go on top. */
export function childEnvironment(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** The one message of a failed start. */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(
    ({ setting, got }) =>
      `  ${setting.name} is ${got}\n    ${setting.expected} is expected, for example: ${setting.example}`,
  );
  const count = mistakes.length === 1 ? 'One setting is' : `${mistakes.length} settings are`;
  return `${count} wrong (in the environment or in .env):\n\n${lines.join('\n')}\n`;
}

/** A value as it may be shown: secrets hidden; of any URL, the parts that can hold a password. */
export function maskValue(setting: Pick<Setting, 'secret'>, value: string): string {
  const isUrl = /^\w+:\/\//.test(value);
  if (setting.secret && !isUrl) return `a hidden value of ${value.length} characters`;
  if (!isUrl) return JSON.stringify(value);
  return JSON.stringify(value.replace(/\/\/.*@/, '//***@').replace(/(password=)[^&]*/gi, '$1***'));
}
