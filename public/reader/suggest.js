/**
 * Suggestions under a search field: a combobox with a list, as the ARIA Authoring Practices describe it
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The focus stays in the field; what is chosen with the arrows is
 * named by aria-activedescendant. Without it the field is a plain field of a form.
 */

import { make } from './element.js';
import { say } from './paper.js';
import { forgetSearches, listSearches, rememberSearch } from './state.js';
import { FORGET, KIND_WORDS, toRecent, toSuggestions } from './suggestion.js';

/** @typedef {import('./suggestion.js').Suggestion} Suggestion */

/** Shorter than two keys of a slow typist are apart: not every letter is asked about. */
const WAIT_MS = 90;
const PATIENCE_MS = 3000;
/** Of searches made before, beside what the site suggests. */
const RECENT_BESIDE_MAX = 2;

const OPTION =
  'flex cursor-pointer items-baseline justify-between gap-4 border-hairline px-[0.7rem] py-[0.42rem] not-first:border-t hover:bg-wash aria-selected:bg-wash aria-selected:shadow-[inset_3px_0_0_var(--color-accent)]';
const NOTE = 'flex-none font-italic text-faded italic';

export function addSuggestions() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = document.querySelectorAll('input[data-suggestions]');
  for (const [at, input] of inputs.entries()) {
    if (input.form) new Combobox(input, input.form, `suggestions-${at}`);
  }
}

class Combobox {
  /** @type {Suggestion[]} */
  suggestions = [];
  /** @type {HTMLElement[]} */
  options = [];
  /** Of the options; -1 is the field itself. */
  chosen = -1;
  /** @type {AbortController | null} */
  asking = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting = undefined;

  /** @param {HTMLInputElement} input @param {HTMLFormElement} form @param {string} id */
  constructor(input, form, id) {
    this.input = input;
    this.id = id;
    this.list = make('ul', {
      id,
      class: 'absolute z-3 border border-t-3 border-rule bg-paper text-[0.95rem]/[1.3]',
      role: 'listbox',
      'aria-label': 'Suggestions',
      hidden: '',
    });
    // Not beside the field: some pages are taken over by a script that wants to find there what it wrote.
    document.body.append(this.list);
    const roles = {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': id,
    };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.addEventListener('input', () => this.wait());
    input.addEventListener('keydown', (event) => this.press(event));
    input.addEventListener('click', () => input.value.trim() === '' && this.showRecent());
    input.addEventListener('blur', () => this.close());
    addEventListener('resize', () => this.close());
    form.addEventListener('submit', () => input.value.trim() !== '' && rememberSearch(input.value));
  }

  wait() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (this.input.value.trim() === '') this.showRecent();
    else this.waiting = setTimeout(() => this.ask(this.input.value), WAIT_MS);
  }

  /** @param {string} typed */
  async ask(typed) {
    const asking = new AbortController();
    this.asking = asking;
    const start = typed.trim().toLowerCase();
    const recent = listSearches().filter(
      (text) => text.toLowerCase().startsWith(start) && text !== typed.trim(),
    );
    let suggestions = recent.slice(0, RECENT_BESIDE_MAX).map(toRecent);
    try {
      const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(PATIENCE_MS)]);
      const answer = await fetch(`/api/v1/suggest?${new URLSearchParams({ q: typed })}`, { signal });
      if (answer.ok) suggestions = [...suggestions, ...toSuggestions(await answer.json())];
    } catch {
      // Typed on, or without network: what was searched before is known without an answer.
    }
    // Who has left the field or typed on is not to be bothered with it.
    if (!asking.signal.aborted && document.activeElement === this.input) this.show(suggestions);
  }

  showRecent() {
    const recent = listSearches().map(toRecent);
    this.show(recent.length === 0 ? [] : [...recent, FORGET]);
  }

  /** @param {Suggestion[]} suggestions */
  show(suggestions) {
    if (suggestions.length === 0) return this.close();
    this.suggestions = suggestions;
    this.options = suggestions.map((suggestion, at) => this.toOption(suggestion, at));
    this.list.replaceChildren(...this.options);
    this.place();
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.choose(-1);
    say(suggestions.length === 1 ? '1 suggestion' : `${suggestions.length} suggestions`);
  }

  /** Under the field; on a narrow screen as wide as there is room. */
  place() {
    const { left, bottom, width } = this.input.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const wanted = Math.min(Math.max(width, 26 * 16), room - 32);
    const { style } = this.list;
    style.width = `${wanted}px`;
    style.left = `${Math.max(16, Math.min(left, room - 16 - wanted)) + scrollX}px`;
    style.top = `${bottom + scrollY + 4}px`;
  }

  /** @param {Suggestion} suggestion @param {number} at */
  toOption({ kind, text }, at) {
    const option = make('li', {
      id: `${this.id}-${at}`,
      role: 'option',
      'aria-selected': 'false',
      class: OPTION,
    });
    option.append(make('span', { dir: 'auto', class: kind === FORGET.kind ? NOTE : '' }, text));
    if (KIND_WORDS[kind] !== '') option.append(' ', make('small', { class: NOTE }, KIND_WORDS[kind]));
    // The focus is to stay in the field.
    option.addEventListener('pointerdown', (event) => event.preventDefault());
    option.addEventListener('click', () => this.take(at));
    return option;
  }

  /** @param {number} at */
  choose(at) {
    this.chosen = at;
    for (const [index, option] of this.options.entries())
      option.setAttribute('aria-selected', String(index === at));
    const option = this.options[at];
    if (option === undefined) this.input.removeAttribute('aria-activedescendant');
    else {
      this.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }
  }

  /** @param {number} at */
  take(at) {
    const suggestion = this.suggestions[at];
    if (suggestion === undefined) return;
    this.close();
    if (suggestion.kind === FORGET.kind) {
      forgetSearches();
      say('Searches forgotten');
      return;
    }
    const asked = new URL(suggestion.href, location.origin);
    if (asked.pathname === '/search') rememberSearch(asked.searchParams.get('q') ?? '');
    location.assign(asked.href);
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.choose(-1);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) this.step(key === 'ArrowDown' ? 1 : -1);
      else if (this.input.value.trim() === '') this.showRecent();
      else this.ask(this.input.value);
    } else if (key === 'Escape' && isOpen) {
      event.preventDefault();
      this.close();
    } else if (key === 'Enter' && isOpen && this.chosen !== -1) {
      event.preventDefault();
      this.take(this.chosen);
    }
  }

  /** Past the last stands the field itself, and past that the first again. @param {1 | -1} by */
  step(by) {
    const places = this.options.length + 1;
    this.choose(((this.chosen + 1 + by + places) % places) - 1);
  }
}
