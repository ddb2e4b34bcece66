/**
 * What this browser stores for its reader: saved papers, read papers, searches and settings. None of it leaves the
 * browser. The storage is untrusted input: everything read from it is validated, and never used as markup.
 *
 * @typedef {{ id: string, title: string, authors: string, savedAt: string }} Saved
 * @typedef {{ theme: string, size: string, abstracts: string, hideRead: boolean, keys: boolean }} Settings
 */

const SAVED = 'paperboy:saved';
const READ = 'paperboy:read';
const SETTINGS = 'paperboy:settings';
const SEARCHES = 'paperboy:searches';

export const SAVED_MAX = 2000;
const READ_MAX = 5000;
const TEXT_CHARS_MAX = 1000;
const SEARCHES_MAX = 8;
const SEARCH_CHARS_MAX = 200;
/** A paper's path behind `/papers/`: `1706.03762`, `hep-th/9901001`, `doi:10.1000/182`. */
const ID = /^[\w.~!*'():/%;+-]{1,300}$/;

export const CHOICES = {
  theme: ['auto', 'light', 'dark'],
  size: ['small', 'normal', 'large', 'huge'],
  abstracts: ['set', 'titles', 'lines', 'full'],
};
/** @type {Settings} */
const DEFAULTS = { theme: 'auto', size: 'normal', abstracts: 'set', hideRead: false, keys: true };

/** Where storage is full or forbidden, values are kept until the page is left. @type {Map<string, string>} */
const memory = new Map();

/** @param {string} name @returns {unknown} */
function read(name) {
  try {
    return JSON.parse(memory.get(name) ?? localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {string} name @param {unknown} value */
function write(name, value) {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(name, text);
    memory.delete(name);
  } catch {
    memory.set(name, text);
  }
  for (const listener of listeners) listener();
}

/** @type {Set<() => void>} */
const listeners = new Set();

/** Calls back after every change, here or in another tab. @param {() => void} listener */
export function onChange(listener) {
  listeners.add(listener);
}

addEventListener('storage', (event) => {
  if (event.key === null || event.key.startsWith('paperboy:')) for (const listener of listeners) listener();
});

/** @param {unknown} id @returns {id is string} */
export function isId(id) {
  return typeof id === 'string' && ID.test(id) && !id.split('/').includes('..') && !id.startsWith('/');
}

/** @param {unknown} value */
function toText(value) {
  return typeof value === 'string' ? value.slice(0, TEXT_CHARS_MAX) : '';
}

/** @param {unknown} value @returns {Saved[]} */
export function toSavedList(value) {
  if (!Array.isArray(value)) return [];
  /** @type {Map<string, Saved>} */
  const byId = new Map();
  for (const entry of value.slice(0, SAVED_MAX)) {
    if (typeof entry !== 'object' || entry === null || !isId(entry.id)) continue;
    const { id, title, authors, savedAt } = entry;
    const at = typeof savedAt === 'string' ? Date.parse(savedAt) : Number.NaN;
    byId.set(id, {
      id,
      title: toText(title) || id,
      authors: toText(authors),
      savedAt: new Date(Number.isNaN(at) ? 0 : at).toISOString(),
    });
  }
  return [...byId.values()];
}

/** @param {unknown} value @returns {string[]} */
export function toIdList(value) {
  return Array.isArray(value) ? [...new Set(value.filter(isId))].slice(-READ_MAX) : [];
}

/** Newest first. */
export function listSaved() {
  return toSavedList(read(SAVED));
}

export function listRead() {
  return toIdList(read(READ));
}

/** @param {string} id */
export const isSaved = (id) => listSaved().some((saved) => saved.id === id);
/** @param {string} id */
export const isRead = (id) => listRead().includes(id);

/** @param {Saved} paper */
export function save(paper) {
  write(SAVED, toSavedList([paper, ...listSaved().filter(({ id }) => id !== paper.id)]));
}

/** @param {readonly Saved[]} papers known ones are left as they are; returns how many were new */
export function addSaved(papers) {
  const known = listSaved();
  const fresh = papers.filter(({ id }) => !known.some((saved) => saved.id === id));
  const room = fresh.slice(0, Math.max(0, SAVED_MAX - known.length));
  write(
    SAVED,
    [...known, ...room].sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1)),
  );
  return room.length;
}

/** @param {string} id */
export function unsave(id) {
  write(
    SAVED,
    listSaved().filter((saved) => saved.id !== id),
  );
}

/** @param {readonly string[]} ids @param {boolean} isNowRead */
export function markRead(ids, isNowRead) {
  const others = listRead().filter((id) => !ids.includes(id));
  write(READ, toIdList(isNowRead ? [...others, ...ids] : others));
}

/** @param {unknown} value @returns {string[]} */
export function toSearchList(value) {
  if (!Array.isArray(value)) return [];
  const texts = value
    .slice(0, 100)
    .filter((text) => typeof text === 'string' && text.length <= SEARCH_CHARS_MAX);
  const cleaned = texts.map((text) =>
    text
      .toWellFormed()
      .replace(/[\u0000-\u001f\u007f]/g, ' ')
      .trim(),
  );
  return [...new Set(cleaned)].filter((text) => text !== '').slice(0, SEARCHES_MAX);
}

/** Recent searches, newest first. */
export function listSearches() {
  return toSearchList(read(SEARCHES));
}

/** @param {string} text longer than SEARCH_CHARS_MAX is not stored */
export function rememberSearch(text) {
  write(SEARCHES, toSearchList([text, ...listSearches()]));
}

export function forgetSearches() {
  write(SEARCHES, []);
}

/** @returns {Settings} */
export function getSettings() {
  const stored = read(SETTINGS);
  const given =
    typeof stored === 'object' && stored !== null ? /** @type {Record<string, unknown>} */ (stored) : {};
  /** @param {'theme' | 'size' | 'abstracts'} name */
  const choice = (name) => {
    const value = given[name];
    return typeof value === 'string' && CHOICES[name].includes(value) ? value : DEFAULTS[name];
  };
  return {
    theme: choice('theme'),
    size: choice('size'),
    abstracts: choice('abstracts'),
    hideRead: given.hideRead === true,
    keys: given.keys !== false,
  };
}

/** @param {Partial<Settings>} changes */
export function setSettings(changes) {
  write(SETTINGS, { ...getSettings(), ...changes });
}
