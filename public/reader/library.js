/** The page of saved papers: a list, a way out (BibTeX, JSON) and a way in. */
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
import { make } from './tools.js';

const FORMAT = 'paperboy-library';
/** Asked for at once, so that a large library does not take all of the server. */
const REQUESTS_MAX = 4;
const IMPORT_BYTES_MAX = 20_000_000;
/** Of either style; old ones have an archive before the number. */
const ARXIV_ID = /\b(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?\/\d{7})\b/g;

const room = document.getElementById('library');
if (room !== null) start(room);

/** @param {HTMLElement} place */
function start(place) {
  const list = make('ol', { class: 'library-list' });
  const count = make('p', { class: 'library-count' });
  place.replaceChildren(count, toBar(), list);
  const show = () => {
    const saved = listSaved();
    count.textContent =
      saved.length === 0
        ? 'Nothing saved yet. Press Save under a paper, or the key s.'
        : `${saved.length} ${saved.length === 1 ? 'paper' : 'papers'}, kept in this browser alone.`;
    list.replaceChildren(...saved.map(toEntry));
    for (const button of place.querySelectorAll('.library-export'))
      button.toggleAttribute('disabled', saved.length === 0);
  };
  show();
  onChange(show);
}

/** @param {import('./state.js').Saved} saved */
function toEntry({ id, title, authors, savedAt }) {
  const entry = make('li', { 'data-paper': id });
  const heading = make('h2', { class: 'headline' });
  heading.append(make('a', { href: `/papers/${id}` }, title));
  const remove = make('button', { type: 'button', class: 'mark' }, 'Remove');
  remove.setAttribute('aria-label', `Remove: ${title}`);
  remove.addEventListener('click', () => {
    const next = entry.nextElementSibling ?? entry.previousElementSibling;
    const nextId = next?.getAttribute('data-paper');
    unsave(id);
    say(`Not saved any more: ${title}`);
    // The list was made anew; who works with the keyboard goes on where they were.
    const after = [...document.querySelectorAll('.library-list > li')].find(
      (li) => li.getAttribute('data-paper') === nextId,
    );
    after?.querySelector('button')?.focus();
  });
  const when = savedAt.slice(0, 10);
  const foot = make('p', { class: 'library-foot' });
  if (when !== '1970-01-01') foot.append(make('time', { datetime: when }, `Saved ${when}`));
  foot.append(remove);
  entry.append(heading, make('p', { class: 'byline' }, authors), foot);
  return entry;
}

function toBar() {
  const bar = make('div', { class: 'library-bar' });
  const bibtex = make('button', { type: 'button', class: 'library-export' }, 'Export BibTeX');
  const json = make('button', { type: 'button', class: 'library-export' }, 'Export JSON');
  const label = make('label', { class: 'library-import' });
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

/** Two papers of one author, year and word have one key: the second becomes `…b`. @param {readonly string[]} entries */
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
  if (file.size > IMPORT_BYTES_MAX) return say('That file is too large for a library.');
  const { saved, read } = readLibrary(await file.text(), new Date().toISOString());
  const added = addSaved(saved);
  markRead(read, true);
  say(
    saved.length === 0
      ? 'No paper was found in that file.'
      : `${added} of ${saved.length} papers are new here.`,
  );
}

/** Our own export; of any other text, BibTeX for instance, every arXiv identifier in it. @param {string} text @param {string} now */
export function readLibrary(text, now) {
  try {
    const content = JSON.parse(text);
    if (content?.format === FORMAT)
      return { saved: toSavedList(content.saved), read: toIdList(content.read) };
  } catch {
    // Not JSON: something else may name papers.
  }
  const ids = [...new Set(text.match(ARXIV_ID) ?? [])].filter(isId);
  return {
    saved: toSavedList(ids.map((id) => ({ id, title: `arXiv:${id}`, authors: '', savedAt: now }))),
    read: [],
  };
}
