/** Pages in ASCII, which Node keeps in one byte a character and sends as they are. */

/** What stands in it is no markup: a character reference would be read as it is written. */
const RAW_TEXT = /<(script|style)\b/g;
const BEYOND_ASCII = /[^\x00-\x7f]+/gu;

/** U+FFFD, as every encoder puts in the place of what is no character. */
const REPLACEMENT = 0xfffd;

/**
 * The same page in ASCII. Node keeps such a text in one byte a character and sends it as it is; encoding a page of
 * other characters anew for each reader took a third of the server's time.
 */
export function toAscii(html: string): string {
  let ascii = '';
  let done = 0;
  for (const { 0: opening, index, 1: name = '' } of html.matchAll(RAW_TEXT)) {
    if (index < done) continue;
    const end = html.indexOf(`</${name}`, index + opening.length);
    if (end === -1) break;
    ascii += withReferences(html.slice(done, index)) + withEscapes(html.slice(index, end));
    done = end;
  }
  ascii += withReferences(html.slice(done));
  // Pieces of a text that held other characters keep two bytes for each of theirs.
  return Buffer.from(ascii, 'latin1').toString('latin1');
}

function withReferences(html: string): string {
  return html.replace(BEYOND_ASCII, (text) => Array.from(text, (one) => `&#${codeOf(one)};`).join(''));
}

/** Within JSON and the strings of a style sheet, which write a character by its code each in their own way. */
function withEscapes(element: string): string {
  const isStyle = /^<style/i.test(element);
  return element.replace(BEYOND_ASCII, (text) =>
    isStyle
      ? Array.from(text, (one) => `\\${codeOf(one).toString(16)} `).join('')
      : text
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

/** Half of a pair alone stands for nothing. */
function codeOf(character: string): number {
  const code = character.codePointAt(0) ?? REPLACEMENT;
  return code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code;
}
