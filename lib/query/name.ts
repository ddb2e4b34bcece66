/** Where an author's name ends in running text: `au:van der Maaten t-sne`, `au:lecun y`, `au:Yann LeCun energy`. */

const PARTICLE =
  /^(?:van|von|vom|der|den|de|del|della|dei|di|da|das|do|dos|du|la|le|las|los|ter|ten|te|zu|zur|zum|af|av|el|al|bin|ibn|ben|bar|st)$/;
/** Not `a` and `i`, which are words. */
const INITIALS = /^(?:\p{L}\.|(?:\p{Lu}\.-?){1,3}|\p{Lu}|[b-hj-z])$/u;
const CAPITALISED = /^\p{Lu}[\p{L}'’.-]*\p{Ll}[\p{L}'’.-]*,?$/u;
/** Longer names need quotation marks. */
export const NAME_PARTS_MAX = 6;

/**
 * How many of the words that follow `au:` are one name; at least 1. Initials and particles draw their surname in, a
 * capitalised first name the next capitalised word, and only one: what follows a surname is what the paper is about.
 */
export function nameLength(texts: readonly string[]): number {
  let length = 1;
  while (length < Math.min(texts.length, NAME_PARTS_MAX) && belongs(texts, length)) length++;
  return length;
}

/** Whether a reader could have meant less of it to be the name. */
export function isGuessedName(texts: readonly string[]): boolean {
  return texts.slice(1).some((text, index) => !INITIALS.test(text) && !draws(texts.slice(0, index + 1)));
}

function belongs(texts: readonly string[], at: number): boolean {
  const [before, next] = [texts.slice(0, at), texts[at] ?? ''];
  if (!/^\p{L}/u.test(next) || next.includes('*') || before.at(-1)?.includes('*')) return false;
  if (draws(before) || INITIALS.test(next)) return true;
  const isFirstName =
    CAPITALISED.test(before[0] ?? '') && before.filter((text) => CAPITALISED.test(text)).length === 1;
  if (!isFirstName) return false;
  const surname = texts.slice(at).find((text) => !PARTICLE.test(text));
  return CAPITALISED.test(surname ?? '');
}

/** Whether a name cannot end here. */
function draws(texts: readonly string[]): boolean {
  const last = texts.at(-1) ?? '';
  return PARTICLE.test(last) || last.endsWith(',') || texts.every((text) => INITIALS.test(text));
}
