import { getBaseUrl } from '#app/_data/site.ts';
import { answerText } from '#app/api/_http/conditional-answer.ts';

export const dynamic = 'force-dynamic';

/** Everything public may be read. What belongs to one reader, or costs a search, is left out. */
export function GET(request: Request): Response {
  const closed = [
    '/api/',
    '/search?',
    '/search/',
    '/manage/',
    '/confirm/',
    '/unsubscribe/',
    '/issues/',
    '/outbox',
    '/library',
  ];
  const body = `User-agent: *
Allow: /
${closed.map((path) => `Disallow: ${path}`).join('\n')}

Sitemap: ${getBaseUrl()}/sitemap.xml
`;
  return answerText(request, { body, contentType: 'text/plain; charset=utf-8' });
}
