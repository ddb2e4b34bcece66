/**
 * Repositories and pages that a paper names in its abstract or comment, as links.
 *
 * An address written out in an abstract is nearly always the paper's own code, data or page. In a comment it often is
 * the journal's or the conference's, so there an address of an unknown host counts only after a word such as `code` or
 * `project page`. What leads back to papers (DOIs, arXiv, publishers) is never a link of this kind.
 */
import type { LinkKind, PaperLink } from './paper.ts';
import { toWebAddress, type WebAddress } from './web-address.ts';

/** More addresses than this are a bibliography, not the paper's own pages. */
export const LINKS_MAX = 12;
/** Longer texts than any abstract or comment of arXiv's are read this far. */
const TEXT_CHARS_MAX = 20_000;
/** How far before an address of a comment the word may stand that tells what it is. */
const CUE_CHARS = 60;

const ORIGIN = 'abstract';

/** Hosts that authors write without `https://`. */
const BARE_HOSTS =
  '(?:www\\.)?(?:github\\.com|gitlab\\.com|bitbucket\\.org|codeberg\\.org|huggingface\\.co|hf\\.co)/|[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?\\.(?:github|gitlab)\\.io\\b';
/** What an address is made of; TeX escapes some of its characters. Brackets, quotes and backslashes end it. */
const ADDRESS_CHARS = '(?:\\\\[_%#&~]|\\$?\\\\sim\\$?|[!#%&()*+,\\-./0-9:;=?@A-Z_a-z~])';
const ADDRESS = new RegExp(
  `(?:https?://|(?<![\\w.@/-])(?=${BARE_HOSTS})|(?<![\\w.@/-])(?=www\\.[a-z\\d-]+\\.))${ADDRESS_CHARS}+`,
  'gi',
);

const CUE =
  /\b(?:project|home|web|demo|supplement\w*|companion)[\s-]*(?:web)?(?:page|site)?s?\b|\b(?:code|source|software|implementation|repositor(?:y|ies)|repo|github|data(?:set|base)?s?|benchmark|models?|weights|checkpoints?|demos?|videos?|website|page|toolbox|toolkit|package|library|app|animations?|movies?)\b/i;

/** Pages of others, which the same words announce. */
const OF_OTHERS = /\b(?:conference|workshop|journal|proceedings|publisher|publication|author)\b/i;

/** Cheap test that spares most texts the rest. */
const MAY_HOLD_ADDRESS = /https?:|www\.|\.io\b|github|gitlab|bitbucket|codeberg|huggingface|\bhf\./i;

/**
 * In order of appearance, abstract first, each once (whatever its case), at most LINKS_MAX. Addresses are absolute
 * http(s), without what only stood around them; repositories of GitHub read https://github.com/owner/repo.
 */
export function extractLinks(abstract: string, comment: string | null): PaperLink[] {
  const links = new Map<string, PaperLink>();
  for (const [text, needsCue] of [[abstract, false] as const, [comment ?? '', true] as const]) {
    if (!MAY_HOLD_ADDRESS.test(text)) continue;
    const mended = mend(text.slice(0, TEXT_CHARS_MAX));
    for (const { 0: written, index } of mended.matchAll(ADDRESS)) {
      for (const address of splitGlued(written).flatMap((part) => toWebAddress(part) ?? [])) {
        const isTold = !needsCue || isAnnounced(mended.slice(Math.max(0, index - CUE_CHARS), index));
        const kind = toLinkKind(address, isTold);
        if (kind === null || links.size >= LINKS_MAX) continue;
        const key = address.url.toLowerCase().replace(/^https?:\/\/(?:www\.)?|\/$/g, '');
        if (!links.has(key)) links.set(key, { kind, url: address.url, origin: ORIGIN });
      }
    }
  }
  return [...links.values()];
}

function isAnnounced(before: string): boolean {
  return CUE.test(before) && !OF_OTHERS.test(before);
}

function toLinkKind(address: WebAddress, isTold: boolean): LinkKind | null {
  if (address.kind === 'repository') return 'repository';
  if (address.kind === 'publication') return null;
  return address.kind === 'page' || isTold ? 'project' : null;
}

/** What may follow `github.com/owner/` and a space without being the repository's name. */
const PLAIN_WORD =
  '(?:a|an|and|are|as|at|by|code|data|for|from|has|in|is|of|on|or|our|page|project|the|this|to|under|we|with)\\b';

/**
 * Joins addresses that were broken: after the scheme (`https:// github.com/…`), within a known host (`github. com/…`),
 * before the names in a repository's address (`github.com/ owner/ repo`) and after a hyphen.
 * Anywhere else a break is the end, since the next word is a word.
 */
const MENDED: readonly (readonly [broken: RegExp, whole: string])[] = [
  [/\b(https?)\s*:\s*\/\s*\/?\s*(?=[\w-]+\s?[.$])/gi, '$1://'],
  [/\b(github|gitlab|huggingface|bitbucket)(?:\.\s+|\$\.\$)(com|co|org|io)(?=\/)/gi, '$1.$2'],
  [/\b((?:github|gitlab)\.com\/|huggingface\.co\/)\s+(?=[\w-]+\/\s?[\w.-]+)/gi, '$1'],
  [
    new RegExp(
      `\\b((?:github|gitlab)\\.com/[\\w-]+/)\\s+(?!${PLAIN_WORD})(?=[\\w-]+[\\s.,;)}]|[\\w-]+$)`,
      'gi',
    ),
    '$1',
  ],
  [/(https?:\/\/[^\s{}]{1,300}[\w/]-)\s+(?=\w)/gi, '$1'],
];

function mend(text: string): string {
  return MENDED.reduce((rest, [broken, whole]) => rest.replace(broken, whole), text);
}

/** `https://a.org,https://b.org` is two addresses; `https://web.archive.org/web/2020/https://a.org` is one. */
function splitGlued(written: string): string[] {
  return written.split(/(?<=[^/=])(?=https?:\/\/)/i);
}
