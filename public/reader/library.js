/** The page of saved papers: the list, export (BibTeX, JSON) and import. */

import { BUTTON, make, UNDERLINED } from './element.js';
import { say } from './paper.js';
import {
  addSaved,
  isId,
  listRead,
  listSaved,
  markRead,
  onChange,
  toIdList,
  toSavedList,
  unsave,
} from './state.js';

const FORMAT = 'paperboy-library';
/** Requests at a time, so that a large library does not overload the server. */
const REQUESTS_MAX = 4;
const IMPORT_BYTES_MAX = 20_000_000;
/** New style `1706.03762`, old style `hep-th/9901001`. */
const ARXIV_ID = /\b(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?\/\d{7})\b/g;

const container = document.getElementById('library');
if (container !== null) start(container);

/** @param {HTMLElement} place */
function start(place) {
  const list = make('ol', { class: '*:border-b *:border-hairline *:py-[0.9rem]' });
  const count = make('p', {});
  place.replaceChildren(count, toBar(), list);
  const show = () => {
    const saved = listSaved();
    count.textContent =
      saved.length === 0
        ? 'Nothing saved yet. Use Save under a paper, or press s.'
        : `${saved.length} ${saved.length === 1 ? 'paper' : 'papers'}, stored only in this browser.`;
    list.replaceChildren(...saved.map(toEntry));
    for (const button of place.querySelectorAll('[data-export]'))
      button.toggleAttribute('disabled', saved.length === 0);
  };
  show();
  onChange(show);
}

/** @param {import('./state.js').Saved} saved */
function toEntry({ id, title, authors, savedAt }) {
  const entry = make('li', { 'data-paper': id });
  const heading = make('h2', { class: 'headline text-[1.3rem]' });
  heading.append(make('a', { href: `/papers/${id}` }, title));
  const remove = make('button', { type: 'button', class: BUTTON }, 'Remove');
  remove.setAttribute('aria-label', `Remove: ${title}`);
  remove.addEventListener('click', () => {
    const next = entry.nextElementSibling ?? entry.previousElementSibling;
    const nextId = next?.getAttribute('data-paper');
    unsave(id);
    say(`Removed from your library: ${title}`);
    // The list has been rebuilt; the focus moves to the neighbour of what was removed.
    const after = [...document.querySelectorAll('#library li')].find(
      (li) => li.getAttribute('data-paper') === nextId,
    );
    after?.querySelector('button')?.focus();
  });
  const when = savedAt.slice(0, 10);
  const foot = make('p', { class: 'mt-[0.2rem] flex items-baseline gap-[1.2rem] text-[0.85rem] text-faded' });
  if (when !== '1970-01-01') foot.append(make('time', { datetime: when }, `Saved ${when}`));
  foot.append(remove);
  entry.append(heading, make('p', { class: 'byline' }, authors), foot);
  return entry;
}

function toBar() {
  const bar = make('div', {
    class: 'mt-2 mb-4 flex flex-wrap gap-x-[1.6rem] gap-y-[0.4rem] border-y border-rule py-2',
  });
  const look = {
    type: 'button',
    class: `${UNDERLINED} disabled:cursor-default disabled:border-hairline disabled:text-faded`,
    'data-export': '',
  };
  const bibtex = make('button', look, 'Export BibTeX');
  const json = make('button', look, 'Export JSON');
  const label = make('label', { class: `${UNDERLINED} cursor-pointer` });
  const file = /** @type {HTMLInputElement} */ (
    make('input', {
      type: 'file',
      accept: '.json,.bib,.ris,.txt,.md,application/json,text/plain',
      class: 'sr-only',
    })
  );
  label.append(make('span', {}, 'Import'), file);
  bibtex.addEventListener('click', () => void exportBibtex());
  json.addEventListener('click', exportJson);
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void importFile(chosen);
    file.value = '';
  });
  bar.append(bibtex, json, label);
  return bar;
}

function exportJson() {
  const content = { format: FORMAT, version: 1, saved: listSaved(), read: listRead() };
  download('paperboy-library.json', 'application/json', JSON.stringify(content, null, 1));
}

async function exportBibtex() {
  const saved = listSaved();
  /** @type {(string | null)[]} */
  const entries = saved.map(() => null);
  let next = 0;
  const fetchNext = async () => {
    for (let at = next++; at < saved.length; at = next++) {
      say(`Fetching ${at + 1} of ${saved.length}`);
      const answer = await fetch(`/papers/${saved[at]?.id}.bib`).catch(() => null);
      entries[at] = answer?.ok ? await answer.text() : null;
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_MAX }, fetchNext));
  const found = entries.filter((entry) => entry !== null);
  const missing = saved.length - found.length;
  if (found.length > 0)
    download('paperboy-library.bib', 'application/x-bibtex', withUniqueKeys(found).join('\n'));
  say(`${found.length} entries exported${missing > 0 ? `, ${missing} could not be fetched` : ''}`);
}

/** Two papers of one author, year and word share a key: the second becomes `…b`. @param {readonly string[]} entries */
export function withUniqueKeys(entries) {
  /** @type {Map<string, number>} */
  const used = new Map();
  return entries.map((entry) =>
    entry.replace(/^(@\w+\{)([^,\s]+)/, (_all, start, key) => {
      const times = used.get(key) ?? 0;
      used.set(key, times + 1);
      return start + key + (times === 0 ? '' : times < 26 ? String.fromCharCode(97 + times) : `-${times}`);
    }),
  );
}

/** @param {string} name @param {string} type @param {string} text */
function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {File} file */
async function importFile(file) {
  if (file.size > IMPORT_BYTES_MAX) return say('The file is too large (20 MB at most).');
  const { saved, read } = readLibrary(await file.text(), new Date().toISOString());
  const added = addSaved(saved);
  markRead(read, true);
  say(
    saved.length === 0
      ? 'No paper was found in that file.'
      : `${added} of ${saved.length} papers were added; the others were in your library already.`,
  );
}

/** Reads our own export, or every arXiv identifier in any other text, such as BibTeX. @param {string} text @param {string} now */
export function readLibrary(text, now) {
  try {
    const content = JSON.parse(text);
    if (content?.format === FORMAT)
      return { saved: toSavedList(content.saved), read: toIdList(content.read) };
  } catch {
    // Not JSON.
  }
  const ids = [...new Set(text.match(ARXIV_ID) ?? [])].filter(isId);
  return {
    saved: toSavedList(ids.map((id) => ({ id, title: `arXiv:${id}`, authors: '', savedAt: now }))),
    read: [],
  };
}
