/**
 * Searches on their way to the page that answers them, which is made whole and sent without Next's scripts like all others
 * (app/kept-pages.ts): such a page knows only its path, so what stands behind the question mark becomes a part of it.
 * Who pastes the identifier or the address of one paper is sent to that paper.
 */
import { type NextRequest, NextResponse } from 'next/server';
import { directMatch } from '#lib/query/direct-match.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { parseSearchAddress, toQueryString } from '#lib/search/search-address.ts';

export const config = { matcher: '/search' };

export function proxy(request: NextRequest): NextResponse {
  const { text, sort, cursor } = parseSearchAddress(request.nextUrl.searchParams);
  const isDirect = sort === null && cursor === null && directMatch(parseQuery(text).query) !== null;
  const asked = toQueryString({ q: text, sort, cursor });
  const path = isDirect ? `/search/paper${asked}` : `/search/${Buffer.from(asked).toString('base64url')}`;
  return NextResponse.rewrite(new URL(path, request.url));
}
