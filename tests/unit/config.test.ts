import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Config, formatMistakes, parseConfig, readConfig, toLocalUrl } from '#lib/config/parse.ts';
import { RANDOM_SECRET, SETTING_ROWS } from '#lib/config/settings.ts';

function configOf(variables: Record<string, string>): Config {
  const config = parseConfig(variables, '/srv/paperboy');
  if (Array.isArray(config)) throw new Error(formatMistakes(config));
  return config;
}

function mistakesOf(variables: Record<string, string>): string[] {
  const config = parseConfig(variables, '/srv/paperboy');
  return Array.isArray(config) ? config.map(({ setting }) => setting.name) : [];
}

test('without any variable there is a whole configuration', () => {
  expect(configOf({})).toMatchObject({
    databaseUrl: null,
    port: null,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:3000',
    dataDirectory: '/srv/paperboy/.paperboy',
    contact: null,
    huggingfaceUrl: 'https://huggingface.co',
    cronSecret: null,
    instanceSecret: null,
    logLevel: 'info',
  });
});

test('an empty variable is an unset one', () => {
  const empty = Object.fromEntries(SETTING_ROWS.map(({ name }) => [name, '']));
  expect(configOf(empty)).toEqual(configOf({}));
});

test.each<[string, string, keyof Config, unknown]>([
  ['PORT', '8080', 'port', 8080],
  ['PORT', '8080', 'baseUrl', 'http://localhost:8080'],
  ['HOST', '0.0.0.0', 'host', '0.0.0.0'],
  ['HOST', '::1', 'host', '::1'],
  ['HOST', 'papers.lan', 'baseUrl', 'http://papers.lan:3000'],
  ['BASE_URL', 'https://papers.example.org/', 'baseUrl', 'https://papers.example.org'],
  ['BASE_URL', 'https://example.org/papers', 'baseUrl', 'https://example.org/papers'],
  ['PAPERBOY_DIR', 'data', 'dataDirectory', '/srv/paperboy/data'],
  ['PAPERBOY_DIR', '/var/lib/paperboy', 'dataDirectory', '/var/lib/paperboy'],
  ['DATABASE_URL', 'postgres://db/papers', 'databaseUrl', 'postgres://db/papers'],
  ['DATABASE_URL', 'postgresql:///papers?host=/run/pg', 'databaseUrl', 'postgresql:///papers?host=/run/pg'],
  ['CONTACT', 'papers@example.org', 'contact', 'papers@example.org'],
  ['CONTACT', 'https://example.org/contact', 'contact', 'https://example.org/contact'],
  ['HUGGINGFACE_URL', 'http://127.0.0.1:8000/', 'huggingfaceUrl', 'http://127.0.0.1:8000'],
  ['CRON_SECRET', '0123456789abcdef', 'cronSecret', '0123456789abcdef'],
  ['API_REQUESTS', '600', 'apiRequests', 600],
  ['LOG_LEVEL', 'debug', 'logLevel', 'debug'],
])('%s=%s is understood', (name, value, field, expected) => {
  expect(configOf({ [name]: value })[field]).toBe(expected);
});

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '3000x'],
  ['PORT', '-1'],
  ['PORT', '3e3'],
  ['HOST', 'http://localhost'],
  ['HOST', 'a b'],
  ['BASE_URL', 'papers.example.org'],
  ['BASE_URL', 'ftp://papers.example.org'],
  ['BASE_URL', 'https://papers.example.org/?page=1'],
  ['PAPERBOY_DIR', '   '],
  ['DATABASE_URL', 'mysql://db/papers'],
  ['DATABASE_URL', 'postgresql://db'],
  ['DATABASE_URL', 'papers'],
  ['CONTACT', 'nobody'],
  ['HUGGINGFACE_URL', 'huggingface.co'],
  ['CRON_SECRET', 'short'],
  ['CRON_SECRET', 'a secret with spaces in it'],
  ['SMTP_URL', 'https://smtp.example.org'],
  ['SMTP_URL', 'smtp.example.org'],
  ['MAIL_FROM', 'Papers'],
  ['MAIL_FROM', 'Papers <papers>'],
  ['MAIL_FROM', 'Papers\r\nBcc: <eve@example.org>'],
  ['MAIL_RETURN_PATH', 'bounces'],
  ['MAIL_SECRET', 'short'],
  ['MAIL_PER_SECOND', '0'],
  ['MAIL_PER_SECOND', 'fast'],
  ['MAIL_CONNECTIONS', '101'],
  ['DKIM_DOMAIN', 'example'],
  ['DKIM_SELECTOR', '../key'],
  ['BOUNCE_MAILBOX', 'pop3://example.org'],
  ['SES_TOPICS', 'arn:aws:sqs:eu-west-1:123456789012:queue'],
  ['SENDGRID_WEBHOOK_KEY', 'abc'],
  ['POSTMARK_WEBHOOK_SECRET', 'a-secret-without-a-user'],
  ['MAILGUN_WEBHOOK_KEY', 'short'],
  ['API_REQUESTS', '0'],
  ['API_REQUESTS', 'many'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is a mistake', (name, value) => {
  expect(mistakesOf({ [name]: value })).toEqual([name]);
});

