/** Papers on this page, and the two marks a reader can put on each. */
import { isRead, isSaved, markRead, save, unsave } from './state.js';

/** Words that a screen reader is to say without moving. @param {string} words */
export function say(words) {
  const region = document.getElementById('reader-says');
  if (region !== null) region.textContent = words;
}

/** @param {Element} story */
export function paperOf(story) {
  const title = textOf(story.querySelector('h1, .headline'));
  return {
    id: story.getAttribute('data-paper') ?? '',
    title,
    authors: textOf(story.querySelector('.byline, [data-authors]')),
    savedAt: new Date().toISOString(),
  };
}

/** @param {Element | null} element */
function textOf(element) {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {Element} story */
export function toggleSaved(story) {
  const paper = paperOf(story);
  if (isSaved(paper.id)) {
    unsave(paper.id);
    say(`Not saved any more: ${paper.title}`);
    return;
  }
  save(paper);
  say(`Saved: ${paper.title}`);
  void keepPlainTitle(paper);
}

/** A formula's text on the page reads badly; the citation has the title in plain characters. @param {ReturnType<typeof paperOf>} paper */
async function keepPlainTitle(paper) {
  try {
    const answer = await fetch(`/papers/${paper.id}.json`);
    if (!answer.ok) return;
    const [item] = await answer.json();
    if (typeof item?.title === 'string' && isSaved(paper.id)) save({ ...paper, title: item.title });
  } catch {
    // Offline: what the page shows has to do.
  }
}

/** @param {Element} story */
export function toggleRead(story) {
  const { id, title } = paperOf(story);
  const isNowRead = !isRead(id);
  markRead([id], isNowRead);
  say(`${isNowRead ? 'Read' : 'Not read'}: ${title}`);
}

/** Fills the places that the page keeps free for them, so that nothing moves. */
export function addMarks() {
  for (const story of document.querySelectorAll('[data-paper]')) {
    const place = story.querySelector('.marks');
    if (place === null || place.childElementCount > 0) continue;
    const { title } = paperOf(story);
    place.append(
      toButton('Save', title, () => toggleSaved(story)),
      toButton('Read', title, () => toggleRead(story)),
    );
  }
  showMarks();
}

/** @param {string} name @param {string} title @param {() => void} act */
function toButton(name, title, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `mark mark-${name.toLowerCase()}`;
  button.textContent = name;
  button.setAttribute('aria-label', `${name}: ${title}`);
  button.addEventListener('click', act);
  return button;
}

export function showMarks() {
  for (const story of document.querySelectorAll('[data-paper]')) {
    const id = story.getAttribute('data-paper') ?? '';
    story.querySelector('.mark-save')?.setAttribute('aria-pressed', String(isSaved(id)));
    story.querySelector('.mark-read')?.setAttribute('aria-pressed', String(isRead(id)));
  }
}
