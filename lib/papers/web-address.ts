/**
 * Web addresses as they stand in running text, cleaned, and what is known of where they lead. GitHub repositories are
 * brought to one form, since their stars are counted by it.
 */

export type WebAddress = {
  /**
   * `repository`: code, models or data in a place made for them; `page`: a project's own page; `publication`: papers,
   * journals and shops, which are no page of a project; `other`: anything else.
   */
  readonly kind: 'repository' | 'page' | 'publication' | 'other';
  /** Absolute, http or https. */
  readonly url: string;
};

const ADDRESS_CHARS_MAX = 500;

const PUBLICATIONS =
  /(?:^|\.)(?:doi\.org|arxiv\.org|imstat\.org|emis\.de|bernoulli-society\.org|edaa\.com|inist\.fr|i-journals\.org|cbs\.nl|maths\.warwick\.ac\.uk|openreview\.net|aclanthology\.org|ieeexplore\.ieee\.org|ieee\.org|acm\.org|springer\.com|springerlink\.com|springernature\.com|sciencedirect\.com|elsevier\.com|nature\.com|science\.org|sciencemag\.org|pnas\.org|aps\.org|aip\.org|iop\.org|wiley\.com|oup\.com|cambridge\.org|mdpi\.com|frontiersin\.org|plos\.org|plosone\.org|biomedcentral\.com|tandfonline\.com|sagepub\.com|jstor\.org|projecteuclid\.org|numdam\.org|ams\.org|siam\.org|eudml\.org|msp\.org|copernicus\.org|ncbi\.nlm\.nih\.gov|biorxiv\.org|medrxiv\.org|ssrn\.com|hal\.science|archives-ouvertes\.fr|semanticscholar\.org|scholar\.google\.com|researchgate\.net|ceur-ws\.org|jmlr\.org|mlr\.press|neurips\.cc|nips\.cc|thecvf\.com|isca-speech\.org|aaai\.org|ijcai\.org|usenix\.org|dagstuhl\.de|handle\.net|rdcu\.be|airccse\.org|aircconline\.com|ijcsi\.org|scitation\.org|rsc\.org|pubs\.acs\.org|royalsocietypublishing\.org|worldscientific\.com|worldscinet\.com|degruyter\.com|spiedigitallibrary\.org|osapublishing\.org|opticsinfobase\.org|optica\.org|aanda\.org|adsabs\.harvard\.edu|inspirehep\.net|creativecommons\.org|wikipedia\.org|amazon\.com|lmcs-online\.org|episciences\.org|scirp\.org|hindawi\.com|intechopen\.com|igi-global\.com|iospress\.com|computer\.org)$/;

/** Hosts that hold repositories, and the shape of their paths, owner first. */
const FORGES =
  /^(?:gitlab\.com|bitbucket\.org|codeberg\.org|sourceforge\.net|gitee\.com|modelscope\.(?:cn|ai)|anonymous\.4open\.science|git(?:lab|hub|ea)?\.[a-z\d.-]+)$/;
const PAGE_HOSTS =
  /(?:^|\.)(?:github\.io|gitlab\.io|pages\.dev|vercel\.app|netlify\.app|readthedocs\.io|hf\.space)$/;

const GITHUB_OWNER = /^[a-z\d][a-z\d-]{0,38}$/i;
const GITHUB_REPOSITORY = /^[\w.-]{1,100}$/;
/** First segments of GitHub's own pages. */
const GITHUB_RESERVED =
  /^(?:about|apps|collections|contact|customer-stories|enterprise|events|explore|features|issues|login|marketplace|new|notifications|orgs|organizations|pricing|readme|search|security|settings|site|sponsors|topics|trending|user-attachments|users)$/i;
const HUGGING_FACE_NAME = /^[\w.-]{1,96}$/;
const HUGGING_FACE_RESERVED =
  /^(?:api|blog|chat|docs|enterprise|inference|join|learn|login|models|new|organizations|papers|posts|pricing|search|settings|tasks)$/i;

