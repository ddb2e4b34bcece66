/** Applies the reader's settings to the page after every change; app/early-script.ts does so before the first paint. */
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
  // Until now these rules hid read papers; from here on `data-read` does.
  document.getElementById('early-style')?.remove();
  setThemeColour(settings.theme);
}

/** The browser's own frame follows the system theme; a chosen theme has to be set. @param {string} theme */
function setThemeColour(theme) {
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    const own = meta.getAttribute('data-own') ?? meta.getAttribute('content') ?? '';
    meta.setAttribute('data-own', own);
    const chosen =
      theme === 'auto' ? null : document.querySelector(`meta[name="theme-color"][media*="${theme}"]`);
    meta.setAttribute('content', chosen?.getAttribute('data-own') ?? chosen?.getAttribute('content') ?? own);
  }
}

/** Marks read papers with `data-read`, which CSS fades or hides. Returns how many stories of this page are read. */
export function applyRead() {
  const read = new Set(listRead());
  let count = 0;
  for (const story of document.querySelectorAll('[data-paper]')) {
    const isRead = read.has(story.getAttribute('data-paper') ?? '');
    story.toggleAttribute('data-read', isRead);
    if (isRead && story.classList.contains('story')) count += 1;
  }
  return count;
}
