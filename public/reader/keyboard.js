/** Reading with the keyboard. The letters are those of mail and feed readers since vi; they can be turned off. */
import { toggleRead, toggleSaved } from './paper.js';
import { getSettings, setSettings } from './state.js';

/** @type {readonly (readonly [keys: string, what: string])[]} */
export const KEYS = [
  ['j', 'next paper'],
  ['k', 'previous paper'],
  ['o', 'open the paper'],
  ['s', 'save it, or take it off again'],
  ['x', 'mark it as read, or as not read'],
  ['a', 'abstracts: as set, titles only, first lines, whole'],
  ['[', 'previous day or page'],
  [']', 'next day or page'],
  ['/', 'search'],
  ['?', 'this help'],
];

/** @param {() => void} showHelp */
export function listenToKeys(showHelp) {
  /** @type {Record<string, () => void>} */
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    o: () => linkOf(current())?.click(),
    s: () => withCurrent(toggleSaved),
    x: () => withCurrent(toggleRead),
    a: foldNext,
    '[': () => follow('prev'),
    ']': () => follow('next'),
    '/': search,
    '?': showHelp,
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const act = acts[event.key];
    // The help can always be called, or nobody would find out how to turn the keys on again.
    if (act === undefined || (!getSettings().keys && event.key !== '?')) return;
    if (document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    act();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}

function stories() {
  const shown = [...document.querySelectorAll('[data-paper]')];
  return shown.filter((story) => story instanceof HTMLElement && getComputedStyle(story).display !== 'none');
}

/** The story that has the focus; on a paper's page, the paper. */
function current() {
  const focused = document.activeElement?.closest('[data-paper]');
  const all = stories();
  return focused ?? (all.length === 1 ? all[0] : null);
}

/** @param {Element | null | undefined} story @returns {HTMLAnchorElement | null} */
function linkOf(story) {
  return story?.querySelector('.headline a, h1 a') ?? null;
}

/** From the story that has the focus; without one, from what is on the screen. @param {1 | -1} by */
function step(by) {
  const all = stories();
  const at = all.findIndex((story) => story.contains(document.activeElement));
  const onScreen = all.findIndex((story) => story.getBoundingClientRect().bottom > 80);
  const wanted = at === -1 ? Math.max(onScreen, 0) : Math.min(Math.max(at + by, 0), all.length - 1);
  const link = linkOf(all[wanted]);
  if (link === null) return;
  link.focus({ preventScroll: true });
  const story = all[wanted];
  // Of a story that is taller than the window the nearest edge is its end; one begins at the headline.
  const isTall = (story?.getBoundingClientRect().height ?? 0) > innerHeight * 0.8;
  story?.scrollIntoView({ block: isTall ? 'start' : 'nearest' });
}

/** @param {(story: Element) => void} act */
function withCurrent(act) {
  const story = current();
  if (story) act(story);
}

function foldNext() {
  const order = ['set', 'titles', 'lines', 'full'];
  setSettings({ abstracts: order[(order.indexOf(getSettings().abstracts) + 1) % order.length] ?? 'set' });
}

/** @param {'prev' | 'next'} rel */
function follow(rel) {
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector(`a[rel~="${rel}"]`);
  link?.click();
}

function search() {
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector('input[type="search"], input[name="q"]');
  if (field === null) location.assign('/search');
  else {
    field.focus();
    field.select();
  }
}
