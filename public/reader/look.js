/** Puts the reader's settings on the page: what early.js did before the page was shown, again after every change. */
import { getSettings, listRead } from './state.js';

const DEFAULT = { theme: 'auto', size: 'normal', abstracts: 'set' };

export function applySettings() {
  const settings = getSettings();
  const { dataset } = document.documentElement;
  for (const name of /** @type {const} */ (['theme', 'size', 'abstracts'])) {
    if (settings[name] === DEFAULT[name]) delete dataset[name];
    else dataset[name] = settings[name];
  }
  if (settings.hideRead) dataset.hideRead = '';
  else delete dataset.hideRead;
  // The early rules hid what had been read before; from here on the marks on the stories do.
  document.getElementById('early-style')?.remove();
  colourFrame(settings.theme);
}

/** The browser's frame follows the system by itself, and a chosen theme by this. @param {string} theme */
function colourFrame(theme) {
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    const own = meta.getAttribute('data-own') ?? meta.getAttribute('content') ?? '';
    meta.setAttribute('data-own', own);
    const chosen =
      theme === 'auto' ? null : document.querySelector(`meta[name="theme-color"][media*="${theme}"]`);
    meta.setAttribute('content', chosen?.getAttribute('data-own') ?? chosen?.getAttribute('content') ?? own);
  }
}

/** Marks stories that were read, for the style to fade or hide. Returns how many of them stand here. */
export function applyRead() {
  const read = new Set(listRead());
  let count = 0;
  for (const story of document.querySelectorAll('[data-paper]')) {
    const isRead = read.has(story.getAttribute('data-paper') ?? '');
    story.classList.toggle('is-read', isRead);
    if (isRead && story.classList.contains('story')) count += 1;
  }
  return count;
}
