/**
 * Whether a paper says of itself that it is withdrawn. arXiv has no such field outside arXivRaw (the newest version's
 * source type `I`): a withdrawal is a new version whose comment gives the reason
 * (https://info.arxiv.org/help/withdraw.html), in older papers its abstract.
 *
 * Conservative, for no reader may be told wrongly that a paper is withdrawn: only what is said of this paper, as done,
 * counts. Plans, wishes, other papers, parts of this one and withdrawals from a journal or conference do not.
 */

const THING =
  '(?:paper|article|submission|manuscript|preprint|pre-print|e-?print|work|note|document|upload|report|thesis|draft)';
const BY =
  '(?:by\\s+(?:(?:the|all|first|corresponding)\\s+)*(?:co-?)?authors?\\b(?!\\s+after)|by arxiv|at the request of)';
const BECAUSE = '(?:due|because|as|since|for|in favou?r|owing|on account)\\b';

/** `This paper has been withdrawn`, `The arXiv submission is hereby withdrawn`. */
const STATED = `(?:this|the|our)\\s+(?:arxiv\\s+)?(?:${THING}\\s+)?(?:has|have|had|is|was)\\s+(?:(?:now|been|being|hereby|temporarily)\\s+)*withdrawn`;
/** `Withdrawn.`, `Paper withdrawn due to …`, `WITHDRAWN by the author`. */
const LABELLED = `(?:(?:this\\s+)?(?:arxiv\\s+)?${THING}\\s+)?withdrawn(?=\\s*(?:$|[.,;:)\\]!-]|${BECAUSE}|${BY}))`;
const BY_AUTHORS = `the\\s+authors?\\s+ha(?:s|ve)\\s+withdrawn\\s+(?:this|the)\\s+${THING}`;
/** The paper is still there, withdrawn from something else. */
const NOT_FROM = '(?!\\s+(?:from|at)\\s+(?!(?:the\\s+)?(?:arxiv|request)))';

/** Comments begin their sentences after a full stop, a count of pages, or nothing at all. */
const SENTENCE_START = '(?:^|[.;:!?)\\]"]\\s*|\\b(?:pages?|figures?|figs?|tables?)\\s+)[\\s*([<"\'-]*';
const SENTENCE = new RegExp(`${SENTENCE_START}(?:${STATED}|${LABELLED}|${BY_AUTHORS})${NOT_FROM}`, 'i');
/** Set phrases that are clear wherever they stand. */
const SET_PHRASE =
  /\bThis (?:paper|article|submission|manuscript|preprint) has been withdrawn (?:by|at the request of) (?:the|all|arXiv)\b|\bsubmission has been withdrawn by arXiv admin/;

/** Longer texts than any comment or abstract of arXiv's are read this far. */
const CHARS_MAX = 5_000;

/** In all of the above. */
const WORD = /withdrawn/i;

export function saysWithdrawn(text: string): boolean {
  if (!WORD.test(text)) return false;
  const sentences = text.slice(0, CHARS_MAX).replace(/\s+/g, ' ').trim();
  return SENTENCE.test(sentences) || SET_PHRASE.test(sentences);
}
