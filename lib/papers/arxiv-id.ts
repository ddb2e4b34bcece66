/**
 * arXiv identifiers, in both styles arXiv has issued (https://info.arxiv.org/help/arxiv_identifier.html):
 *   1991-07 to 2007-03   archive/YYMMNNN   hep-th/9901001, math.GT/0309136
 *   2007-04 onwards      YYMM.NNNN         0704.0001; five digits from 2015-01: 1706.03762
 * A trailing vN names one version; without it the identifier means the latest.
 */

import { isArchive } from './category.ts';

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

const HOSTS = ['arxiv.org', 'alphaxiv.org', 'ar5iv.org', 'huggingface.co'];
const PATH = /^\/(?:abs|pdf|html|format|ps|src|e-print|tb|overview|papers)\/(.+?)(?:\.pdf)?\/?$/;
const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s?)?10\.48550\/(arxiv\..+)$/i;
/** As copied from the head of an abs page: `arXiv:1706.03762v7 [cs.CL]`. */
const STAMP_TAIL = /\s\[[a-zA-Z.-]{2,20}\]$/;
const REFERENCE_CHARS_MAX = 500;

/**
 * Reads what people paste for a paper: an identifier, the address of its abs, PDF or HTML page on arXiv, alphaXiv,
 * ar5iv or Hugging Face with or without `https://`, or its arXiv DOI. Outer white space is ignored.
 */
export function parseArxivReference(text: string): ArxivId | null {
  const pasted = text.trim();
  if (pasted.length > REFERENCE_CHARS_MAX) return null;
  const doi = DOI.exec(pasted)?.[1];
  if (doi !== undefined) return parseArxivId(doi.replace(/^arxiv\./i, ''));
  return parseArxivId(pasted.replace(STAMP_TAIL, '')) ?? parseAddress(pasted);
}

function parseAddress(pasted: string): ArxivId | null {
  const url = URL.parse(/^https?:\/\//i.test(pasted) ? pasted : `https://${pasted}`);
  if (url === null || !HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`)))
    return null;
  const id = PATH.exec(url.pathname)?.[1];
  return id === undefined ? null : parseArxivId(id);
}

/** The paper's page on arXiv. `id` is canonical; without a version, the latest. */
export function absUrl(id: string, version: number | null = null): string {
  return `https://arxiv.org/abs/${id}${version === null ? '' : `v${version}`}`;
}

/** The PDF on arXiv, which we link to and never keep. */
export function pdfUrl(id: string, version: number | null = null): string {
  return `https://arxiv.org/pdf/${id}${version === null ? '' : `v${version}`}`;
}
