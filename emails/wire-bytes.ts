/** How long a mail is as it travels. */

/** The source is ASCII; line ends count twice. */
export function wireBytesOfHtml(source: string): number {
  return source.length + (source.match(/\n/g)?.length ?? 0);
}

/** Octets in quoted-printable: three for each octet beyond ASCII, and a soft break in 75. */
export function wireBytesOfText(text: string): number {
  let bytes = text.length;
  for (const character of text.match(/[^\x00-\x7f]|[\n=]/gu) ?? []) {
    if (character === '\n') bytes += 1;
    else if (character === '=') bytes += 2;
    else bytes += new TextEncoder().encode(character).length * 3 - character.length;
  }
  return Math.ceil(bytes * 1.03);
}
