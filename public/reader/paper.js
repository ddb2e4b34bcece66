/** The papers on this page, and the buttons that save them and mark them as read. */

import { BUTTON, make } from './element.js';
import { isRead, isSaved, markRead, save, unsave } from './state.js';

/** Announced by screen readers; the focus stays where it is. @param {string} words */
export function say(words) {
  const region = document.getElementById('reader-says');
  if (region !== null) region.textContent = words;
}

/** @param {Element} story */
export function paperOf(story) {
  const title = textOf(headingOf(story));
  return {
    id: story.getAttribute('data-paper') ?? '',
    title,
    authors: textOf(story.querySelector('.byline, [data-authors]')),
    savedAt: new Date().toISOString(),
  };
}

/** @param {Element} story */
const headingOf = (story) => story.querySelector('h1, h2, h3');

/** The link to the paper's page; null on that page itself. @param {Element} story @returns {HTMLAnchorElement | null} */
export const linkOf = (story) => headingOf(story)?.querySelector('a') ?? null;

/** @param {Element | null} element */
function textOf(element) {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {Element} story */
export function toggleSaved(story) {
  const paper = paperOf(story);
  if (isSaved(paper.id)) {
    unsave(paper.id);
    say(`Removed from your library: ${paper.title}`);
    return;
  }
  save(paper);
  say(`Saved: ${paper.title}`);
  void keepPlainTitle(paper);
}

/** The page's text of a formula is hard to read; the citation has the title in plain characters. @param {ReturnType<typeof paperOf>} paper */
async function keepPlainTitle(paper) {
  try {
    const answer = await fetch(`/papers/${paper.id}.json`);
    if (!answer.ok) return;
    const [item] = await answer.json();
    if (typeof item?.title === 'string' && isSaved(paper.id)) save({ ...paper, title: item.title });
  } catch {
    // Offline: the title keeps the page's text.
  }
}

/** @param {Element} story */
export function toggleRead(story) {
  const { id, title } = paperOf(story);
  const isNowRead = !isRead(id);
  markRead([id], isNowRead);
  say(`${isNowRead ? 'Marked as read' : 'Marked as unread'}: ${title}`);
}

/** Adds the buttons where the page has reserved space for them, so that nothing moves. */
export function addMarks() {
  for (const story of document.querySelectorAll('[data-paper]')) {
    const place = story.querySelector('[data-marks]');
    if (place === null || place.childElementCount > 0) continue;
    const save = make('button', { type: 'button', class: BUTTON, 'data-mark': 'save' });
    save.addEventListener('click', () => toggleSaved(story));
    const read = make('button', { type: 'button', class: BUTTON, 'data-mark': 'read' });
    read.addEventListener('click', () => toggleRead(story));
    place.append(save, read);
  }
  showMarks();
}

export function showMarks() {
  for (const story of document.querySelectorAll('[data-paper]')) {
    const { id, title } = paperOf(story);
    const isNowSaved = isSaved(id);
    const save = story.querySelector('[data-mark="save"]');
    save?.setAttribute('aria-pressed', String(isNowSaved));
    name(save, isNowSaved ? 'Saved' : 'Save', title);
    name(story.querySelector('[data-mark="read"]'), isRead(id) ? 'Mark as unread' : 'Mark as read', title);
  }
}

/** The title is for those who hear the button without its surroundings. @param {Element | null} button @param {string} text @param {string} title */
function name(button, text, title) {
  if (button === null) return;
  button.textContent = text;
  button.setAttribute('aria-label', `${text}: ${title}`);
}
