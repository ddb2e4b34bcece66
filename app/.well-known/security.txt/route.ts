import { getBaseUrl } from '#app/_data/site.ts';
import { answerNotFound, answerText } from '#app/api/_http/conditional-answer.ts';
import { runtime } from '#lib/runtime.ts';
import { DAY_MS } from '#lib/time.ts';

export const dynamic = 'force-dynamic';

/** Not so far that it would speak for someone long gone (RFC 9116, section 2.5.5). */
const LIFE_DAYS = 180;

/** Where to report a weakness: at the operators' own contact; without one there is nothing to say (RFC 9116). */
export function GET(request: Request): Response {
  const { contact } = runtime.config;
  if (contact === null) return answerNotFound('The operators of this site have named no contact.');
  // A whole month, so that the text stays the same for as long.
  const expires = new Date(runtime.clock.now().getTime() + LIFE_DAYS * DAY_MS);
  const body = `Contact: ${contact.includes('://') ? contact : `mailto:${contact}`}
Expires: ${expires.toISOString().slice(0, 7)}-01T00:00:00Z
Preferred-Languages: en
Canonical: ${getBaseUrl()}/.well-known/security.txt
`;
  return answerText(request, { body, contentType: 'text/plain; charset=utf-8' });
}
