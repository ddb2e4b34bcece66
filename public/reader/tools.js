/** Reading settings: a button in the corner and the dialog it opens. Built here, because they need script. */
import { make, UNDERLINED } from './element.js';
import { KEYS } from './keyboard.js';
import { say } from './paper.js';
import { getSettings, markRead, setSettings } from './state.js';

/** @type {readonly { name: 'abstracts' | 'size' | 'theme', legend: string, choices: readonly (readonly [string, string])[] }[]} */
const FIELDSETS = [
  {
    name: 'abstracts',
    legend: 'Abstracts',
    choices: [
      ['set', 'Default'],
      ['titles', 'Titles only'],
      ['lines', 'First lines'],
      ['full', 'Full'],
    ],
  },
  {
    name: 'size',
    legend: 'Text size',
    choices: [
      ['small', 'Small'],
      ['normal', 'Normal'],
      ['large', 'Large'],
      ['huge', 'Largest'],
    ],
  },
  {
    name: 'theme',
    legend: 'Theme',
    choices: [
      ['auto', 'System'],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
  },
];

const LABEL = 'inline-flex min-h-[1.9rem] cursor-pointer items-center gap-[0.4rem]';
const INPUT = 'size-4 accent-accent';
/** Devices with a touch screen alone are not told about keys. */
const KEYBOARD_ONLY = 'touch-only:hidden';

/** @returns {{ open: () => void, show: (hidden: number) => void }} */
export function addTools() {
  const aside = make('aside', {
    class:
      'fixed right-[max(1rem,env(safe-area-inset-right))] bottom-[max(1rem,env(safe-area-inset-bottom))] z-2 flex items-center gap-[0.6rem] text-[0.9rem] print:hidden',
    'aria-label': 'Reading settings',
  });
  const opener = make(
    'button',
    {
      type: 'button',
      class:
        'size-11 rounded-full border border-rule bg-paper font-display text-[1.05rem] text-ink hover:border-accent hover:text-accent',
      'aria-haspopup': 'dialog',
    },
    'Aa',
  );
  opener.setAttribute('aria-label', 'Aa: reading settings');
  const note = make('span', {
    class: 'border border-hairline bg-paper px-[0.6rem] py-[0.15rem] text-[0.82rem] text-faded empty:hidden',
  });
  const dialog = /** @type {HTMLDialogElement} */ (
    make('dialog', {
      class:
        'm-auto max-h-[calc(100dvh-2rem)] w-[min(34rem,calc(100vw-2rem))] overflow-y-auto border border-t-4 border-double border-rule bg-paper px-[1.4rem] pt-[1.1rem] pb-[1.4rem] text-base text-ink backdrop:bg-black/35',
      'aria-labelledby': 'reading-title',
    })
  );
  dialog.append(...contents(dialog));
  const open = () => {
    fill(dialog);
    dialog.showModal();
  };
  opener.addEventListener('click', open);
  // The backdrop belongs to the dialog: a click beside the dialog has it as its target.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  const status = make('p', { id: 'reader-says', role: 'status', class: 'sr-only' });
  aside.append(note, opener, dialog, status);
  document.body.append(aside);
  const show = (/** @type {number} */ hidden) => {
    fill(dialog);
    note.textContent =
      getSettings().hideRead && hidden > 0
        ? `${hidden} read ${hidden === 1 ? 'paper' : 'papers'} hidden`
        : '';
  };
  return { open, show };
}

/** @param {HTMLDialogElement} dialog */
function contents(dialog) {
  const head = make('div', { class: 'flex items-baseline justify-between' });
  const close = make('button', { type: 'button', class: UNDERLINED }, 'Close');
  close.addEventListener('click', () => dialog.close());
  head.append(make('h2', { id: 'reading-title', class: 'text-[1.6rem]/[1.2]' }, 'Reading settings'), close);
  const form = make('form', { method: 'dialog' });
  form.append(...FIELDSETS.map(toFieldset), toCheck('hideRead', 'Hide papers I have read'), allRead());
  const library = make('p', { class: 'mt-2' });
  library.append(make('a', { href: '/library' }, 'Your library'));
  form.append(library);
  return [head, form, ...help()];
}

function help() {
  const list = make('dl', { class: `columns-[15rem_2] gap-x-[1.4rem] text-[0.92rem] ${KEYBOARD_ONLY}` });
  for (const [key, action] of KEYS) {
    const pair = make('div', {
      class: 'flex break-inside-avoid items-baseline gap-[0.7rem] py-[0.16rem]',
    });
    const term = make('dt', {});
    term.append(
      make(
        'kbd',
        {
          class:
            'inline-block min-w-[1.7em] rounded-[3px] border border-hairline px-[0.35em] text-center text-[0.9em]',
        },
        key,
      ),
    );
    pair.append(term, make('dd', {}, action));
    list.append(pair);
  }
  const heading = make(
    'h3',
    { class: `mt-[1.1rem] mb-[0.2rem] border-t border-rule pt-[0.6rem] text-[1.2rem] ${KEYBOARD_ONLY}` },
    'Keyboard shortcuts',
  );
  const check = toCheck('keys', 'Use single-key shortcuts');
  check.classList.add(KEYBOARD_ONLY);
  return [heading, check, list];
}

/** @param {(typeof FIELDSETS)[number]} group */
function toFieldset({ name, legend, choices }) {
  const fieldset = make('fieldset', {
    class: 'flex flex-wrap items-center gap-x-[1.1rem] gap-y-[0.1rem] border-b border-hairline py-[0.45rem]',
  });
  const look =
    'float-left w-full leading-[1.4] text-faded min-[34rem]:w-[6.2rem] min-[34rem]:leading-[1.9rem]';
  fieldset.append(make('legend', { class: look }, legend));
  for (const [value, words] of choices) {
    const label = make('label', { class: LABEL });
    const input = make('input', { type: 'radio', name, value, class: INPUT });
    input.addEventListener('change', () => setSettings({ [name]: value }));
    label.append(input, make('span', {}, words));
    fieldset.append(label);
  }
  return fieldset;
}

/** @param {'hideRead' | 'keys'} name @param {string} words */
function toCheck(name, words) {
  const label = make('label', { class: `${LABEL} pt-[0.35rem]` });
  const input = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', name, class: INPUT }));
  input.addEventListener('change', () => setSettings({ [name]: input.checked }));
  label.append(input, make('span', {}, words));
  return label;
}

function allRead() {
  const button = make(
    'button',
    { type: 'button', class: `mt-2 block ${UNDERLINED}` },
    'Mark all papers on this page as read',
  );
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
