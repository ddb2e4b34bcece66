/**
 * Pages that hang on more than their path, on their way to a path that says it.
 *
 * Papers are there in other forms, too (app/citations). Lists keep what was chosen for them (app/chosen-path.ts). Pages of
 * the moment are made whole and sent without Next's scripts like all others (app/kept-pages.ts), so that no script of
 * Next's takes over a form that a reader has begun to fill in. Such a page knows only its path, so what stands behind the
 * question mark becomes a part of it: `/list?x=y` is the page `list/asked/[asked]`. Who pastes the identifier or the
 * address of one paper into the search is sent to that paper.
 */
import { type NextRequest, NextResponse } from 'next/server';
import { SESSION_COOKIE } from '#app/api/admin/session.ts';
import { toAsked } from '#app/asked.ts';
import { toNarrowedPath, toTrendingPath } from '#app/chosen-path.ts';
import { toCitationPath } from '#app/citations/citation-path.ts';
import { directMatch } from '#lib/query/direct-match.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { parseSearchAddress, toQueryString } from '#lib/search/search-address.ts';

export const config = {
  matcher: [
    '/search',
    '/subscribe',
    '/subscribe/preview',
    '/confirm/:token',
    '/manage/:token',
    '/unsubscribe/:token',
    '/issues',
    '/issues/:token',
    '/outbox',
    '/outbox/:name',
    '/list',
    '/about/status',
    '/admin',
    // Literals alone: Next reads this without running it. What asks for nothing in particular passes by.
    { source: '/:kind(date|week|month|list|author)/:name+', has: [{ type: 'query', key: 'sort' }] },
    { source: '/:kind(date|week|month|list|author)/:name+', has: [{ type: 'query', key: 'category' }] },
    { source: '/:kind(date|week|month|list|author)/:name+', has: [{ type: 'query', key: 'code' }] },
    { source: '/:kind(date|week|month|list|author)/:name+', has: [{ type: 'query', key: 'after' }] },
    { source: '/trending', has: [{ type: 'query', key: 'window' }] },
    { source: '/trending', has: [{ type: 'query', key: 'category' }] },
    { source: '/trending', has: [{ type: 'query', key: 'code' }] },
    '/papers/:id(.+\\.(?:bib|ris|json|md|txt))',
    {
      source: '/papers/:id(.+)',
      has: [
        {
          type: 'header',
          key: 'accept',
          value:
            '.*(?:text/markdown|application/(?:x-bibtex|x-research-info-systems|vnd\\.citationstyles)).*',
        },
      ],
    },
  ],
};

/** A list's own path, as above; `/list` alone is a page of the moment. */
const LIST = /^\/(?:date|week|month|list|author)\/./;

/** What somebody looks for or has is nobody else's business, and a moment later it may be otherwise. */
const KEPT_BY_NOBODY = { 'Cache-Control': 'private, no-store' };

export function proxy(request: NextRequest): NextResponse {
  const { pathname, searchParams } = request.nextUrl;
  if (LIST.test(pathname)) return insideAs(request, toNarrowedPath(pathname, searchParams));
  if (pathname.startsWith('/papers/')) return citation(request);
  if (pathname === '/trending') return insideAs(request, toTrendingPath(searchParams));
  if (pathname === '/search') return search(request);
  return NextResponse.rewrite(new URL(insideOf(request), request.url), { headers: KEPT_BY_NOBODY });
}

function citation(request: NextRequest): NextResponse {
  const path = toCitationPath(request.nextUrl.pathname, request.headers.get('accept') ?? '');
  return path === null ? NextResponse.next() : insideAs(request, path);
}

function insideAs(request: NextRequest, path: string): NextResponse {
  return NextResponse.rewrite(new URL(path, request.url));
}

function insideOf(request: NextRequest): string {
  const { pathname, search } = request.nextUrl;
  const query = pathname === '/admin' ? withSession(request) : search;
  return `${pathname}/asked/${toAsked(query)}`;
}

/** A page made whole reads no cookies: the operator's comes with the query, in place of whatever the query says of it. */
function withSession({ nextUrl, cookies }: NextRequest): string {
  const fields = new URLSearchParams(nextUrl.searchParams);
  fields.set(SESSION_COOKIE, cookies.get(SESSION_COOKIE)?.value ?? '');
  return `?${fields}`;
}

function search(request: NextRequest): NextResponse {
  const { text, sort, cursor } = parseSearchAddress(request.nextUrl.searchParams);
  if (text === '') return insideAs(request, '/search/empty');
  const isDirect = sort === null && cursor === null && directMatch(parseQuery(text).query) !== null;
  const asked = toQueryString({ q: text, sort, cursor });
  const path = isDirect ? `/search/paper${asked}` : `/search/asked/${toAsked(asked)}`;
  return NextResponse.rewrite(new URL(path, request.url), { headers: KEPT_BY_NOBODY });
}
