/** The reader's tools: one button in the corner, and the dialog it opens. All of it is made here, for it needs script. */
import { KEYS } from './keyboard.js';
import { say } from './paper.js';
import { getSettings, markRead, setSettings } from './state.js';

/** @type {readonly { name: 'abstracts' | 'size' | 'theme', legend: string, choices: readonly (readonly [string, string])[] }[]} */
const CHOICES = [
  {
    name: 'abstracts',
    legend: 'Abstracts',
    choices: [
      ['set', 'As set'],
      ['titles', 'Titles only'],
      ['lines', 'First lines'],
      ['full', 'Whole'],
    ],
  },
  {
    name: 'size',
    legend: 'Text',
    choices: [
      ['small', 'Small'],
      ['normal', 'Normal'],
      ['large', 'Large'],
      ['huge', 'Larger'],
    ],
  },
  {
    name: 'theme',
    legend: 'Paper',
    choices: [
      ['auto', 'As the system'],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
  },
];

/** @returns {{ open: () => void, show: (hidden: number) => void }} */
export function addTools() {
  const aside = make('aside', { class: 'reading-tools', 'aria-label': 'Reading tools' });
  const opener = make('button', { type: 'button', 'aria-haspopup': 'dialog' }, 'Aa');
  opener.setAttribute('aria-label', 'Aa: reading tools');
  const note = make('span', { class: 'reading-note' });
  const dialog = /** @type {HTMLDialogElement} */ (
    make('dialog', { class: 'reading-dialog', 'aria-labelledby': 'reading-title' })
  );
  dialog.append(...contents(dialog));
  const open = () => {
    fill(dialog);
    dialog.showModal();
  };
  opener.addEventListener('click', open);
  // A click beside the dialog lands on its backdrop, which is the dialog itself.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  const status = make('p', { id: 'reader-says', role: 'status', class: 'sr-only' });
  aside.append(note, opener, dialog, status);
  document.body.append(aside);
  const show = (/** @type {number} */ hidden) => {
    fill(dialog);
    note.textContent = getSettings().hideRead && hidden > 0 ? `${hidden} read, hidden` : '';
  };
  return { open, show };
}

/** @param {HTMLDialogElement} dialog */
function contents(dialog) {
  const head = make('div', { class: 'reading-head' });
  const close = make('button', { type: 'button', class: 'reading-close' }, 'Close');
  close.addEventListener('click', () => dialog.close());
  head.append(make('h2', { id: 'reading-title' }, 'Reading tools'), close);
  const form = make('form', { method: 'dialog' });
  form.append(...CHOICES.map(toFieldset), toCheck('hideRead', 'Hide papers I have read'), allRead());
  const library = make('p', { class: 'reading-library' });
  library.append(make('a', { href: '/library' }, 'Your library'));
  form.append(library);
  return [head, form, ...help()];
}

function help() {
  const list = make('dl', { class: 'reading-keys' });
  for (const [key, what] of KEYS) {
    const pair = make('div', {});
    const term = make('dt', {});
    term.append(make('kbd', {}, key));
    pair.append(term, make('dd', {}, what));
    list.append(pair);
  }
  return [make('h3', {}, 'Keys'), toCheck('keys', 'Use single keys'), list];
}

/** @param {(typeof CHOICES)[number]} group */
function toFieldset({ name, legend, choices }) {
  const fieldset = make('fieldset', {});
  fieldset.append(make('legend', {}, legend));
  for (const [value, words] of choices) {
    const label = make('label', {});
    const input = make('input', { type: 'radio', name, value });
    input.addEventListener('change', () => setSettings({ [name]: value }));
    label.append(input, make('span', {}, words));
    fieldset.append(label);
  }
  return fieldset;
}

/** @param {'hideRead' | 'keys'} name @param {string} words */
function toCheck(name, words) {
  const label = make('label', { class: 'reading-check' });
  const input = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', name }));
  input.addEventListener('change', () => setSettings({ [name]: input.checked }));
  label.append(input, make('span', {}, words));
  return label;
}

function allRead() {
  const button = make('button', { type: 'button', class: 'reading-all' }, 'Mark all papers here as read');
  button.addEventListener('click', () => {
    const ids = [...document.querySelectorAll('.story[data-paper]')].map(
      (story) => story.getAttribute('data-paper') ?? '',
    );
    markRead(ids, true);
    say(`${ids.length} papers marked as read`);
  });
  return button;
}

/** @param {HTMLDialogElement} dialog */
function fill(dialog) {
  const settings = getSettings();
  for (const input of dialog.querySelectorAll('input')) {
    if (input.type === 'radio') input.checked = Reflect.get(settings, input.name) === input.value;
    else input.checked = Reflect.get(settings, input.name) === true;
  }
}

/** Text and attributes only: nothing here is ever parsed. @param {string} tag @param {Record<string, string>} attributes @param {string} [text] */
export function make(tag, attributes, text) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
