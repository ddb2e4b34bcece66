/**
 * The TeX of titles and abstracts, for readers: as plain text (search, mail, feeds, link previews) and as HTML (pages).
 *
 * Both come from one reading of the text (prose.ts); formulas become Unicode or MathML. Neither form ever throws,
 * whatever the source holds, and the HTML is safe as it stands: all text is escaped, the only attributes are those
 * written here and in mathml.ts, the only links are http(s) addresses found in the text.
 */

import { escapeHtml } from '#lib/escape.ts';
import { CODE, EMPHASIS, STRONG, SUBSCRIPT, SUPERSCRIPT } from './commands.ts';
import { formulaToMathml } from './formula.ts';
import { toSubscript, toSuperscript } from './math-alphabets.ts';
import { readProse } from './prose.ts';
import type { FormulaRun, Paragraph, Run, TextRun } from './reader.ts';
import { formulaToUnicode } from './unicode.ts';

/** arXiv's own limit for an abstract is 1,920 characters; what lies beyond ten times that is cut off with an ellipsis. */
export const SOURCE_CHARS_MAX = 20_000;
/** Formulas in one text, and among them those that KaTeX refuses; the ones after these are set as Unicode untried. */
const FORMULAS_MAX = 400;
const REFUSALS_MAX = 20;

/** Plain Unicode. Line breaks are folded, paragraphs stand on lines of their own. */
export function texToText(source: string): string {
  return readProse(readable(source)).map(paragraphToText).filter(Boolean).join('\n');
}

/** Paragraphs of HTML, formulas as MathML, web addresses as links. */
export function texToHtml(source: string): string {
  return write(readProse(readable(source)), { isTitle: false })
    .map((html) => `<p>${html}</p>`)
    .join('');
}

/**
 * Paragraphs of HTML for readers that know no MathML, as most of feeds do not: formulas in Unicode, and no attributes
 * but the addresses of links.
 */
export function texToFeedHtml(source: string): string {
  return write(readProse(readable(source)), { isTitle: false, isUnicode: true })
    .map((html) => `<p>${html}</p>`)
    .join('');
}

/** For titles: one line of phrasing content, no links. */
export function texToInlineHtml(source: string): string {
  return write(readProse(readable(source)), { isTitle: true }).join(' ');
}

/** C0 and C1 controls but tab and line feed; bidirectional overrides, which reorder the page around them. */
const INVISIBLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;
/** TeX's old text fonts hold the diaeresis at 0x7F: `Schr\x7fodinger` came out of DVI files. */
const OLD_DIAERESIS = /\x7f+(?:\\")?\{?([a-zA-Z])\}?/g;

function readable(source: string): string {
  const cut = source.length > SOURCE_CHARS_MAX ? `${source.slice(0, SOURCE_CHARS_MAX)}…` : source;
  const lines = cut.replace(/\r\n?|[\u0085\u2028\u2029\f\v]/g, '\n');
  if (lines.search(INVISIBLE) < 0) return lines.toWellFormed().trim();
  return lines
    .replace(OLD_DIAERESIS, (_all, letter: string) => `${letter}\u0308`.normalize('NFC'))
    .replace(INVISIBLE, '')
    .toWellFormed()
    .trim();
}

/** What becomes one space. A single one is left out, since it is one: replacing each takes three times as long. */
const RAGGED_SPACE = /[ \t\n]{2,}|[\t\n]/g;

/** Folds white space over the borders of runs, and takes it from both ends. */
function folded(paragraph: Paragraph): Run[] {
  const runs: Run[] = [];
  let endsInSpace = true;
  for (const run of paragraph) {
    if (run.kind === 'formula') runs.push(run);
    else {
      const text = run.text.replace(RAGGED_SPACE, ' ').slice(endsInSpace && /^\s/.test(run.text) ? 1 : 0);
      if (text !== '') runs.push({ ...run, text });
    }
    const last = runs.at(-1);
    endsInSpace = last === undefined || (last.kind === 'text' && last.text.endsWith(' '));
  }
  const last = runs.at(-1);
  if (last?.kind === 'text') runs[runs.length - 1] = { ...last, text: last.text.trimEnd() };
  return runs;
}

function paragraphToText(paragraph: Paragraph): string {
  const runs = folded(paragraph);
  const text = runs.map((run, at) => (run.kind === 'text' ? plain(run) : plainFormula(run, runs[at + 1])));
  return text.join('').replaceAll('\u00a0', ' ').replace(/ {2,}/g, ' ').trim();
}

function plain({ text, style }: TextRun): string {
  const script = text.trim().replaceAll('-', '−');
  if (style & SUPERSCRIPT) return toSuperscript(script) ?? `^${parenthesised(script)}`;
  if (style & SUBSCRIPT) return toSubscript(script) ?? `_${parenthesised(script)}`;
  return text;
}

function parenthesised(text: string): string {
  return /^[\p{L}\p{N}\p{M}∞°*′]*$/u.test(text) ? text : `(${text})`;
}

/** A displayed formula had a line of its own; what punctuates the sentence after it clings all the same. */
function plainFormula({ tex, isDisplay }: FormulaRun, next: Run | undefined): string {
  const text = formulaToUnicode(tex);
  if (!isDisplay) return text;
  return next?.kind === 'text' && /^[.,;:)]/.test(next.text) ? ` ${text}` : ` ${text} `;
}

