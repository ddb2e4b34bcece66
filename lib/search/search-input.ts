/** The input of a search statement, and the cursor that says where its page begins. */
import { z } from 'zod';
import type { CompiledQuery } from '#lib/query/compiled-query.ts';

export type Path = 'bm25' | 'plain';
/** Where a page ends: the value its last paper is ordered by, and the paper. */
export type Cursor = { readonly value: number; readonly key: number };
export type SearchInput = {
  readonly compiled: CompiledQuery;
  readonly path: Path;
  readonly now: Date;
  readonly cursor: Cursor | null;
  readonly limit: number;
  /** Whether a paper needs all the bare words; ignored where the order is by relevance. */
  readonly needed: 'any' | 'all';
  /** Whether papers wait in the inbox. */
  readonly hasWaiting: boolean;
};

/** Totals are exact up to here, and facets counted; one paper more is fetched, to know whether there are more. */
export const FOUND_MAX = 1_000;

const CursorPair = z.tuple([z.number(), z.int().min(0).max(2_147_483_647)]);
const CURSOR_CHARS_MAX = 100;

/** Opaque to whoever carries it. */
export function formatCursor({ value, key }: Cursor): string {
  return Buffer.from(JSON.stringify([value, key])).toString('base64url');
}

/** Null for what formatCursor did not make. */
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
