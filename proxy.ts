/** A paper in another form (app/citations), by the ending of its address or by what is accepted. */
import { type NextRequest, NextResponse } from 'next/server';
import { toCitationPath } from '#app/citations/citation-path.ts';

export const config = {
  matcher: [
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

export function proxy(request: NextRequest): NextResponse {
  const path = toCitationPath(request.nextUrl.pathname, request.headers.get('accept') ?? '');
  return path === null ? NextResponse.next() : NextResponse.rewrite(new URL(path, request.url));
}
