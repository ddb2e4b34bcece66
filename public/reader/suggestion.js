/**
 * What may be offered to who types a search. Answers come from this site, and are checked all the same: an address must
 * be one of ours, and a text is never markup.
 *
 * @typedef {'query' | 'author' | 'title' | 'category' | 'recent' | 'forget'} Kind
 * @typedef {{ kind: Kind, text: string, href: string }} Suggestion
 */

const SUGGESTIONS_MAX = 10;
const TEXT_CHARS_MAX = 300;
/** A path of this site, and not the beginning of another's address. */
const PATH = /^\/(?![/\\])[\x21-\x7e]{0,2000}$/;

/** @type {Readonly<Record<Kind, string>>} */
export const KIND_WORDS = {
  query: '',
  author: 'author',
  title: 'paper',
  category: 'field',
  recent: 'searched before',
  forget: '',
};

/** @type {Suggestion} */
export const FORGET = { kind: 'forget', text: 'Forget these searches', href: '' };

/** @param {unknown} answer as /api/v1/suggest gives it @returns {Suggestion[]} */
export function toSuggestions(answer) {
  const list = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'suggestions') : null;
  if (!Array.isArray(list)) return [];
  return list.slice(0, SUGGESTIONS_MAX).flatMap((given) => {
    if (typeof given !== 'object' || given === null) return [];
    const { kind, text, href } = given;
    const isUsable = isKind(kind) && isText(text) && typeof href === 'string' && PATH.test(href);
    return isUsable ? [{ kind, text, href }] : [];
  });
}

/** @param {string} text @returns {Suggestion} */
export function toRecent(text) {
  return { kind: 'recent', text, href: `/search?${new URLSearchParams({ q: text })}` };
}

/** @param {unknown} kind @returns {kind is Kind} */
function isKind(kind) {
  return typeof kind === 'string' && kind !== FORGET.kind && Object.hasOwn(KIND_WORDS, kind);
}

/** @param {unknown} text @returns {text is string} */
function isText(text) {
  return typeof text === 'string' && text.length > 0 && text.length <= TEXT_CHARS_MAX;
}
