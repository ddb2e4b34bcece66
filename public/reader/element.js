/** Elements that scripts add to a page. */

/** Takes text and attributes only; nothing is parsed as markup. @param {string} tag @param {Record<string, string>} attributes @param {string} [text] */
export function make(tag, attributes, text) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A button that looks like a word: under a paper, beside its citations. */
export const BUTTON =
  'min-w-6 hover:text-accent aria-pressed:text-accent aria-pressed:underline aria-pressed:underline-offset-[0.2em]';
export const UNDERLINED = 'border-b border-accent py-[0.2rem]';
