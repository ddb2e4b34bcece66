/** Single-key shortcuts, the same letters as in most mail and feed readers. They can be turned off. */
import { linkOf, toggleRead, toggleSaved } from './paper.js';
import { CHOICES, getSettings, setSettings } from './state.js';

/** @type {readonly (readonly [key: string, action: string])[]} */
export const KEYS = [
  ['j', 'next paper'],
  ['k', 'previous paper'],
  ['o', 'open the paper'],
  ['s', 'save or remove the paper'],
  ['x', 'mark as read or unread'],
  ['a', 'abstracts: default, titles only, first lines, full'],
  ['[', 'previous day or page'],
  [']', 'next day or page'],
  ['/', 'search'],
  ['?', 'show this help'],
];

/** @param {() => void} showHelp */
export function listenToKeys(showHelp) {
  /** @type {Record<string, () => void>} */
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    o: () => withCurrent((story) => linkOf(story)?.click()),
    s: () => withCurrent(toggleSaved),
    x: () => withCurrent(toggleRead),
    a: showNextAbstracts,
    '[': () => follow('prev'),
    ']': () => follow('next'),
    '/': search,
    '?': showHelp,
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const action = actions[event.key];
    // Help always works, so that somebody who turned the keys off can find out how to turn them on.
    if (action === undefined || (!getSettings().keys && event.key !== '?')) return;
    if (document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    action();
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

/** The focused story; on a paper's page, the paper. */
function current() {
  const focused = document.activeElement?.closest('[data-paper]');
  const all = stories();
  return focused ?? (all.length === 1 ? all[0] : null);
}

/** From the focused story; without one, to the first on the screen. @param {1 | -1} by */
function step(by) {
  const all = stories();
  const at = all.findIndex((story) => story.contains(document.activeElement));
  const onScreen = all.findIndex((story) => story.getBoundingClientRect().bottom > 80);
  const story = all[at === -1 ? Math.max(onScreen, 0) : Math.min(Math.max(at + by, 0), all.length - 1)];
  const link = story && linkOf(story);
  if (!story || !link) return;
  link.focus({ preventScroll: true });
  // For a story taller than the window, 'nearest' may scroll to its end; its headline should be visible.
  const isTall = story.getBoundingClientRect().height > innerHeight * 0.8;
  story.scrollIntoView({ block: isTall ? 'start' : 'nearest' });
}

/** @param {(story: Element) => void} action */
function withCurrent(action) {
  const story = current();
  if (story) action(story);
}

function showNextAbstracts() {
  const order = CHOICES.abstracts;
  const next = order[(order.indexOf(getSettings().abstracts) + 1) % order.length] ?? 'set';
  setSettings({ abstracts: next });
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
