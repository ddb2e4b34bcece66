/** Licences in words, by their addresses. */

/** Creative Commons' parts of a licence (https://creativecommons.org/share-your-work/cclicenses/). */
const CONDITION: Record<string, string> = {
  by: 'Attribution',
  nc: 'NonCommercial',
  nd: 'NoDerivatives',
  sa: 'ShareAlike',
};
const CREATIVE_COMMONS = /creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/;
/** https://info.arxiv.org/help/license */
const ARXIV = /arxiv\.org\/licenses\/(nonexclusive-distrib|assumed-1991-2003)/;

/** `Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)`; the address itself, shortened, for one we do not know. */
export function licenceName(url: string): string {
  const [, shelf, kind, version] = CREATIVE_COMMONS.exec(url) ?? [];
  if (shelf === 'publicdomain') return kind === 'zero' ? `Public domain (CC0 ${version})` : 'Public domain';
  if (kind?.split('-').every((part) => part in CONDITION)) {
    const conditions = kind.split('-').map((part) => CONDITION[part]);
    return `Creative Commons ${conditions.join('-')} ${version} (CC ${kind.toUpperCase()} ${version})`;
  }
  const [, arxiv] = ARXIV.exec(url) ?? [];
  if (arxiv === 'nonexclusive-distrib')
    return 'arXiv’s own: it may distribute the paper, nothing more is granted';
  if (arxiv !== undefined) return 'arXiv’s own, assumed for papers of 1991 to 2003';
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