/** Titles have neither links nor displayed formulas. */
type Writing = { readonly isTitle: boolean; readonly isUnicode?: boolean };

/** One string of phrasing content per paragraph. */
function write(paragraphs: readonly Paragraph[], writing: Writing): string[] {
  const left = { formulas: FORMULAS_MAX, refusals: REFUSALS_MAX };
  const writeRun = (run: Run): string => {
    if (run.kind === 'text') return textToHtml(run);
    if (writing.isUnicode) return escapeHtml(formulaToUnicode(run.tex));
    left.formulas -= 1;
    const isTried = left.formulas >= 0 && left.refusals > 0;
    const formula = isTried ? formulaToMathml(run.tex, run.isDisplay && !writing.isTitle) : null;
    if (formula === null) left.refusals -= 1;
    return formula?.mathml ?? formulaToHtml(run);
  };
  const writeParagraph = (paragraph: Paragraph): string => {
    const runs = folded(paragraph);
    return runs.map((run, at) => linked(writeRun(run), [runs[at - 1], run, runs[at + 1]], writing)).join('');
  };
  return paragraphs.map(writeParagraph).filter(Boolean);
}

/** Runs in different styles that go to one address are one link. */
function linked(html: string, around: readonly (Run | undefined)[], writing: Writing): string {
  const { isTitle, isUnicode } = writing;
  const [left, url, right] = around.map((run) => (run?.kind === 'text' ? run.url : null));
  if (isTitle || url === null || url === undefined) return html;
  const opening =
    left === url ? '' : `<a href="${escapeHtml(url)}"${isUnicode ? '' : ' rel="nofollow noopener"'}>`;
  return `${opening}${html}${right === url ? '' : '</a>'}`;
}

function textToHtml({ text, style }: TextRun): string {
  const isScript = (style & (SUPERSCRIPT | SUBSCRIPT)) !== 0;
  let html = escapeHtml(isScript ? text.trim().replaceAll('-', '−') : text);
  if (style & SUPERSCRIPT) html = `<sup>${html}</sup>`;
  if (style & SUBSCRIPT) html = `<sub>${html}</sub>`;
  if (style & CODE) html = `<code>${html}</code>`;
  if (style & STRONG) html = `<strong>${html}</strong>`;
  if (style & EMPHASIS) html = `<em>${html}</em>`;
  return html;
}

/** What KaTeX cannot set is shown in Unicode, under a class by which tests count it. */
function formulaToHtml({ tex }: FormulaRun): string {
  return `<span class="tex-source notranslate" translate="no">${escapeHtml(formulaToUnicode(tex))}</span>`;
}
