/** Scripts, forms and remote content are blocked in a mail, as in a careful mail program. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

/** The HTML part of a mail as a page of its own. */
export function toMailResponse(html: string | null): Response {
  if (html === null) return new Response('There is no such message.\n', { status: 404 });
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
  });
}
