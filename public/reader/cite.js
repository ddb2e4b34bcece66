/** A reference to a paper, on the clipboard at one press. */
import { say } from './paper.js';
import { make } from './tools.js';

/** Fills the place that a paper's page keeps free beside its citation files. */
export function addCopyButton() {
  const place = document.querySelector('.copy-citation');
  const id = place?.getAttribute('data-of');
  if (!place || !id || place.childElementCount > 0) return;
  const button = make('button', { type: 'button', class: 'mark' }, 'Copy citation');
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
    say('The citation is on the clipboard.');
  } catch {
    button.textContent = 'Not copied';
    say('The citation could not be copied.');
  }
  setTimeout(() => {
    button.textContent = 'Copy citation';
  }, 3000);
}

/** Browsers keep the clipboard from pages without TLS, but let them copy what is selected. @param {string} text */
async function write(text) {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
  const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { class: 'sr-only' }, text));
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  if (!isDone) throw new Error('not copied');
}
