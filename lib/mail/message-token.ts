/** The tokens of our messages (message.ts, return-path.ts): which row each names. */

export type MessageName = { readonly kind: 'issue' | 'letter'; readonly id: number };

/** `1z` for an issue, `l-1z` for a letter. */
export function toMessageToken({ kind, id }: MessageName): string {
  return `${kind === 'letter' ? 'l-' : ''}${id.toString(36)}`;
}

export function parseMessageToken(token: string): MessageName | null {
  const [, letter, text = ''] = /^(l-)?([1-9a-z][0-9a-z]{0,5})$/.exec(token) ?? [];
  const id = Number.parseInt(text, 36);
  return id >= 1 && id < 2 ** 31 ? { kind: letter === undefined ? 'issue' : 'letter', id } : null;
}