test('a file .env in the project folder is read, and the real environment wins over it', () => {
  const root = mkdtempSync(join(tmpdir(), 'paperboy-env-'));
  writeFileSync(join(root, '.env'), 'CONTACT=file@example.org\nLOG_LEVEL=debug\n');
  // Vitest itself sets a BASE_URL.
  for (const { name } of SETTING_ROWS) vi.stubEnv(name, undefined);
  vi.stubEnv('LOG_LEVEL', 'error');
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });
  expect(readConfig(root)).toMatchObject({ contact: 'file@example.org', logLevel: 'error' });
});

test('the example of every setting is a value it takes', () => {
  const examples = SETTING_ROWS.filter(({ example }) => example !== RANDOM_SECRET).map((one) => [
    one.name,
    one.example,
  ]);
  expect(mistakesOf(Object.fromEntries(examples))).toEqual([]);
});

describe('the message of a failed start', () => {
  const mistakes = parseConfig(
    { PORT: 'abc', CRON_SECRET: 'hunter2', DATABASE_URL: 'mysql://me:hunter3@db/papers', LOG_LEVEL: 'loud' },
    '/',
  );
  const message = Array.isArray(mistakes) ? formatMistakes(mistakes) : '';

  test('names every mistake with what was got, what is expected, and an example', () => {
    expect(message).toMatchInlineSnapshot(`
      "4 settings are wrong (in the environment or in .env):

        PORT is "abc"
          a whole number from 1 to 65535 is expected, for example: 8080
        DATABASE_URL is "mysql://***@db/papers"
          a postgresql:// URL is expected, for example: postgresql://paperboy:password@db.example.org:5432/paperboy
        CRON_SECRET is a hidden value of 7 characters
          at least 16 characters, none of them a space is expected, for example: the output of: openssl rand -hex 32
        LOG_LEVEL is "loud"
          one of debug, info, warn, error is expected, for example: debug
      "
    `);
  });

  test('tells no secret', () => {
    expect(message).not.toMatch(/hunter/);
  });
});

test.each([
  ['127.0.0.1', 'http://localhost:3000'],
  ['0.0.0.0', 'http://localhost:3000'],
  ['::', 'http://localhost:3000'],
  ['localhost', 'http://localhost:3000'],
  ['192.168.1.5', 'http://192.168.1.5:3000'],
  ['fd00::5', 'http://[fd00::5]:3000'],
])('a server that listens on %s is reached at %s', (host, url) => {
  expect(toLocalUrl(host, 3000)).toBe(url);
});

test('mail settings become what the mail module takes', () => {
  const { mail } = configOf({
    BASE_URL: 'https://papers.example.org',
    SMTP_URL: 'smtp://relay.example.org:587',
    DKIM_SELECTOR: 'Paper1',
    MAIL_PER_SECOND: '0.5',
    SES_TOPICS: 'arn:aws:sns:eu-west-1:123456789012:a, arn:aws:sns:eu-west-1:123456789012:b',
  });
  expect(mail).toMatchObject({
    smtpUrl: 'smtp://relay.example.org:587',
    from: 'Paperboy <paperboy@papers.example.org>',
    dkim: { domain: null, selector: 'paper1' },
    dkimDirectory: '/srv/paperboy/.paperboy/dkim',
    outboxDirectory: '/srv/paperboy/.paperboy/outbox',
    messagesPerSecond: 0.5,
    webhooks: {
      sesTopics: ['arn:aws:sns:eu-west-1:123456789012:a', 'arn:aws:sns:eu-west-1:123456789012:b'],
    },
  });
});
