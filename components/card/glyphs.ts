/**
 * The characters that the fonts of cards have (app/fonts/card-*.ttf): Newsreader's Latin, and from DejaVu Serif Greek,
 * Cyrillic and the signs of mathematics. For any other the renderer would ask a font server, which ours must not.
 */

/** Code points in hexadecimal, as the fonts' own tables give them. */
const HELD = `
  20-7e a0-131 134-148 14a-17e 18f 192 1a0-1a1 1af-1b0 1c4-1cc 1e6-1e7 1ea-1eb 1fa-21b 22a-22d 230-233 237
  259 2b0-2cd 2d0-2d3 2d6-2de 2e0-2e9 2ec 2ee-2f0 2f3 2f7 300-33f 343 34f 358 360-361 370-377 37a-37f 384-38a
  38c 38e-3a1 3a3-3e1 3f0-45f 1d2c-1d6a 1e80-1e85 1e9e 1ea0-1ef9 2010-2026 202a-203a 203c-203e 2042 2044-2049
  204b-204f 2051-2053 2057 205f 2070-2071 2074-208e 2090-209c 20a1 20a3-20a4 20a6-20a7 20a9 20ab-20ad
  20b1-20b2 20b5 20b9-20ba 20bc-20bd 2102-2103 2109 210d-210f 2115-2116 2119-211a 211d 2122 2124 2126-2127
  212a-212b 2132 213c-2149 214b 214e 2190-2200 2202-2204 2206-2209 220b-220c 220f-2215 2217-2220 2223-222d
  2238-223d 2242-2243 2248 2250-2255 2260-2261 2264-2265 2282-2287 228c-22af 22c4-22c5 25a0-25cf 27e8-27e9
  2a0c-2a0e 2a2f 2a6a-2a6b 1d434-1d454 1d456-1d467 1d538-1d539 1d53b-1d53e 1d540-1d544 1d546 1d54a-1d550
  1d552-1d56b 1d6a4-1d6a5 1d7d8-1d7e1
`;

const RANGES: readonly (readonly [first: number, last: number])[] = HELD.trim()
  .split(/\s+/)
  .map((range) => {
    const [first = '', last = first] = range.split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });

/** Above this share of letters that no font has, a text is not worth showing with holes. */
const MISSING_SHARE_MAX = 0.15;

/**
 * `text` in the characters there are: letters in fancy alphabets become plain ones, signs without a glyph go. Null
 * where too little would be left, as of a title in Chinese.
 */
export function toDrawable(text: string): string | null {
  let drawable = '';
  let missing = 0;
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  for (const character of characters) {
    const drawn = [character, character.normalize('NFKD'), character.normalize('NFKC')].find(hasGlyphs);
    drawable += drawn ?? '';
    if (drawn === undefined && /[\p{L}\p{N}]/u.test(character)) missing += 1;
  }
  const isEmpty = drawable.trim() === '' || missing > characters.length * MISSING_SHARE_MAX;
  return isEmpty ? null : drawable.replace(/ {2,}/g, ' ').trim();
}

function hasGlyphs(text: string): boolean {
  return [...text].every((character) => {
    const code = character.codePointAt(0) ?? 0;
    return RANGES.some(([first, last]) => code >= first && code <= last);
  });
}
