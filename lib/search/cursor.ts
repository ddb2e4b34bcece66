/** Where the next page begins, as it stands in an address: the place in the order, opaque to whoever carries it. */
import { z } from 'zod';
import type { Cursor } from './search-input.ts';

const CursorPair = z.tuple([z.number(), z.int().min(0).max(2_147_483_647)]);
const CURSOR_CHARS_MAX = 100;

export function formatCursor({ value, key }: Cursor): string {
  return Buffer.from(JSON.stringify([value, key])).toString('base64url');
}

/** Null for what is no cursor of ours. */
export function parseCursor(text: string): Cursor | null {
  if (text.length > CURSOR_CHARS_MAX) return null;
  try {
    const pair = CursorPair.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return pair.success ? { value: pair.data[0], key: pair.data[1] } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
