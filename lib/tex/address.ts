/** Addresses that the running text of an abstract links to: http and https, nothing else ever. */

const ADDRESS_CHARS_MAX = 1000;
/** What an address may hold as typed, and the characters that TeX makes authors escape. */
const ADDRESS = /https?:\/\/(?:[^\s<>"'`{}|\\^$\u3000-\u303f\uff00-\uffef]|\\[_%&#~](?:\{\})?)+/iy;

/** The address that starts at `at`, without the punctuation of the sentence around it; null when there is none. */
export function addressAt(text: string, at: number): { readonly url: string; readonly end: number } | null {
  ADDRESS.lastIndex = at;
  const typed = ADDRESS.exec(text.slice(0, at + ADDRESS_CHARS_MAX))?.[0];
  if (typed === undefined) return null;
  const kept = withoutTail(typed);
  const url = kept.replace(/\\([_%&#~])(?:\{\})?/g, '$1');
  return isLinkable(url) ? { url, end: at + kept.length } : null;
}

/** The stop of a sentence and brackets that were opened before the address do not belong to it. */
function withoutTail(typed: string): string {
  let end = typed.length;
  let surplus = { ')': count(typed, ')') - count(typed, '('), ']': count(typed, ']') - count(typed, '[') };
  for (; end > 0; end -= 1) {
    const last = typed[end - 1] ?? '';
    if (last === ')' || last === ']') {
      if (surplus[last] <= 0) break;
      surplus = { ...surplus, [last]: surplus[last] - 1 };
    } else if (!/[.,;:!?*~-]/.test(last)) break;
  }
  return typed.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Whether `url` is an absolute http(s) address with a plain host: no credentials, which make addresses lie. */
export function isLinkable(url: string): boolean {
  if (!/^https?:\/\/[^\s<>"'`\\]+$/i.test(url) || url.length > ADDRESS_CHARS_MAX) return false;
  const parsed = URL.parse(url);
  return parsed !== null && parsed.username === '' && parsed.password === '' && parsed.hostname.includes('.');
}
