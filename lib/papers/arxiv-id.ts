/**
 * arXiv identifiers, in both styles arXiv has issued (https://info.arxiv.org/help/arxiv_identifier.html):
 *   1991-07 to 2007-03   archive/YYMMNNN   hep-th/9901001, math.GT/0309136
 *   2007-04 onwards      YYMM.NNNN         0704.0001; five digits from 2015-01: 1706.03762
 * A trailing vN names one version; without it the identifier means the latest.
 */

import { isArchive } from './category.ts';
import { parseDoi } from './doi.ts';

export type ArxivId = {
  /** Canonical, without prefix, subject class or version: the primary key of a paper. */
  readonly id: string;
  /** 1 for the first submission; null when the text names no version. */
  readonly version: number | null;
};

const PREFIX = /^arxiv:/i;
const OLD_STYLE =
  /^([a-z]+(?:-[a-z]+)?)(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)?))?\/(\d\d(?:0[1-9]|1[0-2])\d{3})(?:v([1-9]\d{0,2}))?$/;
const NEW_STYLE = /^(\d\d(?:0[1-9]|1[0-2]))\.(\d{4,5})(?:v([1-9]\d{0,2}))?$/;

/** First month (YYMM) of each form. */
const OLD_STYLE_FROM = 9107;
const NEW_STYLE_FROM = 704;
const FIVE_DIGITS_FROM = 1501;
/** Two-digit years from here on belong to the last century, which knew only the old style. */
const LAST_CENTURY_FROM = 9101;

/** Returns null when `text` is not an arXiv identifier. Accepts an `arXiv:` prefix in any case. */
export function parseArxivId(text: string): ArxivId | null {
  const bare = text.replace(PREFIX, '');
  return parseNewStyle(bare) ?? parseOldStyle(bare);
}

function parseNewStyle(bare: string): ArxivId | null {
  const [, month, sequence, version] = NEW_STYLE.exec(bare) ?? [];
  if (month === undefined || sequence === undefined) return null;
  const yymm = Number(month);
  if (yymm < NEW_STYLE_FROM || yymm >= LAST_CENTURY_FROM) return null;
  return sequence.length === sequenceLength(yymm) ? toArxivId(`${month}.${sequence}`, version) : null;
}

function parseOldStyle(bare: string): ArxivId | null {
  const [, archive, number, version] = OLD_STYLE.exec(bare) ?? [];
  if (archive === undefined || number === undefined || !isArchive(archive)) return null;
  const yymm = Number(number.slice(0, 4));
  return yymm < NEW_STYLE_FROM || yymm >= OLD_STYLE_FROM ? toArxivId(`${archive}/${number}`, version) : null;
}

function sequenceLength(yymm: number): number {
  return yymm < FIVE_DIGITS_FROM ? 4 : 5;
}

function toArxivId(id: string, version: string | undefined): ArxivId {
  return { id, version: version === undefined ? null : Number(version) };
}

const FLOATED = /^\d{3,4}\.\d{1,17}$/;

/**
 * Recovers a new-style identifier that was once held in a floating-point number, as spreadsheets and data frames
 * do: outer zeros are lost and the last digit may be blurred (704.219, 1502.0756800000001). Identifiers that
 * are whole pass unchanged. Only for sources known to do so: it cannot tell damage from a shorter number.
 */
export function restoreArxivId(text: string): ArxivId | null {
  const whole = parseArxivId(text);
  if (whole !== null || !FLOATED.test(text)) return whole;
  const number = Number(text);
  const digits = sequenceLength(Math.trunc(number));
  return parseArxivId(number.toFixed(digits).padStart(5 + digits, '0'));
}

/** An arXiv DOI, and any other, whose digits are no arXiv identifier. */
const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/i;
const LABEL = /^(?:oai:)?arxiv(?:\.org)?\s*[:.\s]\s*/i;
const FILE_ENDING = /\.(?:pdf|html|ps|gz)$/i;
/** As copied from the head of an abs page: `arXiv:1706.03762v7 [cs.CL]`. */
const STAMP_TAIL = /\s\[[a-zA-Z.-]{2,20}\]$/;
const ADDRESS = /^(?:https?:)?\/\/|^(?:[a-z\d-]+\.)+[a-z]{2,}(?::\d+)?\//i;
const WITHIN =
  /(?<![\w.-])(?:arxiv[:.])?((?:[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?\/\d{7}|\d{4}\.\d{4,5})(?:v\d{1,3})?)(?![\d]|\.\d)/gi;
const REFERENCE_CHARS_MAX = 500;

/**
 * Reads what people paste for a paper: an identifier with any label before it and any ending behind it, the arXiv DOI, or
 * an address of any host with an identifier in it: mirrors, readers and indexes of arXiv are too many to list, so the
 * form of the identifier decides. Case and outer white space are ignored.
 */
export function parseArxivReference(text: string): ArxivId | null {
  const pasted = text.trim();
  if (pasted.length > REFERENCE_CHARS_MAX) return null;
  const doi = parseDoi(pasted);
  if (doi !== null) {
    const suffix = ARXIV_DOI.exec(doi)?.[1];
    return suffix === undefined ? null : parseAnyCase(suffix);
  }
  return parseAnyCase(pasted) ?? (ADDRESS.test(pasted) ? findArxivId(pasted) : null);
}

/** The first identifier within running text or an address: `J. Garcia-Bellido, hep-th/9302127`. */
export function findArxivId(text: string): ArxivId | null {
  for (const [, found = ''] of text.slice(0, REFERENCE_CHARS_MAX).matchAll(WITHIN)) {
    const id = parseAnyCase(found);
    if (id !== null) return id;
  }
  return null;
}

function parseAnyCase(text: string): ArxivId | null {
  const bare = text.replace(STAMP_TAIL, '').replace(LABEL, '').replace(FILE_ENDING, '');
  return parseArxivId(bare) ?? parseArxivId(bare.toLowerCase());
}

/** The paper's page on arXiv. `id` is canonical; without a version, the latest. */
export function absUrl(id: string, version: number | null = null): string {
  return `https://arxiv.org/abs/${id}${version === null ? '' : `v${version}`}`;
}

/** The PDF on arXiv, which we link to and never keep. */
export function pdfUrl(id: string, version: number | null = null): string {
  return `https://arxiv.org/pdf/${id}${version === null ? '' : `v${version}`}`;
}
