/** The address of a paper's page, read back: the inverse of `paperPath`, forgiving in what it takes. */
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import { parseDoi } from '#lib/papers/doi.ts';
import { paperPath, type Registry } from '#lib/papers/paper.ts';

export type PaperAddress = {
  readonly registry: Registry;
  readonly identifier: string;
  /** Whether this is the page's one address, `paperPath`, and not another way to write it. */
  readonly isCanonical: boolean;
};

const DOI_PREFIX = /^doi:/i;

/** `segments` as Next gives them, percent-encoded. Null when they name no paper in any archive. */
export function parsePaperAddress(segments: readonly string[]): PaperAddress | null {
  const text = decode(segments.join('/'));
  if (text === null) return null;
  const found = DOI_PREFIX.test(text) ? parseDoiAddress(text.replace(DOI_PREFIX, '')) : parseArxiv(text);
  return found === null ? null : { ...found, isCanonical: `/papers/${text}` === decode(paperPath(found)) };
}

function parseArxiv(text: string): Pick<PaperAddress, 'registry' | 'identifier'> | null {
  const arxivId = parseArxivId(text);
  return arxivId === null ? null : { registry: 'arxiv', identifier: arxivId.id };
}

function parseDoiAddress(text: string): Pick<PaperAddress, 'registry' | 'identifier'> | null {
  const identifier = parseDoi(text)?.toLowerCase();
  return identifier === undefined ? null : { registry: 'doi', identifier };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
