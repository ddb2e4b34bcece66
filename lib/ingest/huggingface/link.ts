/** The links people give on a paper's page: a repository and a project page, typed in by hand. */
import type { PaperLink } from '#lib/papers/paper.ts';

const URL_CHARS_MAX = 2_000;

const OWNER = /^[a-z\d](?:[a-z\d-]{0,38})$/i;
const NAME = /^[\w.-]{1,100}$/;
/** First segments of GitHub's own pages. */
const NOT_OWNERS =
  /^(?:about|apps|collections|enterprise|features|marketplace|orgs|search|settings|sponsors|stars|topics|trending|users)$/i;

/** Each address once. What is given as a repository but names none (an organisation, another host) is a project page. */
export function toLinks(given: { repository: string | null; project: string | null }): PaperLink[] {
  const links = [given.repository, given.project].flatMap((text): PaperLink[] => {
    const url = parseWebUrl(text);
    if (url === null) return [];
    const repository = toRepositoryUrl(url);
    if (repository === null) return [{ kind: 'project', url: url.href, origin: 'huggingface' }];
    return [{ kind: 'repository', url: repository, origin: 'huggingface' }];
  });
  return links.filter((link, index) => links.findIndex((other) => other.url === link.url) === index);
}

/** `https://github.com/owner/name`, whatever page of the repository the address names; null for any other address. */
function toRepositoryUrl(url: URL): string | null {
  if (!/^(?:www\.)?github\.com$/.test(url.hostname)) return null;
  const [owner = '', name = ''] = url.pathname.split('/').filter((segment) => segment !== '');
  const bareName = name.replace(/\.git$/i, '');
  if (!OWNER.test(owner) || !NAME.test(bareName) || /^\.+$/.test(bareName)) return null;
  return NOT_OWNERS.test(owner) ? null : `https://github.com/${owner}/${bareName}`;
}

/** An absolute http(s) address; people leave out the scheme, and paste line breaks, which URL.parse drops. */
function parseWebUrl(text: string | null): URL | null {
  const typed = text?.trim() ?? '';
  if (typed === '' || typed.length > URL_CHARS_MAX) return null;
  const ssh = /^(?:ssh:\/\/)?git@github\.com[:/](.+)$/.exec(typed);
  const address = ssh
    ? `https://github.com/${ssh[1]}`
    : /^(?:www\.)?github\.com\//i.test(typed)
      ? `https://${typed}`
      : typed;
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const isPublic = url.username === '' && url.password === '';
  // Once more: escaping may have made it up to nine times as long, and the database indexes it.
  return isPublic && url.href.length <= URL_CHARS_MAX ? url : null;
}
