/**
 * The settings as a person meets them: every environment variable with its meaning, and the words for a wrong one.
 * What they become is config.ts's.
 */
import { LOG_LEVELS } from '#lib/log.ts';
import { MAIL_SETTINGS } from './mail-settings.ts';
import { SECRET_LENGTH_MIN, type Setting } from './setting.ts';

/** One variable that cannot be used. `got` is masked. */
export type Mistake = { readonly setting: Setting; readonly got: string };

export const PORT_DEFAULT = 3000;
export const CRON_SECRET_LENGTH_MIN = 16;
export const API_REQUESTS_DEFAULT = 3000;
export const ARXIV_CATEGORIES_DEFAULT = 'cs.AI cs.CL cs.CV cs.LG cs.NE cs.RO stat.ML eess.IV q-bio.NC';
export const ARXIV_CATEGORIES_MAX = 50;

/** In the order a person meets them: README's table and .env.example follow it. */
export const SETTINGS = [
  {
    name: 'PORT',
    meaning: 'Port of the web server. Without it a taken port is answered with the next free one.',
    default: String(PORT_DEFAULT),
    expected: 'a whole number from 1 to 65535',
    example: '8080',
    isSecret: false,
  },
  {
    name: 'HOST',
    meaning: 'Address the web server listens on; `0.0.0.0` opens it to other machines, as a container needs.',
    default: '127.0.0.1',
    expected: 'an IP address or host name of this machine',
    example: '0.0.0.0',
    isSecret: false,
  },
  {
    name: 'BASE_URL',
    meaning: 'Address under which readers reach the site; links in pages, feeds and mails begin with it.',
    default: 'http://localhost and the port',
    expected: 'an http or https URL without a query',
    example: 'https://papers.example.org',
    isSecret: false,
  },
  {
    name: 'PAPERBOY_DIR',
    meaning: 'Folder for the data of this instance. Two instances side by side need two.',
    default: '.paperboy',
    expected: 'a path; a relative one starts at the project folder',
    example: '/var/lib/paperboy',
    isSecret: false,
  },
  {
    name: 'DATABASE_URL',
    meaning: 'A Postgres (15 or newer) to use in place of the embedded database.',
    default: 'the embedded database',
    expected: 'a postgresql:// URL',
    example: 'postgresql://paperboy:password@db.example.org:5432/paperboy',
    isSecret: true,
  },
  {
    name: 'CONTACT',
    meaning:
      'How the operators of paper sources can reach you; it goes into the User-Agent of requests to them.',
    default: 'none',
    expected: 'an e-mail address or an http(s) URL',
    example: 'papers@example.org',
    isSecret: false,
  },
  {
    name: 'HUGGINGFACE_URL',
    meaning: 'Base URL of Hugging Face, for a mirror or a proxy.',
    default: 'https://huggingface.co',
    expected: 'an http or https URL without a query',
    example: 'https://mirror.example.org/huggingface',
    isSecret: false,
  },
  {
    name: 'ARXIV_CATEGORIES',
    meaning: 'arXiv categories to follow, separated by commas or spaces.',
    default: ARXIV_CATEGORIES_DEFAULT,
    expected: 'category names as arXiv writes them, at most 50',
    example: 'cs.CL, cs.LG, hep-th',
    isSecret: false,
  },
  {
    name: 'ARXIV_OAI_URL',
    meaning: 'Address of arXiv’s OAI-PMH interface, for a mirror or a proxy.',
    default: 'https://oaipmh.arxiv.org/oai',
    expected: 'an http or https URL without a query',
    example: 'https://mirror.example.org/oai',
    isSecret: false,
  },
  {
    name: 'ARXIV_API_URL',
    meaning: 'Address of arXiv’s search interface (the Atom API).',
    default: 'https://export.arxiv.org/api/query',
    expected: 'an http or https URL without a query',
    example: 'https://mirror.example.org/api/query',
    isSecret: false,
  },
  {
    name: 'ARXIV_FEED_URL',
    meaning: 'Base URL of arXiv’s announcement feeds.',
    default: 'https://rss.arxiv.org/atom',
    expected: 'an http or https URL without a query',
    example: 'https://mirror.example.org/atom',
    isSecret: false,
  },
  {
    name: 'GITHUB_URL',
    meaning: 'Base URL of GitHub’s API, from which stars and forks come.',
    default: 'https://api.github.com',
    expected: 'an http or https URL without a query',
    example: 'https://mirror.example.org/github',
    isSecret: false,
  },
  {
    name: 'GITHUB_TOKEN',
    meaning:
      'Token for GitHub’s API; it needs no permissions. With one, 5,000 repositories an hour can be asked for.',
    default: 'none: 60 repositories an hour',
    expected: 'a token, without spaces',
    example: 'github_pat_0123456789',
    isSecret: true,
  },
  {
    name: 'SEMANTIC_SCHOLAR_URL',
    meaning: 'Base URL of Semantic Scholar’s API, from which citations come.',
    default: 'https://api.semanticscholar.org',
    expected: 'an http or https URL without a query',
    example: 'https://mirror.example.org/semantic-scholar',
    isSecret: false,
  },
  {
    name: 'SEMANTIC_SCHOLAR_KEY',
    meaning: 'Key for Semantic Scholar’s API. Without one, all callers without a key share one quota.',
    default: 'none',
    expected: 'a key, without spaces',
    example: 'key-0123456789',
    isSecret: true,
  },
  {
    name: 'CRON_SECRET',
    meaning: 'Secret with which schedulers and workers on other machines may call this instance.',
    default: 'none: such calls are refused',
    expected: `at least ${CRON_SECRET_LENGTH_MIN} characters, none of them a space`,
    example: 'the output of: openssl rand -hex 32',
    isSecret: true,
  },
  ...MAIL_SETTINGS,
  {
    name: 'ADMIN_TOKEN',
    meaning: 'Opens `/admin`: what the digest sent, bounces, pause and resume.',
    default: 'none: the page is closed',
    expected: `at least ${SECRET_LENGTH_MIN} characters, none of them a space`,
    example: 'the output of: openssl rand -hex 32',
    isSecret: true,
  },
  {
    name: 'SUBSCRIBE_PROOF',
    meaning:
      'Whether browsers do a moment’s work before a subscription is taken, against programs that subscribe others. Readers without JavaScript then cannot subscribe.',
    default: 'off',
    expected: 'on or off',
    example: 'on',
    isSecret: false,
  },
  {
    name: 'API_REQUESTS',
    meaning: 'Searches that one client may make through the interface for programs in five minutes.',
    default: String(API_REQUESTS_DEFAULT),
    expected: 'a whole number from 1 to 1000000',
    example: '600',
    isSecret: false,
  },
  {
    name: 'LOG_LEVEL',
    meaning: 'The least important events to log.',
    default: 'info',
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    example: 'debug',
    isSecret: false,
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];

/** The one message that a start with mistakes ends with. */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(
    ({ setting, got }) =>
      `  ${setting.name} is ${got}\n    ${setting.expected} is expected, for example: ${setting.example}`,
  );
  const count = mistakes.length === 1 ? 'One setting is' : `${mistakes.length} settings are`;
  return `${count} wrong (in the environment or in .env):\n\n${lines.join('\n')}\n`;
}

/** A value as it may be shown: secrets hidden; of any URL, the parts that can hold a password. */
export function maskValue(setting: Pick<Setting, 'isSecret'>, value: string): string {
  const isUrl = /^\w+:\/\//.test(value);
  if (setting.isSecret && !isUrl) return `a hidden value of ${value.length} characters`;
  if (!isUrl) return JSON.stringify(value);
  return JSON.stringify(value.replace(/\/\/.*@/, '//***@').replace(/(password=)[^&]*/gi, '$1***'));
}
