import { absUrl, pdfUrl } from '#lib/papers/arxiv-id.ts';
import type { Paper, PaperLink } from '#lib/papers/paper.ts';

/** A link of a paper as pages show it. `detail` says where it leads: `owner/name`, a host. */
export type WebLink = { readonly label: string; readonly url: string; readonly detail: string };

const LABEL: Record<PaperLink['kind'], string> = { repository: 'Code', project: 'Project' };
const WEB = /^https?:\/\//i;

/** Where to read on, the paper itself first. */
export function listWebLinks(paper: Pick<Paper, 'registry' | 'identifier' | 'doi' | 'links'>): WebLink[] {
  const found = paper.links
    // Addresses come from sources; anything but http(s) could run in the reader's browser.
    .filter((link) => WEB.test(link.url))
    .map((link) => ({ label: LABEL[link.kind], url: link.url, detail: placeOf(link.url) }));
  return [...listOwnLinks(paper), ...found];
}

function listOwnLinks({
  registry,
  identifier,
  doi,
}: Pick<Paper, 'registry' | 'identifier' | 'doi'>): WebLink[] {
  const publisher = registry === 'doi' ? identifier : doi;
  const published =
    publisher === null
      ? []
      : [{ label: 'DOI', url: `https://doi.org/${encodeURI(publisher)}`, detail: publisher }];
  if (registry === 'doi') return published;
  return [
    { label: 'arXiv', url: absUrl(identifier), detail: identifier },
    { label: 'PDF', url: pdfUrl(identifier), detail: 'arxiv.org' },
    ...published,
  ];
}

/** `github.com/owner/name` as `owner/name`, any other address as its host. */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  const host = parsed.hostname.replace(/^www\./, '');
  return host === 'github.com' ? parsed.pathname.replace(/^\/|\/$|\.git$/g, '') : host;
}
