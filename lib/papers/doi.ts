/**
 * DOIs in every form they are written in (https://www.doi.org/doi-handbook/HTML/): bare, behind `doi:`, in an address of
 * any host, percent-encoded, or with TeX or entities around their marks. A suffix may hold any printable character, as
 * the SICI forms do: `10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2`.
 */

const TEXT_CHARS_MAX = 1_000;
const START = /10\.\d{4,9}(?:\/|%2f)/i;
const DOI = /^10\.\d{4,9}\/[\x21\x23-\x5b\x5d-\x7a\x7c\x7e]{1,200}$/;
const ADDRESS = /^(?:https?:)?\/\/|^[a-z\d-]+(?:\.[a-z\d-]+)+\//i;
const RESOLVER = /^(?:(?:https?:)?\/\/)?(?:dx\.|www\.)?doi\.org\//i;
const LABEL = /^(?:(?:info|urn):)?doi\s*[:=]?\s*$/i;
/** What publishers put behind a DOI in the addresses of their pages. */
const PAGE_TAIL = /(?:\/(?:full|abstract|pdf|epdf|html|meta|summary|fulltext)|\.pdf)\/?$/i;
const SENTENCE_END = /[.,;:!?'*\]]+$/;

const WRITTEN_MARKS: readonly (readonly [written: RegExp, mark: string])[] = [
  [/\{?\\textless\s*(?:\{\})?\}?|\$<\$|&lt;/g, '<'],
  [/\{?\\textgreater\s*(?:\{\})?\}?|\$>\$|&gt;/g, '>'],
  [/\\textunderscore\s*(?:\{\})?|\$_\$|\{\\_\}/g, '_'],
  [/&amp;/g, '&'],
  [/\\([_&%#$<>])/g, '$1'],
  [/[{}]/g, ''],
];

/** The DOI that `text` is, as written but for its disguise; null when it is none. Compare DOIs in lower case. */
export function parseDoi(text: string): string | null {
  if (text.length > TEXT_CHARS_MAX) return null;
  let written = text.trim();
  for (const [pattern, mark] of WRITTEN_MARKS) written = written.replace(pattern, mark);
  const start = written.search(START);
  if (start < 0) return null;
  const before = written.slice(0, start);
  const isAddress = ADDRESS.test(before);
  if (!isAddress && before !== '' && !LABEL.test(before)) return null;
  let doi = written.slice(start);
  if (isAddress && !RESOLVER.test(before)) doi = doi.replace(/[?#&].*$/, '').replace(PAGE_TAIL, '');
  if (isAddress || /^10\.\d+%2f/i.test(doi)) doi = decode(doi);
  doi = withoutSentence(doi);
  return DOI.test(doi) ? doi : null;
}

/** The address at which a DOI resolves. */
export function doiUrl(doi: string): string {
  return `https://doi.org/${encodeURI(doi).replace(/[#?]/g, encodeURIComponent)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Without the punctuation and the closing bracket of the sentence around it. */
function withoutSentence(doi: string): string {
  const bare = doi.replace(SENTENCE_END, '');
  const opened = bare.split('(').length;
  return bare.endsWith(')') && bare.split(')').length > opened ? withoutSentence(bare.slice(0, -1)) : bare;
}
