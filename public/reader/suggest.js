/**
 * Suggestions while typing in a search field, and the searches made in this browser: a combobox as the ARIA Authoring
 * Practices describe it (editable, with list autocomplete). The searches are kept here and sent nowhere.
 */

const KEPT = 'paperboy.searches';
const KEPT_MAX = 8;
const WAIT_MS = 120;
/** @typedef {{ kind: string, text: string, href: string }} Suggestion */

/** @type {Record<string, string>} */
const WORDS = {
  recent: 'searched before',
  query: 'search',
  author: 'author',
  title: 'paper',
  category: 'subject',
};

export function addSuggestions() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = document.querySelectorAll('.search-field input[name="q"]');
  for (const [index, input] of inputs.entries()) addTo(input, `suggestions-${index}`);
  const asked = new URLSearchParams(location.search).get('q')?.trim();
  if (location.pathname === '/search' && asked) keep(asked);
}

/**
 * @param {HTMLInputElement} input
 * @param {string} id
 */
function addTo(input, id) {
  const list = document.createElement('div');
  list.className = 'suggestions';
  list.id = id;
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  input.parentElement?.append(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
  }))
    input.setAttribute(name, value);

  let chosen = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = new AbortController();

  /** @returns {HTMLElement[]} */
  const options = () => [...list.querySelectorAll(/** @type {'div'} */ ('[role="option"]'))];
  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  /** @param {number} at */
  const choose = (at) => {
    const all = options();
    if (all.length === 0) return;
    chosen = (at + all.length + 1) % (all.length + 1);
    for (const [index, option] of all.entries())
      option.setAttribute('aria-selected', String(index === chosen));
    const option = all[chosen];
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  /** @param {readonly Suggestion[]} suggestions */
  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ kind, text, href }, index) => {
        const option = document.createElement('div');
        option.id = `${id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.href = href;
        const words = document.createElement('span');
        words.textContent = text;
        const note = document.createElement('small');
        note.textContent = WORDS[kind] ?? '';
        option.append(words, note);
        return option;
      }),
    );
    chosen = -1;
    list.hidden = suggestions.length === 0;
    input.setAttribute('aria-expanded', String(suggestions.length > 0));
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const typed = input.value;
    const recent = recentOf(typed);
    if (typed.trim().length < 2) return show(recent);
    try {
      const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (!answer.ok) return show(recent);
      const { suggestions } = await answer.json();
      if (document.activeElement === input) show([...recent.slice(0, 2), ...suggestions]);
    } catch {
      // Typed on, or offline.
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener('focus', () => {
    if (input.value.trim() === '') show(recentOf(''));
  });
  input.addEventListener('blur', () => setTimeout(close, 150));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden) return;
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? chosen + 1 : chosen < 0 ? options().length - 1 : chosen - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      const option = options()[chosen];
      if (!option) return;
      event.preventDefault();
      follow(option);
    }
  });
  list.addEventListener('mousedown', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const option = target?.closest('[role="option"]');
    if (!(option instanceof HTMLElement)) return;
    event.preventDefault();
    follow(option);
  });
}

/** @param {HTMLElement} option */
function follow(option) {
  if (option.dataset.href) location.assign(option.dataset.href);
}

/** @returns {string[]} */
function readKept() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((query) => typeof query === 'string') : [];
  } catch {
    return [];
  }
}

/** @param {string} query */
function keep(query) {
  try {
    const others = readKept().filter((kept) => kept !== query);
    localStorage.setItem(KEPT, JSON.stringify([query, ...others].slice(0, KEPT_MAX)));
  } catch {
    // Without storage there is nothing to remember.
  }
}

/**
 * @param {string} typed
 * @returns {Suggestion[]}
 */
function recentOf(typed) {
  const start = typed.trim().toLowerCase();
  return readKept()
    .filter((query) => query.toLowerCase().startsWith(start) && query !== typed.trim())
    .map((query) => ({ kind: 'recent', text: query, href: `/search?q=${encodeURIComponent(query)}` }));
}
