/** The button that copies a paper's citation to the clipboard. */

import { BUTTON, make } from './element.js';
import { say } from './paper.js';

/** The paper's page reserves space for it beside the citation files. */
export function addCopyButton() {
  const place = document.querySelector('[data-copy-citation]');
  const id = place?.getAttribute('data-copy-citation');
  if (!place || !id || place.childElementCount > 0) return;
  const button = make('button', { type: 'button', class: BUTTON }, 'Copy citation');
  button.addEventListener('click', () => void copy(id, button));
  place.append(button);
}

/** @param {string} id @param {HTMLElement} button */
async function copy(id, button) {
  try {
    const answer = await fetch(`/papers/${id}.txt`);
    if (!answer.ok) throw new Error(String(answer.status));
    await write((await answer.text()).trim());
    button.textContent = 'Copied';
    say('Citation copied to the clipboard.');
  } catch {
    button.textContent = 'Copy failed';
    say('The citation could not be copied.');
  }
  setTimeout(() => {
    button.textContent = 'Copy citation';
  }, 3000);
}

/** Without TLS browsers do not expose the clipboard, but do let a page copy its selection. @param {string} text */
async function write(text) {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
  const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { class: 'sr-only' }, text));
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  if (!isDone) throw new Error('not copied');
}
