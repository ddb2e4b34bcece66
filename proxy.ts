/**
 * Pages of the moment on their way: they are made whole and sent without Next's scripts like all others
 * (app/kept-pages.ts), so that no script of Next's takes over a form that a reader has begun to fill in. Such a page knows
 * only its path, so what stands behind the question mark becomes a part of it.
 * Who pastes the identifier or the address of one paper into the search is sent to that paper.
 */
import { type NextRequest, NextResponse } from 'next/server';
import { toAsked } from '#app/asked.ts';
import { directMatch } from '#lib/query/direct-match.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { parseSearchAddress, toQueryString } from '#lib/search/search-address.ts';

export const config = { matcher: ['/search', '/subscribe'] };

export function proxy(request: NextRequest): NextResponse {
  if (request.nextUrl.pathname === '/subscribe') {
    const form = new URL(`/subscribe/form/${toAsked(request.nextUrl.search)}`, request.url);
    return NextResponse.rewrite(form);
  }
  const { text, sort, cursor } = parseSearchAddress(request.nextUrl.searchParams);
  const isDirect = sort === null && cursor === null && directMatch(parseQuery(text).query) !== null;
  const asked = toQueryString({ q: text, sort, cursor });
  const path = isDirect ? `/search/paper${asked}` : `/search/${toAsked(asked)}`;
  return NextResponse.rewrite(new URL(path, request.url));
}
