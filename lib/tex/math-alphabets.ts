/**
 * Letters as Unicode's mathematical alphabets, superscripts and subscripts.
 *
 * MathML Core knows no `mathvariant` but `normal` (https://www.w3.org/TR/mathml-core/#the-mathvariant-attribute):
 * a bold or blackboard letter has to be its own character, as in the Unicode block U+1D400–1D7FF.
 */

export type MathVariant =
  | 'bold'
  | 'italic'
  | 'bold-italic'
  | 'double-struck'
  | 'script'
  | 'bold-script'
  | 'fraktur'
  | 'bold-fraktur'
  | 'sans-serif'
  | 'bold-sans-serif'
  | 'sans-serif-italic'
  | 'sans-serif-bold-italic'
  | 'monospace';

type Alphabet = {
  /** First code points of the runs A–Z a–z, 0–9, Α–Ω, α–ω; absent where Unicode has no such letters. */
  readonly latin: number;
  readonly digits?: number;
  readonly greek?: number;
  /** Letters that stood in Unicode before the block, and left holes in it. */
  readonly holes?: Readonly<Record<string, string>>;
};

const ALPHABETS: Readonly<Record<MathVariant, Alphabet>> = {
  bold: { latin: 0x1d400, digits: 0x1d7ce, greek: 0x1d6a8 },
  italic: { latin: 0x1d434, greek: 0x1d6e2, holes: { h: 'ℎ' } },
  'bold-italic': { latin: 0x1d468, digits: 0x1d7ce, greek: 0x1d71c },
  script: {
    latin: 0x1d49c,
    holes: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' },
  },
  'bold-script': { latin: 0x1d4d0 },
  fraktur: { latin: 0x1d504, holes: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' } },
  'bold-fraktur': { latin: 0x1d56c },
  'double-struck': {
    latin: 0x1d538,
    digits: 0x1d7d8,
    holes: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
  },
  'sans-serif': { latin: 0x1d5a0, digits: 0x1d7e2 },
  'bold-sans-serif': { latin: 0x1d5d4, digits: 0x1d7ec, greek: 0x1d756 },
  'sans-serif-italic': { latin: 0x1d608, digits: 0x1d7e2 },
  'sans-serif-bold-italic': { latin: 0x1d63c, digits: 0x1d7ec, greek: 0x1d790 },
  monospace: { latin: 0x1d670, digits: 0x1d7f6 },
};

export function isMathVariant(name: string): name is MathVariant {
  return Object.hasOwn(ALPHABETS, name);
}

/** Puts every letter and digit of `text` into the alphabet; what Unicode lacks there stays as it is. */
export function inAlphabet(text: string, variant: MathVariant): string {
  const alphabet = ALPHABETS[variant];
  let styled = '';
  for (const character of text) styled += alphabet.holes?.[character] ?? shifted(character, alphabet);
  return styled;
}

function shifted(character: string, { latin, digits, greek }: Alphabet): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x41 && code <= 0x5a) return String.fromCodePoint(latin + code - 0x41);
  if (code >= 0x61 && code <= 0x7a) return String.fromCodePoint(latin + 26 + code - 0x61);
  if (digits !== undefined && code >= 0x30 && code <= 0x39) return String.fromCodePoint(digits + code - 0x30);
  if (greek !== undefined && code >= 0x391 && code <= 0x3a9)
    return String.fromCodePoint(greek + code - 0x391);
  if (greek !== undefined && code >= 0x3b1 && code <= 0x3c9)
    return String.fromCodePoint(greek + 26 + code - 0x3b1);
  return character;
}

const SUPERSCRIPTS = pairs(
  '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ∗*°′″†‡',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ**°′″†‡',
);
const SUBSCRIPTS = pairs('0123456789+-−=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ');

/** `−3` → `⁻³`; null when Unicode cannot raise every character of it. */
export function toSuperscript(text: string): string | null {
  return mapped(text, SUPERSCRIPTS);
}

/** `0` → `₀`; null when Unicode cannot lower every character of it. */
export function toSubscript(text: string): string | null {
  return mapped(text, SUBSCRIPTS);
}

function mapped(text: string, table: ReadonlyMap<string, string>): string | null {
  let result = '';
  for (const character of text) {
    const script = table.get(character);
    if (script === undefined) return null;
    result += script;
  }
  return result;
}

function pairs(from: string, to: string): ReadonlyMap<string, string> {
  const targets = [...to];
  return new Map([...from].map((character, at) => [character, targets[at] ?? character]));
}