/** Null when what was `written` is, without the punctuation around it, no address that the public web can have. */
export function toWebAddress(written: string): WebAddress | null {
  if (written.length > 2 * ADDRESS_CHARS_MAX) return null;
  const bare = untrail(untex(written));
  const url = URL.parse(/^https?:\/\//i.test(bare) ? bare : `https://${bare}`);
  if (url === null || url.href.length > ADDRESS_CHARS_MAX || url.username !== '' || url.password !== '')
    return null;
  const host = url.hostname.replace(/^www\./, '');
  // A last label of letters leaves out IP addresses, `localhost` and words that only look like a host.
  if (!/^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,24}$/.test(host)) return null;
  if (host === 'github.com' || host === 'raw.githubusercontent.com') return toGitHub(url);
  if (host === 'huggingface.co' || host === 'hf.co') return toHuggingFace(url);
  if (PUBLICATIONS.test(host)) return { kind: 'publication', url: url.href };
  if (FORGES.test(host)) return toForge(url);
  return { kind: PAGE_HOSTS.test(host) ? 'page' : 'other', url: url.href };
}

/** What TeX needs to set an address: `\_` is `_`, `$\sim$` is `~`. */
function untex(written: string): string {
  return written.replace(/\$?\\sim\$?|\\~/g, '~').replace(/\\([_%#&])/g, '$1');
}

/** Takes off punctuation that belongs to the sentence, and closing parentheses that were opened before the address. */
function untrail(address: string): string {
  let rest = address;
  for (;;) {
    const shorter = rest.replace(/[.,;:!?*'&(-]+$/, '');
    const isUnbalanced = shorter.endsWith(')') && count(shorter, '(') < count(shorter, ')');
    const next = isUnbalanced ? shorter.slice(0, -1) : shorter;
    if (next.length === rest.length) return next;
    rest = next;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function segmentsOf(url: URL): string[] {
  return url.pathname.split('/').filter((segment) => segment !== '');
}

/** Any address within a repository stands for the repository. */
function toGitHub(url: URL): WebAddress | null {
  const [owner = '', name = ''] = segmentsOf(url);
  if (!GITHUB_OWNER.test(owner) || GITHUB_RESERVED.test(owner)) return null;
  const [unbroken = ''] = name.split(/[(),;:*]/, 1);
  const repository = unbroken.replace(/(?:\.git|\.+)+$/i, '').replace(SENTENCE_AFTER, '');
  if (repository === '') return { kind: 'page', url: `https://github.com/${owner}` };
  if (!GITHUB_REPOSITORY.test(repository)) return null;
  return { kind: 'repository', url: `https://github.com/${owner}/${repository}` };
}

/** A sentence that began without a space: `repo.The`, `repo.Project`. */
const SENTENCE_AFTER = /\.[A-Z][a-z]{1,20}$/;

/** Models `owner/name`, `datasets/owner/name`, `spaces/owner/name`; collections and people are pages. */
function toHuggingFace(url: URL): WebAddress | null {
  const segments = segmentsOf(url).map((segment) => segment.replace(/\.+$/, ''));
  const [first = ''] = segments;
  const isTyped = first === 'datasets' || first === 'spaces';
  const [owner = '', name] = isTyped ? segments.slice(1) : segments;
  if (first === 'collections') return { kind: 'page', url: url.href };
  if (!HUGGING_FACE_NAME.test(owner) || HUGGING_FACE_RESERVED.test(owner)) return null;
  const prefix = `https://huggingface.co/${isTyped ? `${first}/` : ''}${owner}`;
  if (name === undefined) return { kind: isTyped ? 'repository' : 'page', url: prefix };
  return HUGGING_FACE_NAME.test(name) ? { kind: 'repository', url: `${prefix}/${name}` } : null;
}

function toForge(url: URL): WebAddress {
  const isRepository = segmentsOf(url).length >= 2;
  const bare = url.href.replace(/(?:\.git)?\/?$/, '');
  return isRepository ? { kind: 'repository', url: bare } : { kind: 'page', url: url.href };
}
